// What becomes of the money when an order that was paid for is not made. Pure.
import type { Order } from '#shared/ordering/order.ts'
import { isOwed } from '#shared/ordering/order-status.ts'
import { sharedAnew } from '#shared/payment/bill/bill.ts'
import { sumRp } from '#shared/payment/bill/covering.ts'
import { plannedRpOf } from '#shared/payment/bill/refunding/refund-plan.ts'
import { settle } from '#shared/payment/bill/settling.ts'
import { standingOf } from '#shared/payment/bill/standing.ts'
import { type Bill, isPractice, type Payment } from '#shared/payment/payment.ts'

/**
 * `backRp`: paid for this order, and to go back if it ends. `pendingRp`: in codes of its bill that may still be paid.
 * `isPlayed`: among it is money that was only played.
 */
type OrderMoney = { readonly backRp: number; readonly pendingRp: number; readonly isPlayed: boolean }

/** A code takes exactly what it was drawn for: with an order of it that ends it is closed, and its money does not come. */
function isClosedWith({ id }: Order, { status, provider, qrText, covers = [] }: Payment): boolean {
  const isCode = provider !== 'manual' || qrText !== null
  return status === 'pending' && isCode && covers.some(({ orderId }) => orderId === id)
}

export function moneyOf(order: Order, bills: readonly Bill[], payments: readonly Payment[]): OrderMoney {
  const bill = bills.find(({ visitId }) => visitId === order.visitId)
  const onBill = bill?.orders.find(({ orderId }) => orderId === order.id)
  if (!bill || !onBill || !isOwed(order.status)) return { backRp: 0, pendingRp: 0, isPlayed: false }
  const ofBill = payments.filter(({ billId }) => billId === bill.id)
  const { totalRp } = bill.sums
  const now = standingOf(totalRp, ofBill)
  // What a provider gave back of it already goes back no second time, and what the same guest still owes is paid first.
  const orders = sharedAnew(
    bill.orders.filter(({ orderId }) => orderId !== order.id),
    bill.discount?.what ?? null,
  )
  const staying = ofBill.filter((payment) => !isClosedWith(order, payment))
  const after = settle({ before: bill, orders, isDiscounted: false, payments: staying, nowMs: 0 })
  const without = standingOf(sumRp(orders.map((one) => one.totalRp)), after)
  const backRp = Math.max(0, plannedRpOf(without.overRp, after) - plannedRpOf(now.overRp, ofBill))
  return { backRp, pendingRp: now.pendingRp, isPlayed: ofBill.some(isPractice) }
}
