import type { Change } from '#shared/protocol.ts'
import { database } from './db.ts'
import {
  dropUnnamed,
  endReadingAnew,
  forgetReading,
  nameAgain,
  readAnew,
  rememberMisread,
} from './rereading.ts'
import type { StoredCursor, StoredRecord } from './stored-rows.ts'
import { isUnderstood } from './understanding.ts'
import {
  forgetKept,
  furtherCursor,
  hasUnkept,
  keepInMemory,
  type Unkept,
  unkept,
  voidInMemory,
} from './unkept-records.ts'

function toStored(change: Change): StoredRecord | null {
  // A newer server may say what this build cannot show: better none than a broken screen.
  if (!isUnderstood(change)) return null
  const { rev } = change.body as { rev: number }
  return { stream: change.stream, kind: change.kind, id: change.id, rev, body: change.body }
}

type StoreOptions = {
  readonly movesCursor: boolean
  readonly also?: () => Promise<void>
}

/**
 * Stores records and how far their streams were followed, in one transaction, with whatever else must
 * happen together with it (an answered outbox row goes in `also`). An older `rev` does not replace a newer.
 * What an earlier try found no room for goes in first. Where there is no room this page keeps it, and throws.
 */
export async function storeChanges(changes: readonly Change[], options: StoreOptions): Promise<void> {
  const db = database()
  await orInMemory(
    (putWaiting) =>
      db.transaction('rw', db.records, db.cursors, db.outbox, db.settings, async () => {
        await putWaiting()
        for (const change of changes) await putChange(change, options)
        await options.also?.()
      }),
    () =>
      keepInMemory(
        changes.map(toStored).filter((row) => row !== null),
        options.movesCursor ? cursorsOf(changes) : [],
      ),
  )
}

async function putChange(change: Change, { movesCursor }: StoreOptions): Promise<void> {
  const stored = toStored(change)
  const isAnew = movesCursor && nameAgain(change.stream, change.kind, change.id)
  if (stored) await putNewer(stored, isAnew)
  else await rememberMisread(change.stream)
  if (movesCursor) await putFurther({ stream: change.stream, seq: change.seq, isWhole: false })
}

/** `isAnew`: read anew, an older `rev` is the truth, since the server's storage was restored. */
async function putNewer(row: StoredRecord, isAnew: boolean): Promise<void> {
  const { records } = database()
  const before = await records.get([row.stream, row.kind, row.id])
  if (!before || before.rev <= row.rev || isAnew) await records.put(row)
}

async function putFurther({ stream, seq, isWhole }: StoredCursor): Promise<void> {
  const { cursors } = database()
  const before = await cursors.get(stream)
  if (before && before.seq >= seq && (before.isWhole || !isWhole)) return
  await cursors.put(furtherCursor({ stream, seq, isWhole }, before))
}

/** The furthest that each stream got. */
function cursorsOf(changes: readonly Change[]): StoredCursor[] {
  return changes.map(({ stream, seq }) => ({ stream, seq, isWhole: false }))
}

/** Puts what this page holds into storage, which has room again. Inside a transaction; answers what it was. */
async function putUnkept(): Promise<Unkept> {
  // A transaction has the tables for itself only from its first answer on. Read before, what waits might be of
  // a stream that another one, before this, is about to forget: it would come back.
  await database().cursors.count()
  const waiting = unkept()
  for (const [stream] of waiting.voided) await deleteStream(stream)
  for (const row of waiting.records) await putNewer(row, false)
  for (const cursor of waiting.cursors) await putFurther(cursor)
  return waiting
}

/** Does what is to be stored, and what waits with it; where that fails, `remember` keeps it in this page. */
async function orInMemory(
  store: (putWaiting: () => Promise<void>) => PromiseLike<void>,
  remember: () => void,
): Promise<void> {
  const kept: Unkept[] = []
  try {
    await store(async () => {
      if (hasUnkept()) kept.push(await putUnkept())
    })
  } catch (error) {
    remember()
    throw error
  }
  for (const each of kept) forgetKept(each)
}

/** Marks that a stream's past has been read to its end; if it was read anew, what it no longer holds goes. */
export async function markWhole(stream: string, seq: number): Promise<void> {
  const db = database()
  const whole = { stream, seq, isWhole: true }
  await orInMemory(
    async (putWaiting) => {
      await db.transaction('rw', db.records, db.cursors, db.settings, async () => {
        await putWaiting()
        await putFurther(whole)
        await dropUnnamed(stream)
      })
      endReadingAnew(stream)
    },
    () => keepInMemory([], [whole]),
  )
}

/** Tries again to store what found no room. */
export async function storeUnkept(): Promise<void> {
  if (hasUnkept()) await storeChanges([], { movesCursor: false })
}

async function deleteStream(stream: string): Promise<void> {
  const db = database()
  await db.records.where('stream').equals(stream).delete()
  await db.cursors.delete(stream)
}

/**
 * Forgets all that a stream said: it is no longer ours to read. It is not shown from here on; where the storage
 * cannot take it away it stays hidden, and is taken away with the next thing that finds room.
 */
export async function forgetStream(stream: string): Promise<void> {
  const db = database()
  const hidden = voidInMemory(stream)
  await db.transaction('rw', db.records, db.cursors, db.settings, async () => {
    await deleteStream(stream)
    await forgetReading(stream)
  })
  forgetKept(hidden)
}

/** Reads a stream from its beginning; see rereading.ts. Where that cannot be kept, what is stored is not shown. */
export async function startAnew(stream: string): Promise<void> {
  try {
    await readAnew(stream)
  } catch (error) {
    voidInMemory(stream)
    throw error
  }
}
