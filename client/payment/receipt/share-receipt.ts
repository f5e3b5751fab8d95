/** Hands the receipt's words on: to the share sheet, else to the clipboard. False when neither is to be had. */
export async function shareText(text: string, title: string): Promise<'shared' | 'copied' | 'failed'> {
  try {
    if (typeof navigator.share === 'function') {
      await navigator.share({ title, text })
      return 'shared'
    }
    await navigator.clipboard.writeText(text)
    return 'copied'
  } catch (trouble) {
    // Closing the share sheet is no failure.
    return trouble instanceof DOMException && trouble.name === 'AbortError' ? 'shared' : 'failed'
  }
}

/** The receipt as plain lines, read off the page so that it says exactly what is seen. */
export function receiptText(sheet: HTMLElement): string {
  const rows = sheet.querySelectorAll('h1, h2, header p, footer p, .pay-line, .pay-sums > div')
  return [...rows]
    .map((row) =>
      [...row.childNodes]
        .map((node) => (node.textContent ?? '').replace(/\s+/g, ' ').trim())
        .filter((part) => part !== '')
        .join(' '),
    )
    .join('\n')
}
