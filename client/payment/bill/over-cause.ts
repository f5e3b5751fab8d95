// Why more was paid than a bill owes: said to guests, proposed as a refund's reason and kept for good, so it is
// only named where nothing else can have been the cause.
import { quoteFor } from '#shared/ordering/charges.ts'
import type { Order } from '#shared/ordering/order.ts'
import { isOwed } from '#shared/ordering/order-status.ts'
import type { Bill, Payment } from '#shared/payment/payment.ts'
import { amountsOf } from '#shared/payment/payment-status.ts'

/** `other`: several causes, or none that can be seen from here. */
export type OverCause = 'discount' | 'cancelled' | 'other'

type Ended = Pick<Order, 'id' | 'status' | 'endedAtMs' | 'quote'>

/** What the bill's orders would come to without its discount, less what they come to. */
function savedRp({ orders }: Pick<Bill, 'orders'>): number {
  return orders.reduce(
    (sum, { subtotalRp, charges, totalRp }) => sum + quoteFor(subtotalRp, charges).totalRp - totalRp,
    0,
  )
}

/** What the orders came to that ended after the first money had been asked for. */
function endedRp(orders: readonly Ended[], payments: readonly Payment[]): number {
  const paid = payments.filter((payment) => amountsOf(payment).receivedRp > 0)
  const sinceMs = Math.min(...paid.map(({ createdAtMs }) => createdAtMs))
  return orders
    .filter(({ status, endedAtMs }) => !isOwed(status) && (endedAtMs ?? 0) >= sinceMs)
    .reduce((sum, { quote }) => sum + quote.totalRp, 0)
}

/** The cause of `overRp`, in rupiah; `orders`: all of the visit that are known here. */
export function overCauseOf(
  bill: Pick<Bill, 'orders' | 'discount'>,
  orders: readonly Ended[],
  payments: readonly Payment[],
  overRp: number,
): OverCause {
  if (overRp === 0) return 'other'
  // Late money that a person counted may be what is too much.
  if (payments.some(({ facts }) => facts.creditedAtMs !== null)) return 'other'
  const byDiscountRp = bill.discount === null ? 0 : savedRp(bill)
  const byEndedRp = endedRp(orders, payments)
  if (byDiscountRp > 0 && byEndedRp > 0) return 'other'
  if (byDiscountRp >= overRp) return 'discount'
  return byEndedRp >= overRp ? 'cancelled' : 'other'
}
