// Which orders that are paid first may be made. A cup that a payment names is paid by that payment; an
// order whose cups are all paid so is released, whoever paid them. All other money goes to what it
// released before, and then to the waiting orders, the oldest first, as far as it reaches: no order is
// released by a part of its price. Money that came late, in doubt or too little counts for nothing here,
// exactly as it counts for nothing on the bill.
import { isAwaitingPayment, type Order } from '../ordering/order.ts'
import type { BillSheet } from './bill.ts'
import type { Payment } from './payment.ts'
import { unitsOf } from './split.ts'
import { partsOf } from './standing.ts'

type Waiting = Pick<Order, 'id' | 'payFirst' | 'status'>

/** The ids of the waiting orders for which the money counts. `orders` are those of the bill, oldest first. */
export function releasedOrders(
  sheet: BillSheet,
  orders: readonly Waiting[],
  payments: readonly Payment[],
): readonly string[] {
  const waiting = orders.filter(isAwaitingPayment)
  if (waiting.length === 0) return []
  const paid = payments.map((payment) => ({ payment, towardsRp: partsOf(payment).towardsBillRp }))
  // A payment that counts only in part pays no particular cup.
  const whole = paid.filter(({ payment, towardsRp }) => towardsRp > 0 && towardsRp >= payment.amountRp)
  const paidKeys = new Set(
    whole.flatMap(({ payment: { part } }) => (part.kind === 'items' ? part.unitKeys : [])),
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
  // What the cups' shares came to when others had paid by amount before may be more than was asked for them.
  const spentRp = orders.filter(({ payFirst }) => payFirst?.state === 'paid').map(({ id }) => missingRp(id))
  let leftRp = sumOf(paid.map(({ towardsRp }) => towardsRp)) - sumOf([...namedRp.values()]) - sumOf(spentRp)
  const released: string[] = []
  let reaches = true
  for (const { id } of waiting) {
    if (wholly.has(id)) {
      released.push(id)
      continue
    }
    reaches &&= missingRp(id) <= leftRp
    if (!reaches) continue
    leftRp -= missingRp(id)
    released.push(id)
  }
  return released
}
