import sql from 'sql-template-tag'
import type { Order } from '#shared/ordering/order.ts'
import type { Charges } from '#shared/outlet/outlet.ts'
import { actorKey, type Context } from '../command.ts'
import { deskStream } from '../outlet/outlet.store.ts'
import type { Reader, Tx } from '../platform/database/database.ts'
import { readRecord } from '../platform/database/records.ts'
import { unowed } from '../visits/order-statuses.store.ts'
import { customerStream, visitStream } from '../visits/visit.store.ts'
import { followPayment } from './pay-first.store.ts'
import { addPickup, followPickup } from './pickup/pickup.store.ts'

export function readOrder(reader: Reader, orderId: string): Promise<Order | undefined> {
  return readRecord<Order>(reader, 'order', orderId)
}

export async function readOrderOwner(reader: Reader, orderId: string): Promise<string | undefined> {
  const row = await reader.get<{ customer_id: string }>(
    sql`SELECT customer_id FROM orders WHERE id = ${orderId}`,
  )
  return row?.customer_id
}

/** The next order number of the outlet's business day, from 1. */
export async function takeNumber(tx: Tx, outletId: string, businessDay: string): Promise<number> {
  const row = await tx.get<{ last_number: number }>(sql`
    INSERT INTO order_numbers (outlet_id, business_day, last_number) VALUES (${outletId}, ${businessDay}, 1)
    ON CONFLICT (outlet_id, business_day) DO UPDATE SET last_number = order_numbers.last_number + 1
    RETURNING last_number`)
  if (!row) throw new Error('An order was not numbered.')
  return row.last_number
}

/** What a visit still owes, and for how many orders, paid ones too: orders of phones that nobody has seen there do not count. */
export async function readOwed(
  reader: Reader,
  visitId: string,
): Promise<{ owedRp: number; orders: number; hasBill: boolean }> {
  const row = await reader.get<{ owed_rp: number | null; orders: number; paid_rp: number | null }>(sql`
    SELECT SUM(total_rp) AS owed_rp, COUNT(*) AS orders, (SELECT paid_rp FROM bills WHERE bills.visit_id = ${visitId}) AS paid_rp
    FROM orders
    WHERE visit_id = ${visitId} AND status NOT IN ${unowed}
      AND (status <> 'placed' OR is_present = 1)`)
  const owedRp = Math.max(0, Number(row?.owed_rp ?? 0) - Number(row?.paid_rp ?? 0))
  return { owedRp, orders: Number(row?.orders ?? 0), hasBill: row?.paid_rp != null }
}

type WaitingCount = { readonly ofPhone: number; readonly ofTable: number }

/** How many of a visit's orders wait for somebody to confirm presence, and how many for their money besides. */
export async function countWaitingOrders(
  reader: Reader,
  visitId: string,
  customerId: string,
): Promise<{ readonly ringing: WaitingCount; readonly awaited: WaitingCount }> {
  const rows = await reader.all<{ is_own: number; is_awaited: number; n: number }>(sql`
    SELECT waiting.is_own AS is_own, waiting.is_awaited AS is_awaited, COUNT(*) AS n FROM (
      SELECT CASE WHEN orders.customer_id = ${customerId} THEN 1 ELSE 0 END AS is_own,
        CASE WHEN awaited_orders.order_id IS NULL THEN 0 ELSE 1 END AS is_awaited
      FROM orders LEFT JOIN awaited_orders ON awaited_orders.order_id = orders.id
      WHERE orders.visit_id = ${visitId} AND orders.status = 'placed' AND orders.is_present = 0) AS waiting
    GROUP BY waiting.is_own, waiting.is_awaited`)
  const count = (isAwaited: number): WaitingCount => {
    const some = rows.filter((row) => row.is_awaited === isAwaited)
    const sumOf = (list: typeof rows) => list.reduce((sum, { n }) => sum + Number(n), 0)
    return { ofPhone: sumOf(some.filter((row) => row.is_own === 1)), ofTable: sumOf(some) }
  }
  return { ringing: count(0), awaited: count(1) }
}

/** Orders that phones from nowhere sent to this visit since then; those that staff rejected cannot pile up unseen. */
export async function countStrangersOrders(
  reader: Reader,
  visitId: string,
  customerId: string,
  sinceMs: number,
): Promise<{ ofPhone: number; ofTable: number }> {
  const row = await reader.get<{ of_phone: number; of_table: number }>(sql`
    SELECT COUNT(*) AS of_table, COALESCE(SUM(CASE WHEN customer_id = ${customerId} THEN 1 ELSE 0 END), 0) AS of_phone
    FROM orders WHERE visit_id = ${visitId} AND status <> 'rejected' AND is_present = 0 AND placed_at_ms > ${sinceMs}`)
  return { ofPhone: Number(row?.of_phone ?? 0), ofTable: Number(row?.of_table ?? 0) }
}

