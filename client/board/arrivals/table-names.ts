import type { Order } from '#shared/ordering/order.ts'
import { callNameOf } from '#shared/ordering/pickup.ts'

/** Tables that a notice names; it must be read in a glance. */
const MAX_NAMED = 3

/** "A2, A5, B1 +2": each table once, in the order of the orders. */
export function tableNames(orders: readonly Order[]): string {
  const labels = [...new Set(orders.map((order) => callNameOf(order)))]
  const more = labels.length > MAX_NAMED ? ` +${labels.length - MAX_NAMED}` : ''
  return labels.slice(0, MAX_NAMED).join(', ') + more
}
