import { STALE_AFTER_MS } from '#shared/ordering/order.ts'
import type { CommandArgs } from '#shared/protocol.ts'
import { database } from '../../sync/db.ts'
import { makeId } from '../../sync/ids.ts'
import { enqueue } from '../../sync/outbox.ts'

/**
 * A refused pick-up, asked for anew at another moment; both or neither, so that no crash can lose or double it.
 * Answers the new order's id; null when the old one was settled meanwhile, in another tab.
 */
export function placeAgainAt(
  rowId: string,
  args: CommandArgs<'pickup.place'>,
  wantedAtMs: number,
): Promise<string | null> {
  const { outbox } = database()
  return database().transaction('rw', outbox, async () => {
    if ((await outbox.get(rowId))?.state !== 'refused') return null
    const orderId = makeId('ord')
    await outbox.delete(rowId)
    await enqueue('pickup.place', { ...args, orderId, wantedAtMs }, STALE_AFTER_MS)
    return orderId
  })
}
