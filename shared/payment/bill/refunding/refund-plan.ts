// What is to go back of which payment: what it paid for orders that have ended, and the table's money that pays
// for nothing any more, from the newest payment backwards.
import { isPractice, type Payment } from '../../payment.ts'
import { amountsOf } from '../../payment-status.ts'
import { sumRp } from '../covering.ts'
import { leavingOf, partsOf, usesOf } from '../standing.ts'

type PlannedRefund = { readonly paymentId: string; readonly amountRp: number }

/** What is on its way back of a payment, by what it was for: its payer's, the table's, and what pays for orders still. */
function usesLeaving(payment: Payment) {
  const uses = usesOf(payment)
  const leavingRp = leavingOf(payment).billRp
  const freedRp = Math.min(uses.freedRp, leavingRp)
  const looseRp = Math.min(uses.looseRp, leavingRp - freedRp)
  return { ...uses, leavingLooseRp: looseRp, leavingCoverRp: leavingRp - freedRp - looseRp }
}

/** How much of `overRp` comes from each payment, with what of it is on its way. */
function overRpOf(overRp: number, newestFirst: readonly Payment[]): ReadonlyMap<string, number> {
  const all = newestFirst.map((payment) => ({ payment, ...usesLeaving(payment) }))
  // Where money that pays for orders is on its way back, other money has to take its place: its payer's first.
  const missing = new Map<number | null, number>()
  for (const { payment, leavingCoverRp } of all) {
    missing.set(payment.phone, (missing.get(payment.phone) ?? 0) + leavingCoverRp)
  }
  const freed = all.map(({ payment, freedRp }) => {
    const missingRp = missing.get(payment.phone) ?? 0
    missing.set(payment.phone, Math.max(0, missingRp - freedRp))
    return Math.max(0, freedRp - missingRp)
  })
  const takenRp = sumRp(all.map(({ freedRp, leavingLooseRp }) => freedRp + leavingLooseRp))
  let looseRp = overRp - takenRp - sumRp(missing.values())
  return new Map(
    all.map((one, place) => {
      const rp = Math.max(0, Math.min(looseRp, one.looseRp - one.leavingLooseRp))
      looseRp -= rp
      return [one.payment.id, (freed[place] ?? 0) + one.leavingLooseRp + rp]
    }),
  )
}

/**
 * What to return of which payment: all that it holds in excess, and of `overRp`, paid for what is no longer owed,
 * as much as it holds of it. A part that goes back whole takes its cash rounding and its tip with it. Refunds under
 * way are counted as gone.
 */
export function refundPlan(overRp: number, payments: readonly Payment[]): readonly PlannedRefund[] {
  const newestFirst = [...payments].sort((a, b) => b.createdAtMs - a.createdAtMs || (a.id < b.id ? 1 : -1))
  const fromRp = overRpOf(overRp, newestFirst)
  return newestFirst.flatMap((payment): readonly PlannedRefund[] => {
    const { towardsBillRp, roundingRp, tipRp } = partsOf(payment)
    const { excessRp, refundableRp } = amountsOf(payment)
    const leaving = leavingOf(payment)
    const billRp = fromRp.get(payment.id) ?? 0
    const isWhole = billRp > 0 && billRp === towardsBillRp
    // What rounding down gave away was never received, so it cannot go back: less goes where else nothing stayed.
    const isLast = billRp > 0 && billRp >= towardsBillRp + roundingRp
    const roundedRp = isWhole ? roundingRp : isLast ? Math.max(-billRp, roundingRp) : 0
    const wantedRp = billRp + roundedRp - leaving.billRp
    const isLeaving = leaving.billRp > 0 && wantedRp <= 0
    const tipBackRp = isWhole && !isLeaving ? tipRp - leaving.tipRp : 0
    const amountRp = Math.min(refundableRp, excessRp - leaving.excessRp + wantedRp + tipBackRp)
    return amountRp > 0 ? [{ paymentId: payment.id, amountRp }] : []
  })
}

/** The plan for `overRp` in one sum, without what came in excess of what was asked: that waits for a person's decision. */
export function plannedRpOf(
  overRp: number,
  payments: readonly Payment[],
  isCounted: (payment: Payment) => boolean = () => true,
): number {
  const plan = new Map(refundPlan(overRp, payments).map((one) => [one.paymentId, one.amountRp]))
  const backRp = payments.filter(isCounted).map((payment) => {
    const excessRp = amountsOf(payment).excessRp - leavingOf(payment).excessRp
    return Math.max(0, (plan.get(payment.id) ?? 0) - excessRp)
  })
  return sumRp(backRp)
}

/** Of that, the money that was real: what the house owes the guests, in the hand or by the provider. */
export function dueBackRpOf(overRp: number, payments: readonly Payment[]): number {
  return plannedRpOf(overRp, payments, (payment) => !isPractice(payment))
}
