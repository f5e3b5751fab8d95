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

/** Letters that ears or thumbs mistake for one another. I and u lie side by side, but "kukis" is not "kukus". */
const ALIKE = 'aei ou qwertyu iop asdfghjkl bnm kf'

/** Whether no more than so many slips lie between: a letter left out, added, mistaken or swapped with its neighbour. */
function isWithin(slips: number, typed: string, meant: string, unlike: number): boolean {
  if (slips < 0 || typed === meant) return slips >= 0
  const [letter = '', second] = typed
  const [other = '', next] = meant
  const rest = typed.slice(1)
  const end = meant.slice(1)
  if (letter === other) return isWithin(slips, rest, end, unlike)
  const isAlike = ALIKE.includes(letter + other) || ALIKE.includes(other + letter)
  return (
    isWithin(slips - 1, rest, meant, unlike) ||
    isWithin(slips - 1, typed, end, unlike) ||
    isWithin(slips - (isAlike ? 1 : unlike), rest, end, unlike) ||
    (letter === next && second === other && isWithin(slips - 1, rest.slice(1), end.slice(1), unlike))
  )
}

/**
 * Whether someone who typed the one sound may well have meant the other. Short words are often whole other
 * words one letter apart: below six letters the beginning is right and the end not just cut off or longer
 * ("sate" is no latte, "gulai" no gula), and a letter is mistaken only for one like it ("milo" is no milk,
 * "koper" no cooler); below five none is added, and in three only what nobody can say is a slip ("kpi" is kopi,
 * "sop" no soup). From nine letters on two slips are forgiven.
 */
export function isSlipOf(typed: string, meant: string): boolean {
  const { length } = typed
  if (length > 5) return isWithin(length < 9 ? 1 : 2, typed, meant, 1)
  if (length < 3 || typed[0] !== meant[0] || typed.startsWith(meant) || meant.startsWith(typed)) return false
  if (length < 5 && length > meant.length) return false
  return (length > 3 || /[^aeiou]{2}/.test(typed)) && isWithin(1, typed, meant, 2)
}
