// How one or two characters sit in the middle of a tile: by what part of the line their ink covers.

/** `low`: punctuation, on the base line. `letter`: as high as a capital. `pair`: two, drawn smaller. */
export function markShape(mark: string): 'low' | 'letter' | 'pair' {
  if ([...mark].length > 1) return 'pair'
  return /^[\p{L}\p{N}]/u.test(mark) ? 'letter' : 'low'
}
