import { randomInt } from 'node:crypto'
import sql from 'sql-template-tag'
import type { Order } from '#shared/ordering/order.ts'
import { isActive } from '#shared/ordering/order-status.ts'
import { MAX_UNANSWERED_PICKUPS_PER_OUTLET } from '#shared/ordering/pickup.ts'
import { workMinutes } from '#shared/ordering/queue.ts'
import type { Context } from '../../command.ts'
import type { Reader } from '../../platform/database/database.ts'
import { unready } from '../../visits/order-statuses.store.ts'

const HOUR_MS = 60 * 60_000

/** A short number that no open pick-up of the outlet has; not the next in turn, which a stranger could say. */
export async function drawPickupCode(reader: Reader, outletId: string): Promise<string | null> {
  const rows = await reader.all<{ code: string }>(
    sql`SELECT code FROM pickups WHERE outlet_id = ${outletId} AND is_open = 1`,
  )
  const taken = new Set(rows.map(({ code }) => code))
  const free = Array.from({ length: 900 }, (_, index) => String(100 + index)).filter(
    (code) => !taken.has(code),
  )
  return free.length === 0 ? null : (free[randomInt(free.length)] ?? null)
}

/** Writes the pick-up's row beside its new order. */
export async function addPickup(
  context: Context,
  order: Order,
  customerId: string,
  businessDay: string,
): Promise<void> {
  const { pickup } = order
  if (!pickup) return
  await context.tx.run(sql`
    INSERT INTO pickups (order_id, outlet_id, visit_id, customer_id, business_day, code, status, is_open,
      half_minutes, placed_at_ms, pickup_at_ms, start_at_ms, first_promised_at_ms, ready_at_ms, origin)
    VALUES (${order.id}, ${order.outletId}, ${order.visitId}, ${customerId}, ${businessDay}, ${pickup.code},
      ${order.status}, 1, ${workMinutes(order.lines) * 2}, ${order.placedAtMs}, ${pickup.pickupAtMs},
      ${pickup.startAtMs}, ${pickup.firstPromisedAtMs}, ${null}, ${context.origin()})`)
}

/**
 * The changed order with its row beside it. One that comes back after its number was given to somebody
 * else gets another.
 */
export async function followPickup(context: Context, order: Order): Promise<Order> {
  const { pickup } = order
  if (!pickup) return order
  const { tx } = context
  const before = await tx.get<{ is_open: number }>(
    sql`SELECT is_open FROM pickups WHERE order_id = ${order.id}`,
  )
  const wasOpen = before?.is_open === 1
  const comesBack = isActive(order.status) && !wasOpen
  const code = (comesBack && (await freeCodeFor(context, order))) || pickup.code
  await tx.run(sql`
    UPDATE pickups SET code = ${code}, status = ${order.status}, is_open = ${isActive(order.status) ? 1 : 0},
      pickup_at_ms = ${pickup.pickupAtMs}, start_at_ms = ${pickup.startAtMs},
      first_promised_at_ms = ${pickup.firstPromisedAtMs}, ready_at_ms = ${order.readyAtMs},
      origin = CASE WHEN ${order.status === 'placed' ? 1 : 0} = 1 THEN origin END
    WHERE order_id = ${order.id}`)
  if (wasOpen && !isActive(order.status)) context.emit({ type: 'pickup.ended', visitId: order.visitId })
  if (comesBack) context.emit({ type: 'pickup.resumed', visitId: order.visitId })
  return { ...order, pickup: { ...pickup, code } }
}

async function freeCodeFor({ tx }: Context, { outletId, pickup }: Order): Promise<string | null> {
  const taken = await tx.get(
    sql`SELECT 1 FROM pickups WHERE outlet_id = ${outletId} AND code = ${pickup?.code ?? ''} AND is_open = 1`,
  )
  return taken ? drawPickupCode(tx, outletId) : null
}

type PickupCounts = {
  readonly openOfPhone: number
  readonly recentOfPhone: number
  /** The phone's pick-up that waits for its money. */
  readonly unpaidOfPhone: string | null
  readonly unpaidOfOutlet: number
  /** Paid at the end, and looked at by nobody yet. */
  readonly unansweredOfPhone: string | null
  readonly unansweredOfOutlet: number
  /** The phone has fetched something before: somebody stood at the counter and paid. */
  readonly hasFetched: boolean
}

const isUnanswered = sql`pickups.is_open = 1 AND pickups.status = 'placed' AND pickups.first_promised_at_ms IS NULL
  AND NOT EXISTS (SELECT 1 FROM awaited_orders WHERE awaited_orders.order_id = pickups.order_id)`

