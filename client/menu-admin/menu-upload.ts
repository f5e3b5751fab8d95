import { MAX_MENU_FILE_BYTES } from '#shared/menu/menu-commands.ts'

/** One line of a menu file that cannot be used: where, and why in both languages. */
export type MenuFileProblem = {
  readonly line: number
  readonly column: string | null
  readonly message: { readonly id: string; readonly en: string }
}

/** Why a file was not even sent. `line` is the first one that cannot be read. */
type UploadProblem =
  | { readonly code: 'too_large'; readonly line: null }
  | { readonly code: 'empty' | 'excel'; readonly line: null }
  | { readonly code: 'not_utf8' | 'strange_character'; readonly line: number }

type ReadUpload =
  | { readonly csv: string; readonly problem: null }
  | { readonly csv: null; readonly problem: UploadProblem }

// The wire refuses these in any text; Windows' line ends are turned before.
const STRANGE = /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u

/** A workbook (.xlsx) is a ZIP archive, and those begin so. */
function isWorkbook([first, second, third, fourth]: Uint8Array): boolean {
  return first === 0x50 && second === 0x4b && third === 3 && fourth === 4
}

function lineOf(textBefore: string): number {
  return textBefore.split('\n').length
}

/** The text of a chosen file, made ready to be sent; or why it cannot be. */
export function readUpload(bytes: Uint8Array): ReadUpload {
  if (bytes.length === 0) return { csv: null, problem: { code: 'empty', line: null } }
  if (isWorkbook(bytes)) return { csv: null, problem: { code: 'excel', line: null } }
  if (bytes.length > MAX_MENU_FILE_BYTES) return { csv: null, problem: { code: 'too_large', line: null } }
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    const before = new TextDecoder().decode(bytes).split('\ufffd')[0] ?? ''
    return { csv: null, problem: { code: 'not_utf8', line: lineOf(before.replace(/\r\n?/g, '\n')) } }
  }
  const csv = text.replace(/\r\n?/g, '\n')
  const strange = csv.search(STRANGE)
  if (strange < 0) return { csv, problem: null }
  return { csv: null, problem: { code: 'strange_character', line: lineOf(csv.slice(0, strange)) } }
}

/** The lines of the server's refusal, as far as they are what they should be. */
export function problemsOf(lines: unknown): readonly MenuFileProblem[] {
  return Array.isArray(lines) ? lines.filter(isProblem) : []
}

function isProblem(line: unknown): line is MenuFileProblem {
  if (typeof line !== 'object' || line === null) return false
  return (
    'line' in line && typeof line.line === 'number' && 'message' in line && typeof line.message === 'object'
  )
}
