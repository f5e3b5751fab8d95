// Orders of phones that nobody has seen at their table yet: each waits for the barista's look.
import type { Order } from '#shared/ordering/order.ts'

export function isUnproven(order: Order): boolean {
  return order.status === 'placed' && order.presence === 'unproven'
}

/** Tables where more than one such order waits, so that one answer for all of them is worth a button. */
export function crowdedTables(orders: readonly Order[]): ReadonlySet<string> {
  const once = new Set<string>()
  const crowded = new Set<string>()
  for (const { tableId } of orders.filter(isUnproven)) {
    if (tableId === null) continue
    if (once.has(tableId)) crowded.add(tableId)
    once.add(tableId)
  }
  return crowded
}
