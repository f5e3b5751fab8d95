const CODE_LENGTH = 8

/** The code that a link carries behind its #, so that it never reaches a server's log: `#code=K7PM-2XQD`. */
export function codeFromHash(hash: string): string {
  return new URLSearchParams(hash.replace(/^#/, '')).get('code') ?? ''
}

/** The slug of the outlet that the link means, so that the first board shows the table just scanned: `&outlet=mojopahit`. */
export function outletFromHash(hash: string): string {
  return new URLSearchParams(hash.replace(/^#/, '')).get('outlet') ?? ''
}

/** As the code is printed: capitals, a dash after the fourth. What else was typed is dropped. */
export function spelledCode(typed: string): string {
  const plain = typed
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .slice(0, CODE_LENGTH)
  return plain.length > 4 ? `${plain.slice(0, 4)}-${plain.slice(4)}` : plain
}

export function isWholeCode(code: string): boolean {
  return code.replace(/[^0-9A-Z]/gi, '').length === CODE_LENGTH
}
