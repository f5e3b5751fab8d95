// Printers know 256 characters and take some of them as orders. What is printed is plain ASCII: accents are
// taken off, typographic signs written with the keys of a typewriter, everything else a question mark.

const WRITTEN: Readonly<Record<string, string>> = {
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '-',
  '−': '-',
  '×': 'x',
  '·': '-',
  '•': '-',
  '…': '...',
  '⁄': '/',
  '°': 'o',
  '©': '(c)',
  '®': '(r)',
  '™': '(tm)',
  æ: 'ae',
  Æ: 'AE',
  ø: 'o',
  Ø: 'O',
  ß: 'ss',
  đ: 'd',
  ł: 'l',
  '€': 'EUR',
}

/** `text` in printable ASCII; no character of it can be an order to the printer. */
export function plainText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/\s+/gu, ' ')
    .replace(/[^\x20-\x7e]/gu, (character) => WRITTEN[character] ?? '?')
}

/** Lines of at most `width` characters, broken between words; a word that is longer is cut. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of plainText(text).trim().split(' ')) {
    let rest = word
    if (line !== '' && line.length + 1 + rest.length > width) {
      lines.push(line)
      line = ''
    }
    while (rest.length > width) {
      lines.push(rest.slice(0, width))
      rest = rest.slice(width)
    }
    line = line === '' ? rest : `${line} ${rest}`
  }
  return line === '' ? lines : [...lines, line]
}

/** Words on the left, an amount on the right, which always stands whole on the last line. */
export function spread(left: string, right: string, width: number): readonly string[] {
  const amount = plainText(right)
  const lines = wrapped(left, Math.max(8, width - amount.length - 1))
  const last = lines.at(-1) ?? ''
  return [...lines.slice(0, -1), `${last}${amount.padStart(width - last.length)}`]
}
