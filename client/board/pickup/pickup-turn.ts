// When an order becomes work at the bar: as it comes, once it is paid, or for a pick-up at the right time before. Pure.
import { arrivedAtMs, type Order } from '#shared/ordering/order.ts'

/** True for an accepted pick-up that would be cold if it were begun now. */
export function isForLater({ status, pickup }: Order, nowMs: number): boolean {
  return pickup !== null && status === 'accepted' && nowMs < pickup.startAtMs
}

/** The moment by which a card has its place and its age. An order that is new came when it came, whenever it is wanted. */
export function turnMs(order: Order): number {
  const cameAtMs = arrivedAtMs(order)
  if (order.status === 'placed' || order.pickup === null) return cameAtMs
  return Math.max(cameAtMs, order.pickup.startAtMs)
}
