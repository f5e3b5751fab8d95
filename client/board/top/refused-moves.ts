import { isAside } from '../../sync/stepping-aside.ts'
import type { OutboxRow } from '../../sync/stored-rows.ts'
import { orderIdsOf } from '../board-view.ts'

/** What is said once: the latest refused move of an order, or one that nobody knows about; the `ids` of all of them are read with it. */
export type RefusedMove = { readonly row: OutboxRow; readonly ids: readonly string[] }

/** One for each order, however many moves of it were refused: the last one met how things stand now. */
export function refusedMovesOf(rows: readonly OutboxRow[]): readonly RefusedMove[] {
  const byOrder = new Map<string, RefusedMove>()
  for (const row of rows) {
    const isDoubtful = isAside(row) && row.name !== 'order.see'
    if (row.state !== 'refused' && !isDoubtful) continue
    const key = orderIdsOf(row).join(' ') || row.id
    byOrder.set(key, { row, ids: [...(byOrder.get(key)?.ids ?? []), row.id] })
  }
  return [...byOrder.values()]
}
