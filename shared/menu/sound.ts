// Words as they are heard and as fingers slip, for a search that forgives spelling and still knows what is
// not sold. Both count letters after folding: "cappuccino" is "kapukino", eight letters long.

/** A word in small letters, without accents. */
export function spellingOf(word: string): string {
  return word.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '')
}

/** As `soundOf`, before a sound that is repeated becomes one. */
function soundsOf(word: string): string {
  return (
    spellingOf(word)
      .replace(/oe/g, 'u')
      .replace(/ph|v/g, 'f')
      // "Matc" is on its way to "matcha".
      .replace(/t?ch|tc$|ck|[cq]/g, 'k')
      .replace(/x/g, 'ks')
      .replace(/z/g, 's')
      .replace(/y/g, 'i')
  )
}

/** A text in which no letter stands twice in a row. */
export function withoutRepeats(text: string): string {
  return text.replace(/(.)\1+/g, '$1')
}

/** A word as it sounds: no accents, one letter for each sound of Indonesian and English spellings. */
export function soundOf(word: string): string {
  return withoutRepeats(soundsOf(word))
}

/** As it sounds, and where one sound is written with three letters, as it sounds half-way: "mat" begins "matcha". */
export function soundsWhileTyped(word: string): string[] {
  return [...new Set([soundOf(word), soundOf(spellingOf(word).replace(/tch/g, 'tk'))])]
}

/** "zzzz" would be the letter s, which begins half the menu; "ch" is one letter only because it is one sound. */
export function isOneSoundRepeated(word: string): boolean {
  return /^(\p{L})\1+$/u.test(soundsOf(word))
}

/** Letters left out, added, mistaken for another, or swapped with their neighbour: how many of these at least. */
function slipsBetween(typed: string, meant: string): number {
  const rows: number[][] = [Array.from({ length: meant.length + 1 }, (_, column) => column)]
  const at = (row: number, column: number) => rows[row]?.[column] ?? Number.POSITIVE_INFINITY
  for (let row = 1; row <= typed.length; row += 1) {
    const costs = [row]
    rows.push(costs)
    for (let column = 1; column <= meant.length; column += 1) {
      const isSame = typed[row - 1] === meant[column - 1]
      const isSwapped = typed[row - 1] === meant[column - 2] && typed[row - 2] === meant[column - 1]
      costs[column] = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + (isSame ? 0 : 1),
        isSwapped ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
      )
    }
  }
  return at(typed.length, meant.length)
}

/**
 * Whether someone who typed the one sound may well have meant the other. Short words are often whole other
 * words one letter apart: below four letters nothing is forgiven ("bir"), in four only a letter left out or
 * two swapped ("milo" is no milk), and below six the beginning is right and the end not just cut off or
 * longer ("sate" is no latte, "gulai" no gula). From nine letters on two slips are forgiven.
 */
export function isSlipOf(typed: string, meant: string): boolean {
  const { length } = typed
  if (length < 4) return false
  if (length < 6 && (typed[0] !== meant[0] || typed.startsWith(meant) || meant.startsWith(typed)))
    return false
  const slips = slipsBetween(typed, meant)
  if (length > 4) return slips <= (length < 9 ? 1 : 2)
  const isSwapped = [...typed].sort().join('') === [...meant].sort().join('')
  return slips === 1 && (meant.length > length || isSwapped)
}
