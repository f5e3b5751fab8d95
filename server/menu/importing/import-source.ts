import { createReadStream } from 'node:fs'
import { ok, type Refusal, type Result, refuse } from '#shared/kernel/result.ts'
import { MAX_MENU_FILE_BYTES } from '#shared/menu/menu-commands.ts'

export type SourceRefusal = Refusal<
  'source.not_found' | 'source.is_folder' | 'source.not_readable' | 'source.too_large' | 'source.not_utf8'
>

const CODE_BY_TROUBLE: Readonly<Record<string, SourceRefusal['code']>> = {
  ENOENT: 'source.not_found',
  ENOTDIR: 'source.not_found',
  EISDIR: 'source.is_folder',
}

/** The text of the menu file at `path`, of standard input for "-". Reads at most one byte over 2 MB. */
export async function readMenuSource(path: string): Promise<Result<string, SourceRefusal>> {
  const stream = path === '-' ? process.stdin : createReadStream(path, { end: MAX_MENU_FILE_BYTES })
  const parts: Uint8Array[] = []
  let length = 0
  try {
    for await (const part of stream) {
      parts.push(part)
      length += part.length
      if (length > MAX_MENU_FILE_BYTES) return refuse({ code: 'source.too_large' })
    }
  } catch (error) {
    const trouble = (error as NodeJS.ErrnoException).code ?? ''
    return refuse({ code: CODE_BY_TROUBLE[trouble] ?? 'source.not_readable' })
  }
  try {
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts)))
  } catch {
    return refuse({ code: 'source.not_utf8' })
  }
}
