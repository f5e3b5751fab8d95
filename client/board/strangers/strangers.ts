// Orders of phones that nobody has seen at their table yet: each waits for the barista's look.
import type { Order } from '#shared/ordering/order.ts'
import type { Table } from '#shared/tables/table.ts'
import type { Call } from '#shared/visits/call.ts'
import type { VisitPhone } from '#shared/visits/visit.ts'
import { MAX_SEEN } from '#shared/visits/visit-commands.ts'

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

/** What stands at a table on this board now. Only that is meant by a tap that may reach the server hours later. */
export function seenAt(
  table: Pick<Table, 'id' | 'shortCode'>,
  orders: readonly Order[],
  calls: readonly Call[],
  phones: readonly VisitPhone[],
): { readonly ids: readonly string[]; readonly shortCode: string } {
  const ofTable = orders.filter((order) => order.tableId === table.id)
  const visitIds = new Set(ofTable.map((order) => order.visitId))
  const things = [
    ...ofTable.filter(isUnproven),
    ...calls.filter((call) => call.tableId === table.id && !call.isPresent),
    ...phones.filter((phone) => visitIds.has(phone.visitId) && phone.state === 'asking'),
  ]
  return { ids: things.slice(0, MAX_SEEN).map(({ id }) => id), shortCode: table.shortCode }
}
