import type { Change } from '#shared/protocol.ts'
import { database, type StoredRecord } from './db.ts'
import { dropUnnamed, endReadingAnew, forgetReading, nameAgain, rememberMisread } from './rereading.ts'
import { isUnderstood } from './understanding.ts'

function toStored(change: Change): StoredRecord | null {
  // A newer server may say what this build cannot show: better none than a broken screen.
  if (!isUnderstood(change)) return null
  const { rev } = change.body as { rev: number }
  return { stream: change.stream, kind: change.kind, id: change.id, rev, body: change.body }
}

/**
 * Stores records and how far their streams were followed, in one transaction, with whatever else must
 * happen together with it (an answered outbox row goes in `also`). An older `rev` does not replace a newer.
 */
export async function storeChanges(
  changes: readonly Change[],
  options: { readonly movesCursor: boolean; readonly also?: () => Promise<void> },
): Promise<void> {
  const db = database()
  await db.transaction('rw', db.records, db.cursors, db.outbox, db.settings, async () => {
    for (const change of changes) {
      const stored = toStored(change)
      const isAnew = options.movesCursor && nameAgain(change.stream, change.kind, change.id)
      if (!stored) await rememberMisread(change.stream)
      else {
        const before = await db.records.get([stored.stream, stored.kind, stored.id])
        // Read anew, an older `rev` is the truth: the server's storage was restored.
        if (!before || before.rev <= stored.rev || isAnew) await db.records.put(stored)
      }
      if (options.movesCursor) {
        const cursor = await db.cursors.get(change.stream)
        if (!cursor || cursor.seq < change.seq) {
          await db.cursors.put({ stream: change.stream, seq: change.seq, isWhole: cursor?.isWhole ?? false })
        }
      }
    }
    await options.also?.()
  })
}

/** Marks that a stream's past has been read to its end; if it was read anew, what it no longer holds goes. */
export async function markWhole(stream: string, seq: number): Promise<void> {
  const db = database()
  await db.transaction('rw', db.records, db.cursors, db.settings, async () => {
    const cursor = await db.cursors.get(stream)
    await db.cursors.put({ stream, seq: Math.max(seq, cursor?.seq ?? 0), isWhole: true })
    await dropUnnamed(stream)
  })
  endReadingAnew(stream)
}

/** Forgets all that a stream said: it is no longer ours to read, and must not stay readable. */
export async function forgetStream(stream: string): Promise<void> {
  const db = database()
  await db.transaction('rw', db.records, db.cursors, db.settings, async () => {
    await db.records.where('stream').equals(stream).delete()
    await db.cursors.delete(stream)
    await forgetReading(stream)
  })
}
