// Which orders that are paid first may be made: those that money which is here covers whole, as is written on
// the payments (see covering.ts). No rupiah is written twice, so none releases two orders. The order of a phone
// that nobody has let in is released by money that names it, of that phone or of the till, and by nothing
// else. Money that came late, in doubt or too little, or is on its way back, counts for nothing here.
import { isAwaitingPayment, type Order } from '../../ordering/order.ts'
import type { Payment } from '../payment.ts'
import { isApart, isPaymentOf } from './apart.ts'
import { type Owed, sumRp } from './covering.ts'
import { leavingOf, partsOf, usesOf } from './standing.ts'

type Waiting = Pick<Order, 'id' | 'payFirst' | 'status' | 'presence' | 'phone'>

/** What of a payment stays for the bill: what its payer gets back, or is being returned, pays for nothing any more. */
function stayingRp(payment: Payment): number {
  const { freedRp } = usesOf(payment)
  return Math.max(0, partsOf(payment).towardsBillRp - Math.max(freedRp, leavingOf(payment).billRp))
}

/** What the payment's money pays of this order: of what stays, what it covers first is served first. */
function payingRp(payment: Payment, orderId: string): number {
  let leftRp = stayingRp(payment)
  for (const cover of payment.covers ?? []) {
    const rp = Math.min(leftRp, cover.amountRp)
    if (cover.orderId === orderId) return rp
    leftRp -= rp
  }
  return 0
}

/** The ids of the waiting orders for which the money counts. `owed`: what the bill collects for each. */
export function releasedOrders(
  owed: readonly Pick<Owed, 'orderId' | 'totalRp'>[],
  orders: readonly Waiting[],
  payments: readonly Payment[],
): readonly string[] {
  const totals = new Map(owed.map(({ orderId, totalRp }) => [orderId, totalRp]))
  const isReleased = (order: Waiting) => {
    const totalRp = totals.get(order.id)
    if (totalRp === undefined || !isAwaitingPayment(order)) return false
    const paying = isApart(order) ? payments.filter((payment) => isPaymentOf(payment, order)) : payments
    const paidRp = sumRp(paying.map((payment) => payingRp(payment, order.id)))
    return paidRp >= totalRp && (totalRp > 0 || !isApart(order))
  }
  return orders.filter(isReleased).map(({ id }) => id)
}
