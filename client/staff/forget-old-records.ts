import type { Order } from '#shared/ordering/order.ts'
import type { Call } from '#shared/visits/call.ts'
import type { Visit } from '#shared/visits/visit.ts'
import { database, type StoredRecord } from '../sync/db.ts'

/** Longer than any shift; older ones stay on the server. */
const KEPT_MS = 36 * 60 * 60_000

/** When a record was over, for those kinds that are ever over; null while it is not. */
function endedAtMs({ kind, body }: StoredRecord): number | null {
  if (kind === 'order') return (body as Order).endedAtMs
  if (kind === 'call') return (body as Call).doneAtMs
  if (kind === 'visit') return (body as Visit).closedAtMs
  return null
}

/** A board stays open for months: without this every redraw would read all orders that it ever saw. */
export async function forgetOldRecords(nowMs: number): Promise<void> {
  await database()
    .records.where('kind')
    .anyOf('order', 'call', 'visit')
    .filter((record) => (endedAtMs(record) ?? nowMs) < nowMs - KEPT_MS)
    .delete()
}
