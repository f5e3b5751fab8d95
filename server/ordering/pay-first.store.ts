import sql from 'sql-template-tag'
import type { OrderType } from '#shared/menu/menu.ts'
import { isAwaitingPayment, type Order } from '#shared/ordering/order.ts'
import type { Context } from '../command.ts'
import type { Reader } from '../platform/database/database.ts'

const MINUTE_MS = 60_000

/** For how many minutes the outlet waits for the money of such an order; null where it is paid at the end. */
export async function readPayFirstMinutes(
  reader: Reader,
  outletId: string,
  orderType: OrderType,
): Promise<number | null> {
  const row = await reader.get<{ minutes: number }>(
    sql`SELECT minutes FROM pay_first WHERE outlet_id = ${outletId} AND order_type = ${orderType}`,
  )
  return row?.minutes ?? null
}

/** What a new order of `totalRp` is to be paid first; what costs nothing waits for nothing. */
export function payFirstOf(minutes: number | null, totalRp: number, nowMs: number): Order['payFirst'] {
  if (minutes === null || totalRp === 0) return null
  return { state: 'awaited', untilMs: nowMs + minutes * MINUTE_MS, releasedAtMs: null }
}

/** Keeps the list of orders that wait for their money. */
export async function followPayment({ tx }: Context, order: Order, customerId: string): Promise<void> {
  if (!order.payFirst) return
  if (!isAwaitingPayment(order)) {
    await tx.run(sql`DELETE FROM awaited_orders WHERE order_id = ${order.id}`)
    return
  }
  await tx.run(sql`
    INSERT INTO awaited_orders (order_id, outlet_id, visit_id, customer_id, order_type, until_ms)
    VALUES (${order.id}, ${order.outletId}, ${order.visitId}, ${customerId}, ${order.orderType}, ${order.payFirst.untilMs})
    ON CONFLICT (order_id) DO NOTHING`)
}

/** A code of a provider: it may be on its way to be paid. What is taken by hand anybody prepares for nothing. */
const isOpenAtProvider = sql`payments.status = 'pending' AND payments.provider <> 'manual'`

/**
 * The oldest order of a phone that nobody has let in, that waits for its money at this visit longer than
 * till `beforeMs`, and that no open code of a provider names.
 */
export async function readForgettable(
  reader: Reader,
  visitId: string,
  beforeMs: number,
): Promise<string | undefined> {
  const row = await reader.get<{ id: string }>(sql`
    SELECT orders.id AS id FROM awaited_orders JOIN orders ON orders.id = awaited_orders.order_id
    WHERE awaited_orders.visit_id = ${visitId} AND orders.is_present = 0 AND orders.placed_at_ms <= ${beforeMs}
      AND NOT EXISTS (SELECT 1 FROM bills JOIN payments ON payments.bill_id = bills.id
          CROSS JOIN records
        WHERE bills.visit_id = ${visitId} AND payments.customer_id = orders.customer_id AND ${isOpenAtProvider}
          AND records.kind = 'payment' AND records.id = payments.id
          AND records.body LIKE '%"' || orders.id || '/%')
    ORDER BY orders.placed_at_ms, orders.id LIMIT 1`)
  return row?.id
}

/** Pick-ups that wait for their money at this outlet and for which no code of a provider is open. */
export async function countIdlePickups(reader: Reader, outletId: string): Promise<number> {
  const row = await reader.get<{ n: number }>(sql`
    SELECT COUNT(*) AS n FROM awaited_orders
    WHERE awaited_orders.outlet_id = ${outletId} AND awaited_orders.order_type = 'pickup'
      AND NOT EXISTS (SELECT 1 FROM bills JOIN payments ON payments.bill_id = bills.id
        WHERE bills.visit_id = awaited_orders.visit_id AND ${isOpenAtProvider})`)
  return Number(row?.n ?? 0)
}

/** The oldest pick-up that waits for its money at this outlet longer than till `beforeMs`, and for which no code of a provider is open. */
export async function readForgettablePickup(
  reader: Reader,
  outletId: string,
  beforeMs: number,
): Promise<string | undefined> {
  const row = await reader.get<{ id: string }>(sql`
    SELECT pickups.order_id AS id FROM awaited_orders JOIN pickups ON pickups.order_id = awaited_orders.order_id
    WHERE awaited_orders.outlet_id = ${outletId} AND awaited_orders.order_type = 'pickup'
      AND pickups.placed_at_ms <= ${beforeMs}
      AND NOT EXISTS (SELECT 1 FROM bills JOIN payments ON payments.bill_id = bills.id
        WHERE bills.visit_id = awaited_orders.visit_id AND ${isOpenAtProvider})
    ORDER BY pickups.placed_at_ms, pickups.order_id LIMIT 1`)
  return row?.id
}

/** This phone's orders in the visit that wait for their money. */
export async function readAwaitedOf(reader: Reader, visitId: string, customerId: string): Promise<string[]> {
  const rows = await reader.all<{ order_id: string }>(sql`
    SELECT order_id FROM awaited_orders WHERE visit_id = ${visitId} AND customer_id = ${customerId}`)
  return rows.map((row) => row.order_id)
}
