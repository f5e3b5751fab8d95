// Orders apart from the table's bill. Where orders are paid first, anybody with a picture of the code can
// send one: until its own money comes, the order of a phone that nobody has let in is that phone's affair.
// It is on the bill only while a payment that names its cups, of that phone or of the till, may still come
// or counts; what the others owe, and what their money releases, it never touches.
import { isAwaitingPayment, type Order } from '../../ordering/order.ts'
import type { Payment } from '../payment.ts'
import { amountsOf } from '../payment-status.ts'

type Unproven = Pick<Order, 'payFirst' | 'status' | 'presence'>

/** True for an order that waits for its money, of a phone that nobody has let in. */
export function isApart(order: Unproven): boolean {
  return order.presence === 'unproven' && isAwaitingPayment(order)
}

/** The orders whose cups the payment names. */
export function namedOrders({ part }: Pick<Payment, 'part'>): ReadonlySet<string> {
  return new Set(part.kind === 'items' ? part.unitKeys.map((key) => key.split('/')[0] ?? '') : [])
}

/** True for a payment that names this order and is its own phone's, or was taken at the till. */
export function isPaymentOf(
  payment: Pick<Payment, 'part' | 'phone'>,
  order: Pick<Order, 'id' | 'phone'>,
): boolean {
  const isEntitled = payment.phone === null || payment.phone === order.phone
  return isEntitled && namedOrders(payment).has(order.id)
}

/** True while the payment's part is spoken for: its money may still come, or counts. */
export function isTaking(payment: Pick<Payment, 'status' | 'askedRp' | 'facts'>): boolean {
  return payment.status === 'pending' || amountsOf(payment).countingRp > 0
}