/** What counts against one phone, and against all at the outlet. */
export async function countPickups(
  reader: Reader,
  outletId: string,
  customerId: string,
  nowMs: number,
): Promise<PickupCounts> {
  const row = await reader.get<{
    open: number
    recent: number
    unpaid: string | null
    of_outlet: number
    unanswered: string | null
    unanswered_of_outlet: number
    fetched: number
  }>(sql`
    SELECT (SELECT COUNT(*) FROM pickups WHERE customer_id = ${customerId} AND is_open = 1) AS open,
      (SELECT COUNT(*) FROM pickups WHERE customer_id = ${customerId} AND placed_at_ms > ${nowMs - HOUR_MS}) AS recent,
      (SELECT MIN(awaited_orders.order_id) FROM awaited_orders JOIN pickups ON pickups.order_id = awaited_orders.order_id
        WHERE pickups.customer_id = ${customerId} AND pickups.is_open = 1) AS unpaid,
      (SELECT COUNT(*) FROM awaited_orders WHERE outlet_id = ${outletId} AND order_type = 'pickup') AS of_outlet,
      (SELECT MIN(pickups.order_id) FROM pickups WHERE pickups.customer_id = ${customerId} AND ${isUnanswered}) AS unanswered,
      (SELECT COUNT(*) FROM pickups WHERE pickups.outlet_id = ${outletId} AND ${isUnanswered}) AS unanswered_of_outlet,
      (SELECT COUNT(*) FROM pickups WHERE customer_id = ${customerId} AND status = 'served') AS fetched`)
  return {
    openOfPhone: Number(row?.open ?? 0),
    recentOfPhone: Number(row?.recent ?? 0),
    unpaidOfPhone: row?.unpaid ?? null,
    unpaidOfOutlet: Number(row?.of_outlet ?? 0),
    unansweredOfPhone: row?.unanswered ?? null,
    unansweredOfOutlet: Number(row?.unanswered_of_outlet ?? 0),
    hasFetched: Number(row?.fetched ?? 0) > 0,
  }
}

type UnansweredRow = { order_id: string; origin: string | null; placed_at_ms: number; has_money: number }

/** Pick-ups paid at the end that wait for a first look, of phones that never fetched one, oldest first. */
export function readUnansweredOfStrangers(reader: Reader, outletId: string): Promise<UnansweredRow[]> {
  return reader.all<UnansweredRow>(sql`
    SELECT order_id, origin, placed_at_ms,
      CASE WHEN EXISTS (SELECT 1 FROM bills WHERE bills.visit_id = pickups.visit_id AND bills.paid_rp > 0)
        THEN 1 ELSE 0 END AS has_money
    FROM pickups
    WHERE outlet_id = ${outletId} AND ${isUnanswered}
      AND NOT EXISTS (SELECT 1 FROM pickups AS fetched
        WHERE fetched.customer_id = pickups.customer_id AND fetched.status = 'served')
    ORDER BY placed_at_ms, order_id LIMIT ${MAX_UNANSWERED_PICKUPS_PER_OUTLET}`)
}

/** Work for a moment that is still to be done; certain once it is paid or accepted. */
type PromisedRow = {
  order_id: string
  half_minutes: number
  pickup_at_ms: number
  is_certain: number
}

export function readPromised(reader: Reader, outletId: string): Promise<PromisedRow[]> {
  return reader.all<PromisedRow>(sql`
    SELECT order_id, half_minutes, pickup_at_ms,
      CASE WHEN status = 'placed' AND first_promised_at_ms IS NULL THEN 0 ELSE 1 END AS is_certain
    FROM pickups
    WHERE outlet_id = ${outletId} AND is_open = 1 AND status IN ${unready}`)
}

/** More than there are numbers for: what fails each time keeps its place in a shorter list, and others out of it. */
const MAX_DUE = 10_000

/** Pick-ups that are certain, not ready, and should have been begun by now. */
export async function readStarted(reader: Reader, nowMs: number): Promise<string[]> {
  const rows = await reader.all<{ order_id: string }>(sql`
    SELECT order_id FROM pickups
    WHERE is_open = 1 AND status IN ${unready} AND start_at_ms <= ${nowMs}
      AND first_promised_at_ms IS NOT NULL LIMIT ${MAX_DUE}`)
  return rows.map((row) => row.order_id)
}

/** Pick-ups that were ready and wanted before `beforeMs`, and that nobody has fetched. */
export async function readUnfetched(reader: Reader, beforeMs: number): Promise<string[]> {
  const rows = await reader.all<{ order_id: string }>(sql`
    SELECT order_id FROM pickups
    WHERE is_open = 1 AND status = 'ready' AND ready_at_ms <= ${beforeMs} AND pickup_at_ms <= ${beforeMs} LIMIT ${MAX_DUE}`)
  return rows.map((row) => row.order_id)
}

/** True while somebody may still come for the visit's order. */
export async function hasOpenPickup(reader: Reader, visitId: string): Promise<boolean> {
  const row = await reader.get(sql`SELECT 1 FROM pickups WHERE visit_id = ${visitId} AND is_open = 1 LIMIT 1`)
  return row !== undefined
}

type Promises = { readonly firstPromisedAtMs: number; readonly readyAtMs: number }

/** What was first promised on this business day, of orders that were made. */
export async function readPromises(reader: Reader, outletId: string, day: string): Promise<Promises[]> {
  const rows = await reader.all<{ promised: number; ready: number }>(sql`
    SELECT first_promised_at_ms AS promised, ready_at_ms AS ready FROM pickups
    WHERE outlet_id = ${outletId} AND business_day = ${day}
      AND first_promised_at_ms IS NOT NULL AND ready_at_ms IS NOT NULL`)
  return rows.map(({ promised, ready }) => ({ firstPromisedAtMs: promised, readyAtMs: ready }))
}
