import type { Standing } from '#shared/payment/bill/standing.ts'

/** Money that came and is not for the bill. What is on its way back needs nobody any more. */
type MoneyBack = {
  /** Paid for what is no longer owed: the barista gives it back. */
  readonly dueRp: number
  /** Late, too much, twice or in doubt: a person decides. */
  readonly undecidedRp: number
}

export function moneyBackOf({ overRp, excessRp, returningRp }: Standing): MoneyBack {
  const forExcessRp = Math.min(excessRp, returningRp)
  return {
    dueRp: Math.max(0, overRp - (returningRp - forExcessRp)),
    undecidedRp: excessRp - forExcessRp,
  }
}
