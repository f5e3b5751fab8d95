// What is to go back of which payment: what it paid for orders that have ended, and the table's money that pays
// for nothing any more, from the newest payment backwards.
import { isPractice, type Payment } from '../payment.ts'
import { amountsOf } from '../payment-status.ts'
import { sumRp } from './covering.ts'
import { partsOf, usesOf } from './standing.ts'

type PlannedRefund = { readonly paymentId: string; readonly amountRp: number }

/** Of a payment on its way back: what pays for orders still, so that other money has to take its place. */
function leavingRpOf(payment: Payment): number {
  const { returningRp, excessRp } = amountsOf(payment)
  const { freedRp, looseRp } = usesOf(payment)
  return Math.max(0, returningRp - excessRp - freedRp - looseRp)
}

/** How much of `overRp` comes from each payment. */
function overRpOf(overRp: number, newestFirst: readonly Payment[]): ReadonlyMap<string, number> {
  const leaving = new Map<number | null, number>()
  for (const one of newestFirst) {
    leaving.set(one.phone, (leaving.get(one.phone) ?? 0) + leavingRpOf(one))
  }
  const freed = newestFirst.map((payment) => {
    const { freedRp } = usesOf(payment)
    const leavingRp = leaving.get(payment.phone) ?? 0
    leaving.set(payment.phone, Math.max(0, leavingRp - freedRp))
    return { payment, keptRp: Math.min(freedRp, leavingRp), freedRp }
  })
  let looseRp = overRp - sumRp(freed.map(({ freedRp }) => freedRp)) - sumRp(leaving.values())
  return new Map(
    freed.map(({ payment, keptRp, freedRp }) => {
      const rp = Math.max(0, Math.min(looseRp, usesOf(payment).looseRp))
      looseRp -= rp
      return [payment.id, freedRp - keptRp + rp]
    }),
  )
}

/**
 * What to return of which payment: all that it holds in excess, and of `overRp`, paid for what is no longer owed,
 * as much as it holds of it. A part that goes back whole takes its cash rounding with it. Refunds under way are
 * counted as gone.
 */
export function refundPlan(overRp: number, payments: readonly Payment[]): readonly PlannedRefund[] {
  const newestFirst = [...payments].sort((a, b) => b.createdAtMs - a.createdAtMs || (a.id < b.id ? 1 : -1))
  const fromRp = overRpOf(overRp, newestFirst)
  return newestFirst.flatMap((payment): readonly PlannedRefund[] => {
    const { towardsBillRp, roundingRp } = partsOf(payment)
    const { excessRp, returningRp, refundableRp } = amountsOf(payment)
    const billRp = fromRp.get(payment.id) ?? 0
    const wantedRp = billRp === towardsBillRp ? billRp + roundingRp : billRp
    // What rounding down gave away was never received, so it cannot go back.
    const amountRp = Math.min(refundableRp, excessRp + (billRp > 0 ? wantedRp : 0) - returningRp)
    return amountRp > 0 ? [{ paymentId: payment.id, amountRp }] : []
  })
}

/** Of the plan for `overRp`, the money that was real: what the house owes the guests, in the hand or by the provider. */
export function dueBackRpOf(overRp: number, payments: readonly Payment[]): number {
  const byId = new Map(payments.map((payment) => [payment.id, payment]))
  return refundPlan(overRp, payments).reduce((sum, { paymentId, amountRp }) => {
    const payment = byId.get(paymentId)
    if (!payment || isPractice(payment)) return sum
    // Money in excess of what was asked waits for a person's decision.
    const { excessRp, returningRp } = amountsOf(payment)
    return sum + Math.max(0, amountRp - Math.max(0, excessRp - returningRp))
  }, 0)
}
