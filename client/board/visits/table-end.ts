// What the end of a visit means for its orders on the board: closed, or closed on this device alone so far.
import type { Order } from '#shared/ordering/order.ts'
import type { CommandArgs } from '#shared/protocol.ts'
import type { Visit } from '#shared/visits/visit.ts'
import type { OutboxRow } from '../../sync/stored-rows.ts'

/** `closing`: the server does not know of it yet. */
export type TableEnd = 'closed' | 'closing'

/** Closings that this device has not sent yet. */
export function unsentCloses(rows: readonly OutboxRow[]): readonly CommandArgs<'visit.close'>[] {
  return rows
    .filter(({ name, state }) => name === 'visit.close' && state !== 'refused')
    .map(({ args }) => args as CommandArgs<'visit.close'>)
}

/** Visit id → its end. Whoever sits at such a table now has not ordered what stands under its name. */
export function tableEnds(
  visits: readonly Visit[],
  rows: readonly OutboxRow[],
): ReadonlyMap<string, TableEnd> {
  const ends = new Map<string, TableEnd>()
  for (const { visitId } of unsentCloses(rows)) ends.set(visitId, 'closing')
  for (const { id, status, tableId } of visits) {
    if (status === 'closed' && tableId !== null) ends.set(id, 'closed')
  }
  return ends
}

/**
 * Orders that an unsent closing will reject. None of a table where one has come since the tap: the server then
 * leaves that table open.
 */
export function rejectedByClosing(
  orders: readonly Pick<Order, 'id' | 'visitId' | 'status'>[],
  rows: readonly OutboxRow[],
): ReadonlySet<string> {
  const rejected = new Set<string>()
  for (const { visitId, seenOrderIds } of unsentCloses(rows)) {
    const unanswered = orders.filter((order) => order.visitId === visitId && order.status === 'placed')
    if (seenOrderIds && unanswered.some(({ id }) => !seenOrderIds.includes(id))) continue
    for (const { id } of unanswered) rejected.add(id)
  }
  return rejected
}
