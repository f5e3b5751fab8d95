import { database } from '../sync/db.ts'
import type { OutboxRow } from '../sync/stored-rows.ts'
import { mergeOrders } from './order-views.ts'

/**
 * An order that was cancelled while it waited, and then waited too long, is not asked about: the guest
 * has said no already, and the server does not have it.
 */
export async function dropCancelled(rows: readonly OutboxRow[]): Promise<void> {
  const { outbox } = database()
  for (const view of mergeOrders([], rows)) {
    if (view.kind !== 'unsent' || view.row.state !== 'stale' || view.ask?.kind !== 'cancel') continue
    const ids = [view.row.id, view.ask.row.id]
    await database().transaction('rw', outbox, async () => {
      // Sent anyway in the meantime: then it has another id, and the wish to cancel still stands.
      if ((await outbox.get(view.row.id))?.state === 'stale') await outbox.bulkDelete(ids)
    })
  }
}