type BillOfOrder = { bill_id: string | null }

/** What a phone that nobody has let in is to pay first concerns the party only once it is paid. */
function streamsOf(order: Order, customerId: string): string[] {
  const isOwnAffair = order.presence === 'unproven' && order.payFirst?.state === 'awaited'
  const party = isOwnAffair ? [] : [visitStream(order.visitId)]
  return [customerStream(customerId), ...party, deskStream(order.outletId)]
}

/** Stores a new order and tells its phone, its visit and the desk; and the visit's bill, where there is one. */
export async function addOrder(
  context: Context,
  order: Order,
  customerId: string,
  businessDay: string,
  charges: Charges,
  hasBill: boolean,
): Promise<void> {
  await context.tx.run(sql`
    INSERT INTO orders (id, outlet_id, visit_id, customer_id, business_day, number, status, is_present, total_rp, placed_at_ms, charges)
    VALUES (${order.id}, ${order.outletId}, ${order.visitId}, ${customerId}, ${businessDay}, ${order.number},
            ${order.status}, ${order.presence === 'proven' ? 1 : 0}, ${order.quote.totalRp}, ${order.placedAtMs},
            ${JSON.stringify(charges)})`)
  await addPickup(context, order, customerId, businessDay)
  await followPayment(context, order, customerId)
  await context.put('order', order, streamsOf(order, customerId))
  if (hasBill) context.emit({ type: 'order.changed', visitId: order.visitId, orderId: order.id })
}

/** Stores a changed order (with the next `rev`) and who changed what. `what` is the move in one word. */
export async function changeOrder(context: Context, order: Order, what: string): Promise<Order> {
  const customerId = await readOrderOwner(context.tx, order.id)
  if (customerId === undefined) throw new Error('A changed order has no owner.')
  const changed = await followPickup(context, { ...order, rev: order.rev + 1 })
  await followPayment(context, changed, customerId)
  const row = await context.tx.get<BillOfOrder>(sql`
    UPDATE orders SET status = ${changed.status}, is_present = ${changed.presence === 'proven' ? 1 : 0}
    WHERE id = ${changed.id}
    RETURNING (SELECT bills.id FROM bills WHERE bills.visit_id = ${changed.visitId}) AS bill_id`)
  const deviceId = context.actor.kind === 'staff' ? context.actor.deviceId : null
  await context.tx.run(sql`
    INSERT INTO order_moves (order_id, number, what, actor, device_id, at_ms, command_id)
    VALUES (${changed.id}, ${changed.rev}, ${what}, ${actorKey(context.actor)}, ${deviceId}, ${context.nowMs}, ${context.commandId})`)
  await context.put('order', changed, streamsOf(changed, customerId))
  if (row?.bill_id) context.emit({ type: 'order.changed', visitId: changed.visitId, orderId: changed.id })
  return changed
}

/** How often the guest asked to change or cancel this order. */
export async function countAsks(reader: Reader, orderId: string): Promise<number> {
  const row = await reader.get<{ asks: number }>(sql`
    SELECT COUNT(*) AS asks FROM order_moves
    WHERE order_id = ${orderId} AND what IN ('asked_change', 'asked_cancel')`)
  return Number(row?.asks ?? 0)
}

/** True when the order was ever ready, whatever was undone since: what was made is owed. */
export async function wasMade(reader: Reader, orderId: string): Promise<boolean> {
  const row = await reader.get(
    sql`SELECT 1 FROM order_moves WHERE order_id = ${orderId} AND what = 'ready' LIMIT 1`,
  )
  return row !== undefined
}

async function readOrdersWhere(reader: Reader, ids: readonly { id: string }[]): Promise<Order[]> {
  const orders: Order[] = []
  for (const { id } of ids) {
    const order = await readOrder(reader, id)
    if (order) orders.push(order)
  }
  return orders
}

/** Orders of a visit that nobody has answered yet. */
export async function readUnansweredOrders(reader: Reader, visitId: string): Promise<Order[]> {
  const ids = await reader.all<{ id: string }>(
    sql`SELECT id FROM orders WHERE visit_id = ${visitId} AND status = 'placed'`,
  )
  return readOrdersWhere(reader, ids)
}

/** Orders of one phone in a visit that wait for presence. */
export async function readWaitingOrders(reader: Reader, visitId: string, phone: number): Promise<Order[]> {
  const ids = await reader.all<{ id: string }>(
    sql`SELECT id FROM orders WHERE visit_id = ${visitId} AND status = 'placed' AND is_present = 0`,
  )
  return (await readOrdersWhere(reader, ids)).filter((order) => order.phone === phone)
}
