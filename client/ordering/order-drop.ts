import { database } from '../sync/db.ts'

/**
 * Takes back an order that never left this phone. False when it may have: then only asking the bar to
 * cancel helps, because a row that was tried once may stand there already.
 */
export function dropUnsent(rowId: string): Promise<boolean> {
  const { outbox } = database()
  return database().transaction('rw', outbox, async () => {
    const row = await outbox.get(rowId)
    if (!row || (row.state === 'waiting' && row.attempts > 0)) return false
    await outbox.delete(rowId)
    return true
  })
}
