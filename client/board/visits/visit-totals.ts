// What a visit owes and how much of it is unfinished, from its orders and what was paid of them.
import type { Order } from '#shared/ordering/order.ts'
import { isActive, isOwed } from '#shared/ordering/order-status.ts'
import { isPaymentOf, isTaking } from '#shared/payment/bill/apart.ts'
import { standingOf } from '#shared/payment/bill/standing.ts'
import type { Bill, Payment } from '#shared/payment/payment.ts'
import { MAX_SEEN } from '#shared/visits/visit-commands.ts'

export type VisitTotals = {
  /** What counts towards the visit's cap: not yet paid, and not of a phone that nobody has seen there. */
  readonly owedRp: number
  readonly orderCount: number
  readonly activeCount: number
  /** Of these, what nobody has answered yet: rejected when the table closes, and owed by nobody. */
  readonly unansweredCount: number
  readonly unansweredRp: number
}

/** From here on towards its cap a visit is shown as nearly full, in permille. */
const NEAR_CAP_PERMILLE = 800
const RAISE_BY_RP = 500_000

/** Of this visit; what is owed as the server reckons it before it refuses an order for the cap. */
export function visitTotals(
  orders: readonly Order[],
  bills: readonly Bill[],
  payments: readonly Payment[],
  visitId: string,
): VisitTotals {
  const owed = orders.filter((order) => order.visitId === visitId && isOwed(order.status))
  const counting = owed.filter(({ status, presence }) => status !== 'placed' || presence === 'proven')
  const unanswered = owed.filter(({ status }) => status === 'placed')
  const bill = bills.find((each) => each.visitId === visitId)
  const ofBill = payments.filter(({ billId }) => billId === bill?.id)
  return {
    owedRp: standingOf(sumRp(counting), ofBill).remainderRp,
    orderCount: owed.length,
    activeCount: owed.filter((order) => isActive(order.status)).length,
    unansweredCount: unanswered.length,
    unansweredRp: sumRp(unanswered),
  }
}

/** The visit's orders without an answer that the board shows: closing the table means these, and none that comes later. */
export function unansweredIds(orders: readonly Order[], visitId: string): readonly string[] {
  return orders
    .filter((order) => order.visitId === visitId && order.status === 'placed')
    .slice(0, MAX_SEEN)
    .map(({ id }) => id)
}

/**
 * What the house would still wait for if the table were closed now: on its bill as that stands, or without
 * one by its orders. What nobody has accepted is rejected when a table closes.
 */
export function unpaidRp(
  orders: readonly Order[],
  bills: readonly Bill[],
  payments: readonly Payment[],
  visitId: string,
): number {
  const owed = orders.filter((order) => order.visitId === visitId && isOwed(order.status))
  const placed = owed.filter(({ status }) => status === 'placed')
  const bill = bills.find((each) => each.visitId === visitId)
  if (!bill) return sumRp(owed) - sumRp(placed)
  const ofBill = payments.filter(({ billId }) => billId === bill.id)
  // Of a phone that nobody has seen there, only what is being paid has come onto the bill.
  const onBill = placed.filter(
    (order) =>
      order.presence === 'proven' || ofBill.some((each) => isTaking(each) && isPaymentOf(each, order)),
  )
  return Math.max(0, standingOf(bill.sums.totalRp, ofBill).remainderRp - sumRp(onBill))
}

function sumRp(orders: readonly Order[]): number {
  return orders.reduce((sum, { quote }) => sum + quote.totalRp, 0)
}

/** True when the next order may well be refused for the visit's cap. */
export function isNearCap(owedRp: number, capRp: number): boolean {
  return owedRp * 1000 >= capRp * NEAR_CAP_PERMILLE
}

/** The cap after one tap: half a million more than the present one, or than what is owed already. */
export function raisedCapRp(owedRp: number, capRp: number): number {
  return Math.min(100_000_000, Math.max(capRp, owedRp) + RAISE_BY_RP)
}
