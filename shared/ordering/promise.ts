// What becomes of a pick-up that has its moment: when the bar begins it, when its promise has slipped, how
// promises held, and when somebody who does not come is waited for no longer.
import type { Order } from './order.ts'
import { AHEAD_MINUTES, SLOT_MINUTES } from './slots.ts'

const MINUTE_MS = 60_000
/** Somebody who has not come by then is asked for once more, and then the order is given up. */
export const NO_SHOW_AFTER_MS = 30 * MINUTE_MS
/** A promise that slips by less is not told anew. */
const SLIP_MINUTES = 3

/** True for an accepted pick-up that would be cold if it were begun now; who stands here already waits for it. */
export function isForLater({ status, pickup }: Pick<Order, 'status' | 'pickup'>, nowMs: number): boolean {
  if (pickup === null || status !== 'accepted' || pickup.hereAtMs !== null) return false
  return nowMs < pickup.startAtMs
}

/** When the board should call an order of `minutes` for `pickupAtMs` to be begun: its own work and a slot's slack earlier. */
export function startAtMs(pickupAtMs: number, minutes: number, baristas: number): number {
  const ownMs = Math.ceil(minutes / Math.max(1, baristas)) * MINUTE_MS
  return (
    pickupAtMs - Math.min(ownMs + (SLOT_MINUTES / 2) * MINUTE_MS, Math.max(ownMs, AHEAD_MINUTES * MINUTE_MS))
  )
}

/** The new promise to tell when `estimateMs` has slipped behind `promisedAtMs`, on the full minute; null while it holds. */
export function requotedMs(promisedAtMs: number, estimateMs: number): number | null {
  if (estimateMs - promisedAtMs < SLIP_MINUTES * MINUTE_MS) return null
  return Math.ceil(estimateMs / MINUTE_MS) * MINUTE_MS
}

/** Of orders that were made, how many in a thousand were ready when first promised; null of none. */
export function hitPermille(
  made: readonly { readonly firstPromisedAtMs: number; readonly readyAtMs: number }[],
): number | null {
  if (made.length === 0) return null
  const hits = made.filter(({ firstPromisedAtMs, readyAtMs }) => readyAtMs <= firstPromisedAtMs).length
  return Math.round((hits * 1000) / made.length)
}

/** True when nobody came for a pick-up order that has been ready for `NO_SHOW_AFTER_MS` past its moment. */
export function isNoShow(pickupAtMs: number, readyAtMs: number | null, nowMs: number): boolean {
  return readyAtMs !== null && nowMs >= Math.max(pickupAtMs, readyAtMs) + NO_SHOW_AFTER_MS
}
