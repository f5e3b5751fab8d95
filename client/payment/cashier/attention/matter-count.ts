import { openMatters } from '#shared/payment/bill/refunding/open-matters.ts'
import { refundPlan } from '#shared/payment/bill/refunding/refund-plan.ts'
import { missedRpOf } from '#shared/payment/bill/refunding/uncounted.ts'
import { standingOf } from '#shared/payment/bill/standing.ts'
import type { Bill, Payment } from '#shared/payment/payment.ts'
import { attentionTo } from '#shared/payment/payment-status.ts'

/** Payments that a person must look at: by what happened to them, or because an order that they paid for has ended. */
export function matterCount(
  bills: readonly Pick<Bill, 'id' | 'orders' | 'sums'>[],
  payments: readonly Payment[],
): number {
  const known = new Set(bills.map(({ id }) => id))
  const ofNoBill = payments.filter(({ billId }) => !known.has(billId))
  const ids = new Set(ofNoBill.filter((each) => attentionTo(each).length > 0).map(({ id }) => id))
  for (const { id: billId, orders, sums } of bills) {
    const ofBill = payments.filter((payment) => payment.billId === billId)
    const open = ofBill.filter((payment) => openMatters(payment, orders, ofBill).length > 0)
    for (const { id } of open) ids.add(id)
    const { overRp } = standingOf(sums.totalRp, ofBill)
    for (const { paymentId } of overRp > 0 ? refundPlan(overRp, ofBill) : []) ids.add(paymentId)
    for (const { id } of ofBill.filter((payment) => missedRpOf(payment) > 0)) ids.add(id)
  }
  return ids.size
}
