// When an order becomes work at the bar: as it comes, once it is paid, or for a pick-up at the right time before. Pure.
import { arrivedAtMs, type Order } from '#shared/ordering/order.ts'

/** The moment by which a card has its place and its age. An order that is new came when it came, whenever it is wanted. */
export function turnMs(order: Order): number {
  const cameAtMs = arrivedAtMs(order)
  if (order.status === 'placed' || order.pickup === null) return cameAtMs
  const { startAtMs, hereAtMs } = order.pickup
  return Math.max(cameAtMs, Math.min(startAtMs, hereAtMs ?? startAtMs))
}
