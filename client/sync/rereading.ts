import { database } from './db.ts'
import { forgetInMemory } from './unkept-records.ts'

/** Streams to be read from their beginning, until that is done: a lost connection must not end it half way. */
const ANEW = 'streamsToReadAnew'
/** Streams of which this build did not understand something: the next build may. */
const MISREAD = 'streamsMisread'

/** By stream: what was here before it was read anew, as far as it has not been named again. */
const unnamed = new Map<string, Set<string>>()
const nameOf = (kind: string, id: string) => `${kind} ${id}`

async function listed(key: string): Promise<readonly string[]> {
  return ((await database().settings.get(key))?.value as readonly string[] | undefined) ?? []
}

async function list(key: string, stream: string): Promise<void> {
  const streams = await listed(key)
  if (!streams.includes(stream)) await database().settings.put({ key, value: [...streams, stream] })
}

async function unlist(key: string, stream: string): Promise<void> {
  const streams = await listed(key)
  if (streams.includes(stream)) {
    await database().settings.put({ key, value: streams.filter((each) => each !== stream) })
  }
}

/**
 * Reads a stream from its beginning. What is here stays on the screen meanwhile; what the stream has not
 * named again by the time it is caught up is gone, and goes then.
 */
export async function readAnew(stream: string): Promise<void> {
  const db = database()
  await db.transaction('rw', db.records, db.cursors, db.settings, async () => {
    await list(ANEW, stream)
    await db.cursors.put({ stream, seq: 0, isWhole: false })
    const keys = await db.records.where('stream').equals(stream).primaryKeys()
    unnamed.set(stream, new Set(keys.map(([, kind, id]) => nameOf(kind, id))))
    // Before the next transaction begins: what it found waiting it would store as news, cursor and all.
    forgetInMemory(stream)
  })
}

/** Before each connection: begins again what the last one, or another tab, did not read to the end. */
export async function resumeReadingAnew(streams: readonly string[]): Promise<void> {
  unnamed.clear()
  for (const stream of await listed(ANEW)) if (streams.includes(stream)) await readAnew(stream)
}

/** Once, when the app starts: it may be a newer build, so what the last one did not understand is read anew. */
export async function readMisreadAnew(): Promise<void> {
  for (const stream of await listed(MISREAD)) {
    await readAnew(stream)
    await unlist(MISREAD, stream)
  }
}

/** Inside the transaction that stores changes: keeps that the stream said something not understood. */
export function rememberMisread(stream: string): Promise<void> {
  return list(MISREAD, stream)
}

/** Notes that a stream being read anew has named this record; true when it is the first time. */
export function nameAgain(stream: string, kind: string, id: string): boolean {
  return unnamed.get(stream)?.delete(nameOf(kind, id)) ?? false
}

/** Inside the transaction that marks a stream as whole: what it did not name again goes. */
export async function dropUnnamed(stream: string): Promise<void> {
  const names = unnamed.get(stream)
  if (!names) return
  const rows = await database().records.where('stream').equals(stream).primaryKeys()
  await database().records.bulkDelete(rows.filter(([, kind, id]) => names.has(nameOf(kind, id))))
  await unlist(ANEW, stream)
}

/** After that transaction is durable. */
export function endReadingAnew(stream: string): void {
  unnamed.delete(stream)
}

/** Inside the transaction that forgets a stream. */
export async function forgetReading(stream: string): Promise<void> {
  unnamed.delete(stream)
  await unlist(ANEW, stream)
  await unlist(MISREAD, stream)
}
