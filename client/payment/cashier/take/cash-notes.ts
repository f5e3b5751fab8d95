/** The notes that guests pay with, largest last. */
export const NOTES_RP = [20_000, 50_000, 100_000] as const

/** What may be in the guest's hand: the fewest notes of one kind that are enough, without repeating an amount. */
export function likelyTendersRp(dueRp: number): readonly number[] {
  const enough = NOTES_RP.map((note) => Math.ceil(dueRp / note) * note)
  return [...new Set(enough)].filter((amountRp) => amountRp > dueRp).sort((a, b) => a - b)
}
