// Who is here to fetch an order. "I'm here" is only said near the moment of the pick-up, or when the order is
// ready: said at home, it would hold the order on the shelf for ever. It buys patience, not all day.
import type { Order } from './order.ts'

const MINUTE_MS = 60_000
/** So long before the moment somebody may stand at the counter already. */
export const HERE_BEFORE_MS = 30 * MINUTE_MS
/** Who said that they were here and did not take it has gone again. */
export const HERE_LEFT_AFTER_MS = 120 * MINUTE_MS

type Fetched = Pick<Order, 'status' | 'pickup' | 'readyAtMs'>

/**
 * From when (epoch milliseconds) the customer may say that they are here; null when at any time. By the earliest
 * moment that they were told: whoever has come by that is here, however late it has become since.
 */
export function hereFromMs({ status, pickup, readyAtMs }: Fetched): number | null {
  if (!pickup || readyAtMs !== null || status === 'ready' || status === 'no_show') return null
  const { pickupAtMs, firstPromisedAtMs, earliestAtMs } = pickup
  return Math.min(pickupAtMs, firstPromisedAtMs ?? pickupAtMs, earliestAtMs ?? pickupAtMs) - HERE_BEFORE_MS
}

/** True when whoever said "I'm here" has left the ready order lying for too long at `nowMs`. */
export function hasLeft({ pickup, readyAtMs }: Fetched, nowMs: number): boolean {
  if (!pickup || readyAtMs === null) return false
  return nowMs >= Math.max(pickup.pickupAtMs, readyAtMs) + HERE_LEFT_AFTER_MS
}
