import * as v from 'valibot'
import { type Change, type RecordKind, recordSchemas } from '#shared/protocol.ts'
import { database, type StoredRecord } from './db.ts'

function toStored(change: Change): StoredRecord | null {
  const schema = recordSchemas[change.kind as RecordKind] as v.GenericSchema | undefined
  // A newer server may send kinds or fields that this build does not know: better none than a broken screen.
  if (!schema || !v.is(schema, change.body)) return null
  const { rev } = change.body as { rev: number }
  return { stream: change.stream, kind: change.kind, id: change.id, rev, body: change.body }
}

/**
 * Stores records and how far their streams were followed, in one transaction, with whatever else must
 * happen together with it (an answered outbox row goes in `also`). An older `rev` never replaces a newer.
 */
export async function storeChanges(
  changes: readonly Change[],
  options: { readonly movesCursor: boolean; readonly also?: () => Promise<void> },
): Promise<void> {
  const db = database()
  await db.transaction('rw', db.records, db.cursors, db.outbox, async () => {
    for (const change of changes) {
      const stored = toStored(change)
      if (stored) {
        const before = await db.records.get([stored.stream, stored.kind, stored.id])
        if (!before || before.rev <= stored.rev) await db.records.put(stored)
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

/** Marks that a stream's past has been read to its end. */
export async function markWhole(stream: string, seq: number): Promise<void> {
  const db = database()
  await db.transaction('rw', db.cursors, async () => {
    const cursor = await db.cursors.get(stream)
    await db.cursors.put({ stream, seq: Math.max(seq, cursor?.seq ?? 0), isWhole: true })
  })
}

/** Forgets all that a stream said: it is no longer ours to read, or must be read anew. */
export async function forgetStream(stream: string): Promise<void> {
  const db = database()
  await db.transaction('rw', db.records, db.cursors, async () => {
    await db.records.where('stream').equals(stream).delete()
    await db.cursors.delete(stream)
  })
}
