// What is to go back of which payment: the money of whoever paid for what is no longer owed.
import { isPractice, type Payment } from '../payment.ts'
import { amountsOf } from '../payment-status.ts'
import { coveringOf, type Owed, payerOf } from './covering.ts'
import { partsOf } from './standing.ts'

type PlannedRefund = { readonly paymentId: string; readonly amountRp: number }

/** How much of `overRp` comes from each payment: first what is surely its payer's, the rest from the newest backwards. */
function overRpOf(overRp: number, orders: readonly Owed[], newestFirst: readonly Payment[]) {
  const sureRp = new Map(overRp > 0 ? coveringOf(orders, newestFirst).overRpOf : [])
  const fromRp = new Map<string, number>()
  let leftRp = overRp
  const take = (payment: Payment, mostRp: number) => {
    const takenRp = fromRp.get(payment.id) ?? 0
    const rp = Math.max(0, Math.min(leftRp, mostRp, partsOf(payment).towardsBillRp - takenRp))
    fromRp.set(payment.id, takenRp + rp)
    leftRp -= rp
    return rp
  }
  for (const payment of newestFirst) {
    const payer = payerOf(payment)
    const ownRp = sureRp.get(payer) ?? 0
    sureRp.set(payer, ownRp - take(payment, ownRp))
  }
  for (const payment of newestFirst) take(payment, leftRp)
  return fromRp
}

/**
 * What to return of which payment: all that it holds in excess, and of `overRp`, paid for what is no longer owed,
 * as much as it holds of it. `orders` are those that are still owed, oldest first. A part that goes back whole
 * takes its cash rounding with it. Refunds under way are counted as gone.
 */
export function refundPlan(
  overRp: number,
  orders: readonly Owed[],
  payments: readonly Payment[],
): readonly PlannedRefund[] {
  const newestFirst = [...payments].sort((a, b) => b.createdAtMs - a.createdAtMs || (a.id < b.id ? 1 : -1))
  const fromRp = overRpOf(overRp, orders, newestFirst)
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
export function dueBackRpOf(overRp: number, orders: readonly Owed[], payments: readonly Payment[]): number {
  const byId = new Map(payments.map((payment) => [payment.id, payment]))
  return refundPlan(overRp, orders, payments).reduce((sum, { paymentId, amountRp }) => {
    const payment = byId.get(paymentId)
    if (!payment || isPractice(payment)) return sum
    // Money in excess of what was asked waits for a person's decision.
    const { excessRp, returningRp } = amountsOf(payment)
    return sum + Math.max(0, amountRp - Math.max(0, excessRp - returningRp))
  }, 0)
}
