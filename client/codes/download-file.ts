import type { RefusalFacts } from '../i18n/dictionary.ts'

const NAME = /filename="([^"]+)"/
/** A thousand codes as pictures take the server a while. */
const TIMEOUT_MS = 120_000

function isAnswer(body: unknown): body is { readonly refusal: RefusalFacts } {
  return typeof body === 'object' && body !== null && 'refusal' in body
}

/** Fetches a file and hands it to the browser's downloads. Answers the refusal, or null when it is there. */
export async function downloadFile(url: string): Promise<RefusalFacts | null> {
  let response: Response
  let blob: Blob
  try {
    response = await fetch(url, { credentials: 'same-origin', signal: AbortSignal.timeout(TIMEOUT_MS) })
    if (!response.ok) {
      const body: unknown = await response.json()
      return isAnswer(body) ? body.refusal : { code: 'network.no_file' }
    }
    blob = await response.blob()
  } catch {
    return { code: 'network.no_file' }
  }
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = NAME.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'meja'
  link.click()
  // The browser reads the blob after this turn; a minute is ample.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  return null
}
