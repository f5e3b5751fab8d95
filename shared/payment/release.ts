// Which orders that are paid first may be made. A cup that a payment names is paid by that payment; an
// order whose cups are all paid so is released, whoever paid them. All other money goes to what it
// released before, and then to the waiting orders, the oldest first, each that it reaches: no order is
// released by a part of its price. The order of a phone that nobody has let in is released by the payment
// that names it, of that phone or of the till, and by nothing else. Money that came late, in doubt or too little counts for nothing here,
// exactly as it counts for nothing on the bill.
import { isAwaitingPayment, type Order } from '../ordering/order.ts'
import { isApart, isPaymentOf, namedOrders } from './apart.ts'
import type { BillSheet } from './bill.ts'
import type { Payment } from './payment.ts'
import { unitsOf } from './split.ts'
import { partsOf } from './standing.ts'

type Waiting = Pick<Order, 'id' | 'payFirst' | 'status' | 'presence' | 'phone'>

/** The ids of the waiting orders for which the money counts. `orders` are those of the bill, oldest first. */
export function releasedOrders(
  sheet: BillSheet,
  orders: readonly Waiting[],
  payments: readonly Payment[],
): readonly string[] {
  const waiting = orders.filter(isAwaitingPayment)
  if (waiting.length === 0) return []
  const apart = new Map(waiting.filter(isApart).map((order) => [order.id, order]))
  const paid = payments.map((payment) => ({ payment, towardsRp: partsOf(payment).towardsBillRp }))
  // A payment that counts only in part pays no particular cup.
  const whole = paid.filter(({ payment, towardsRp }) => towardsRp > 0 && towardsRp >= payment.amountRp)
  const paidKeys = new Set(
    whole.flatMap(({ payment }) => {
      const keys = payment.part.kind === 'items' ? payment.part.unitKeys : []
      return keys.filter((key) => {
        const order = apart.get(key.split('/')[0] ?? '')
        return !order || isPaymentOf(payment, order)
      })
    }),
  )
  const namedRp = new Map<string, number>()
  const wholly = new Set(sheet.orders.map(({ orderId }) => orderId))
  for (const { key, orderId, shareRp } of unitsOf(sheet)) {
    if (paidKeys.has(key)) namedRp.set(orderId, (namedRp.get(orderId) ?? 0) + shareRp)
    else wholly.delete(orderId)
  }
  const totals = new Map(sheet.orders.map(({ orderId, totalRp }) => [orderId, totalRp]))
  const missingRp = (id: string) => (totals.get(id) ?? 0) - (namedRp.get(id) ?? 0)
  const sumOf = (list: readonly number[]) => list.reduce((sum, one) => sum + one, 0)
  // What came short for an order apart is that phone's, and no help to the table.
  const isShortApart = (payment: Payment) => [...namedOrders(payment)].some((id) => apart.has(id))
  const common = paid.filter((one) => whole.includes(one) || !isShortApart(one.payment))
  // What the cups' shares came to when others had paid by amount before may be more than was asked for them.
  const spentRp = orders.filter(({ payFirst }) => payFirst?.state === 'paid').map(({ id }) => missingRp(id))
  let leftRp = sumOf(common.map(({ towardsRp }) => towardsRp)) - sumOf([...namedRp.values()]) - sumOf(spentRp)
  const released: string[] = []
  for (const { id } of waiting) {
    const isNamed = wholly.has(id)
    if (!isNamed && (apart.has(id) || missingRp(id) > leftRp)) continue
    if (!isNamed) leftRp -= missingRp(id)
    released.push(id)
  }
  return released
}
