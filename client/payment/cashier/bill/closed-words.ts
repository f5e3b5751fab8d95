import type { Entry } from '../money/cashier-view.ts'

type Words = { readonly closedAt: (moment: string) => string }

/** Since when the table is closed; empty while its party sits there, and for a pick-up, which has no table. */
export function closedWords(
  { closedAtMs, pickup }: Pick<Entry, 'closedAtMs' | 'pickup'>,
  words: Words,
  moment: (atMs: number) => string,
): string {
  return closedAtMs === null || pickup !== null ? '' : words.closedAt(moment(closedAtMs))
}
