import sql from 'sql-template-tag'
import type { Order } from '#shared/ordering/order.ts'
import { queueMinutes } from '#shared/ordering/queue.ts'
import type { SlotFacts } from '#shared/ordering/slots.ts'
import type { Outlet } from '#shared/outlet/outlet.ts'
import type { Reader } from '../../platform/database/database.ts'
import { countBaristas } from '../../staff/staff.store.ts'
import { readPromised } from './pickup.store.ts'

/**
 * The bar as it is now: who is at work, the queue, and what is promised for later. A pick-up whose moment
 * has passed is work like any other in the queue. `exceptId` leaves one order out, as if it were new.
 */
export async function readBar(
  reader: Reader,
  outlet: Outlet,
  nowMs: number,
  exceptId?: string,
): Promise<SlotFacts> {
  const rows = await reader.all<{ body: string }>(sql`
    SELECT records.body AS body FROM orders CROSS JOIN records
    WHERE records.kind = 'order' AND records.id = orders.id
      AND orders.outlet_id = ${outlet.id} AND orders.status IN ('accepted', 'preparing')`)
  const orders = rows.map((row) => JSON.parse(row.body) as Order)
  const pickups = (await readPromised(reader, outlet.id))
    .filter(({ order_id }) => order_id !== exceptId)
    .map(({ half_minutes, pickup_at_ms, is_certain }) => ({
      minutes: half_minutes / 2,
      pickupAtMs: pickup_at_ms,
      isCertain: is_certain === 1,
    }))
  const overdue = pickups.filter(({ pickupAtMs, isCertain }) => isCertain && pickupAtMs <= nowMs)
  return {
    outlet,
    nowMs,
    baristas: Math.max(1, await countBaristas(reader, outlet.id, nowMs)),
    queuedMinutes:
      queueMinutes(orders.filter(({ pickup }) => pickup === null)) +
      overdue.reduce((sum, { minutes }) => sum + minutes, 0),
    promised: pickups.filter(({ pickupAtMs, isCertain }) => isCertain && pickupAtMs > nowMs),
    held: pickups.filter(({ pickupAtMs, isCertain }) => !isCertain && pickupAtMs > nowMs),
  }
}
