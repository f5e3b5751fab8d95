import sql, { raw } from 'sql-template-tag'
import type { OrderType } from '#shared/menu/menu.ts'
import { isAwaitingPayment, type Order } from '#shared/ordering/order.ts'
import type { Context } from '../command.ts'
import type { Reader } from '../platform/database/database.ts'
import type { Held } from './giving-way.ts'

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
export async function followPayment(context: Context, order: Order, customerId: string): Promise<void> {
  const { tx } = context
  if (!order.payFirst) return
  if (!isAwaitingPayment(order)) {
    await tx.run(sql`DELETE FROM awaited_orders WHERE order_id = ${order.id}`)
    return
  }
  await tx.run(sql`
    INSERT INTO awaited_orders (order_id, outlet_id, visit_id, customer_id, order_type, until_ms, origin)
    VALUES (${order.id}, ${order.outletId}, ${order.visitId}, ${customerId}, ${order.orderType}, ${order.payFirst.untilMs},
            ${context.origin()})
    ON CONFLICT (order_id) DO NOTHING`)
}

/** A code of a provider: it may be on its way to be paid. What is taken by hand anybody prepares for nothing. */
const isOpenAtProvider = sql`payments.status = 'pending' AND payments.provider <> 'manual'`

/**
 * What stands for an order, the most of it: money that came, a provider's open code, a promise to pay at the
 * till; or nothing. A code is told by the moment at which it was opened, which lies between the other two.
 */
type HeldRow = { id: string; origin: string | null; placed_at_ms: number; stands: number | null }

const MONEY = Number.MAX_SAFE_INTEGER
const PROMISE = 1

const mostThatStands = sql`MAX(CASE WHEN payments.status <> 'pending' THEN ${raw(String(MONEY))}
  WHEN payments.provider <> 'manual' THEN payments.created_at_ms ELSE ${raw(String(PROMISE))} END)`
const hasComeToNothing = sql`payments.status IN ('failed', 'expired', 'cancelled', 'refunded')`

function heldOf({ id, origin, placed_at_ms, stands }: HeldRow): Held {
  const placedAtMs = Number(placed_at_ms)
  const most = Number(stands ?? 0)
  return {
    id,
    origin,
    placedAtMs,
    isSure: most === MONEY,
    codeSinceMs: most > PROMISE && most < MONEY ? most : null,
    isPromised: most === PROMISE,
  }
}

/** The orders of phones that nobody has let in that wait for their money at this visit, oldest first. */
export async function readHeldAtTable(reader: Reader, visitId: string, nowMs: number): Promise<Held[]> {
  const rows = await reader.all<HeldRow>(sql`
    SELECT orders.id AS id, awaited_orders.origin AS origin, orders.placed_at_ms AS placed_at_ms,
      (SELECT ${mostThatStands} FROM bills JOIN payments ON payments.bill_id = bills.id CROSS JOIN records
        WHERE bills.visit_id = ${visitId} AND payments.customer_id = orders.customer_id
          AND NOT (${hasComeToNothing})
          AND NOT (payments.status = 'pending' AND payments.provider = 'manual' AND payments.expires_at_ms <= ${nowMs})
          AND records.kind = 'payment' AND records.id = payments.id
          AND records.body LIKE '%"' || orders.id || '/%') AS stands
    FROM awaited_orders JOIN orders ON orders.id = awaited_orders.order_id
    WHERE awaited_orders.visit_id = ${visitId} AND orders.is_present = 0
    ORDER BY orders.placed_at_ms, orders.id`)
  return rows.map(heldOf)
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

/**
 * The pick-ups that wait for their money at this outlet, oldest first. A promise to pay at the counter keeps
 * no place here: from home it costs nothing.
 */
export async function readHeldPickups(reader: Reader, outletId: string): Promise<Held[]> {
  const rows = await reader.all<HeldRow>(sql`
    SELECT pickups.order_id AS id, awaited_orders.origin AS origin, pickups.placed_at_ms AS placed_at_ms,
      (SELECT ${mostThatStands} FROM bills JOIN payments ON payments.bill_id = bills.id
        WHERE bills.visit_id = awaited_orders.visit_id AND NOT (${hasComeToNothing})) AS stands
    FROM awaited_orders JOIN pickups ON pickups.order_id = awaited_orders.order_id
    WHERE awaited_orders.outlet_id = ${outletId} AND awaited_orders.order_type = 'pickup'
    ORDER BY pickups.placed_at_ms, pickups.order_id`)
  return rows.map((row) => ({ ...heldOf(row), isPromised: false }))
}

/** This phone's orders in the visit that wait for their money. */
export async function readAwaitedOf(reader: Reader, visitId: string, customerId: string): Promise<string[]> {
  const rows = await reader.all<{ order_id: string }>(sql`
    SELECT order_id FROM awaited_orders WHERE visit_id = ${visitId} AND customer_id = ${customerId}`)
  return rows.map((row) => row.order_id)
}
