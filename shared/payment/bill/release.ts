// Which orders that are paid first may be made. Money that names cups covers the orders of those cups, as
// far as it reaches; all other money covers what is owed, the oldest order first. Orders that are made
// already (paid, let pass unpaid, or owed at the end) are covered in their turn like any other, so that no
// rupiah releases two orders. A waiting order is released when the whole of its price is covered; one
// that the common money does not reach is left out, and a younger one may be reached. The order of a phone
// that nobody has let in is released by money that names it, of that phone or of the till, and by nothing
// else. Money that came late, in doubt or too little, or is on its way back, counts for nothing here; what a
// provider gave back unasked still covers what is being made, and releases nothing.
import { isAwaitingPayment, type Order } from '../../ordering/order.ts'
import type { Payment } from '../payment.ts'
import { amountsOf } from '../payment-status.ts'
import { isApart, isPaymentOf } from './apart.ts'
import type { BillSheet } from './bill.ts'
import { unitsOf } from './split.ts'
import { partsOf, usesOf } from './standing.ts'
import { beforeUndecided } from './undecided.ts'

type Waiting = Pick<Order, 'id' | 'payFirst' | 'status' | 'presence' | 'phone'>

/** What of a payment stays for the bill: what its payer gets back, or is being returned, pays for nothing any more. */
function stayingRp(payment: Payment): number {
  const { returningRp, excessRp } = amountsOf(payment)
  const { freedRp } = usesOf(payment)
  return Math.max(0, partsOf(payment).towardsBillRp - Math.max(freedRp, returningRp - excessRp))
}

/** Given back unasked and not decided about: nobody is asked for it again, so no other money need cover it. */
function wentBackRpOf(payments: readonly Payment[]): number {
  return payments.reduce(
    (sum, payment) => sum + partsOf(beforeUndecided(payment)).towardsBillRp - partsOf(payment).towardsBillRp,
    0,
  )
}

/** What each order still misses after the money that names its cups, and the money that names none. */
function coverNamed(sheet: BillSheet, waiting: ReadonlyMap<string, Waiting>, payments: readonly Payment[]) {
  const missing = new Map(sheet.orders.map(({ orderId, totalRp }) => [orderId, totalRp]))
  const units = new Map(unitsOf(sheet).map((unit) => [unit.key, unit]))
  let commonRp = 0
  for (const payment of payments) {
    const keys = payment.part.kind === 'items' ? payment.part.unitKeys : []
    const named = keys.map((key) => units.get(key)).filter((unit) => unit !== undefined)
    const apart = named.map(({ orderId }) => waiting.get(orderId)).filter((order) => order && isApart(order))
    let leftRp = stayingRp(payment)
    for (const { orderId, shareRp } of named) {
      const order = apart.find((each) => each?.id === orderId)
      if (order && !isPaymentOf(payment, order)) continue
      const coveredRp = Math.min(leftRp, shareRp, missing.get(orderId) ?? 0)
      missing.set(orderId, (missing.get(orderId) ?? 0) - coveredRp)
      leftRp -= coveredRp
    }
    // What a phone paid for its own order apart is that phone's, and no help to the table.
    if (apart.length === 0) commonRp += leftRp
  }
  return { missing, commonRp }
}

/** The ids of the waiting orders for which the money counts. `orders` are those of the bill, oldest first. */
export function releasedOrders(
  sheet: BillSheet,
  orders: readonly Waiting[],
  payments: readonly Payment[],
): readonly string[] {
  const waiting = new Map(orders.filter(isAwaitingPayment).map((order) => [order.id, order]))
  if (waiting.size === 0) return []
  const wasReleased = new Set(orders.filter(({ payFirst }) => payFirst?.state === 'paid').map(({ id }) => id))
  const { missing, commonRp } = coverNamed(sheet, waiting, payments)
  const released: string[] = []
  let leftRp = commonRp
  let wentBackRp = wentBackRpOf(payments)
  for (const { orderId, totalRp } of sheet.orders) {
    const order = waiting.get(orderId)
    const toCoverRp = missing.get(orderId) ?? 0
    const backRp = order ? 0 : Math.min(wentBackRp, toCoverRp)
    wentBackRp -= backRp
    const missingRp = toCoverRp - backRp
    const isCovered = order && isApart(order) ? totalRp > 0 && missingRp === 0 : missingRp <= leftRp
    // What was released once has its money, also where a discount or a return has since made it uneven.
    if (isCovered || wasReleased.has(orderId)) leftRp -= Math.min(leftRp, missingRp)
    if (isCovered && order) released.push(orderId)
  }
  return released
}
