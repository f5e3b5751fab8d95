import { formatRp } from '#shared/kernel/money.ts'
import type { Standing } from '#shared/payment/bill/standing.ts'

type SettledWords = {
  readonly nothingOwed: string
  readonly nothingNow: string
  readonly nothingLeft: string
}

/** What stands where nothing is left to pay. Without money that somebody has yet to decide about, it is paid: `isPaid`. */
export function settledTitle(
  { owedRp, undecidedRp }: Standing,
  words: SettledWords,
): { readonly title: string; readonly isPaid: boolean } {
  if (owedRp === 0) return { title: words.nothingOwed, isPaid: false }
  if (undecidedRp > 0) return { title: words.nothingNow, isPaid: false }
  return { title: words.nothingLeft, isPaid: true }
}

/** What went back and waits to be decided about: the sum, and not who did it or why. */
export function wentBackLines(
  { undecidedRp }: Standing,
  words: { wentBack(amount: string): string },
): readonly string[] {
  return undecidedRp > 0 ? [words.wentBack(formatRp(undecidedRp))] : []
}
