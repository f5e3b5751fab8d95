import { plannedRpOf } from '#shared/payment/bill/refunding/refund-plan.ts'
import { uncountedRpOf } from '#shared/payment/bill/refunding/uncounted.ts'
import type { Standing } from '#shared/payment/bill/standing.ts'
import type { Payment } from '#shared/payment/payment.ts'

/** Money that came and is not for the bill. What is on its way back needs nobody any more. */
type MoneyBack = {
  /** Paid for what is no longer owed: the barista gives it back. */
  readonly dueRp: number
  /** Late, too much, twice or in doubt: a person decides. */
  readonly undecidedRp: number
}

export function moneyBackOf({ overRp }: Pick<Standing, 'overRp'>, payments: readonly Payment[]): MoneyBack {
  return { dueRp: plannedRpOf(overRp, payments), undecidedRp: uncountedRpOf(payments) }
}
