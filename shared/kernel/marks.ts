// Marks above and below letters pile up without end over what stands beside the text. What is asked is held to
// few; what is stored is not judged again, or a board would lose an order for the note that it once took.

const MARK = /[\p{Mn}\p{Me}]/u
/**
 * More than five at one letter, whatever invisible stands between them. Burmese piles up four; Thai, vowelled
 * Arabic and Devanagari three.
 */
const PILE =
  /(?:(?!\p{Default_Ignorable_Code_Point})[\p{Mn}\p{Me}][\p{Default_Ignorable_Code_Point}\p{Cf}]*){6}/u

/** Composed first: a letter with its accents is often one character. Nearly all text has no mark at all. */
export function isPiledUp(value: string): boolean {
  return MARK.test(value) && PILE.test(value.normalize('NFC'))
}

/** The path of the first text within `value` whose marks pile up, such as `lines.0.note`; null when none does. */
export function findPile(value: unknown): string | null {
  if (typeof value === 'string') return isPiledUp(value) ? '' : null
  if (typeof value !== 'object' || value === null) return null
  for (const [key, inner] of Object.entries(value)) {
    const path = findPile(inner)
    if (path !== null) return path === '' ? key : `${key}.${path}`
  }
  return null
}
