// How much work waits at the bar, in barista minutes, and when a new order can honestly be ready.
// Drinks of one line are made together, so each further one costs half of the first.
import type { Load } from '../outlet/outlet.ts'
import type { Order, OrderLine } from './order.ts'

/** Minutes of one barista's work in these lines. */
export function workMinutes(lines: readonly Pick<OrderLine, 'prepMinutes' | 'quantity'>[]): number {
  return lines.reduce((sum, line) => sum + (line.prepMinutes * (line.quantity + 1)) / 2, 0)
}

/** Minutes of work in orders that are accepted or being made; held ones wait and do not count. */
export function queueMinutes(orders: readonly Order[]): number {
  return orders
    .filter(
      (order) => (order.status === 'accepted' || order.status === 'preparing') && order.heldAtMs === null,
    )
    .reduce((sum, order) => sum + workMinutes(order.lines), 0)
}

/** Minutes from now until an order of `ownMinutes` is ready behind `queuedMinutes`, shared by `baristas`. */
export function readyInMinutes(
  ownMinutes: number,
  queuedMinutes: number,
  baristas: number,
  load: Load,
): number {
  const shared = queuedMinutes / Math.max(1, baristas)
  const added = load.mode === 'busy' ? load.addMinutes : 0
  return Math.min(180, Math.max(2, Math.ceil(shared + ownMinutes + added)))
}
