import type { Reader } from './database/database.ts'
import { type ChangeRow, isCursorTooOld, lastSeq, lastSeqs, readChanges } from './database/records.ts'
import { createFeedPump } from './feed/feed-pump.ts'
import { createSubscriber, type Subscriber } from './feed/feed-subscriber.ts'

const PAGE = 200

export type Cursor = { readonly stream: string; readonly afterSeq: number }

/** Live streams of changes. Knows nobody's rights: who may read is decided before `subscribe`. */
export interface Feed {
  /** Says that these streams have new changes; cheap, may be said too often. */
  wake(streams: Iterable<string>): void
  /** A body of server-sent events: the changes after each cursor, then what comes. */
  subscribe(cursors: readonly Cursor[], refused: readonly string[]): Subscriber
  /** Tells every reader to come back after a random time of at most `spreadMs`, then ends. */
  close(spreadMs: number): void
  /** The same, once everything is to be read from its beginning: what was read may never have been. */
  startAnew(spreadMs: number): void
  /** Open subscriptions. */
  size(): number
  /** Looks for changes that another server made; called each second where several share a database. */
  poll(): Promise<void>
}

type Tail = { seq: number; isEnded: boolean; readonly subscribers: Set<Subscriber> }

/** A stored record as it is told in a stream. */
type Telling = (stream: string, kind: string, body: string) => string

function frameOf(stream: string, row: ChangeRow, tell: Telling): string {
  const head = JSON.stringify({ stream, seq: row.seq, kind: row.kind, id: row.id })
  const body = tell(stream, row.kind, row.body)
  return `event: change\nid: ${stream}@${row.seq}\ndata: ${head.slice(0, -1)},"body":${body}}\n\n`
}

function resyncFrame(stream: string): string {
  return `event: resync\ndata: ${JSON.stringify({ stream })}\n\n`
}

function refusedFrame(stream: string): string {
  return `event: refused\ndata: ${JSON.stringify({ stream })}\n\n`
}

/**
 * Offers what is new in the stream to those who follow it. Each page is heard by `onRows` before the next is
 * read: one that fails is read again, and what was offered before it is not. Whoever follows a database whose
 * place a copy has taken, as a standby does, knows what may be lost, and not what got the same numbers since:
 * they are closed, come back, and read it anew.
 */
async function offerNew(
  reader: Reader,
  stream: string,
  tail: Tail,
  onRows: (rows: readonly ChangeRow[]) => void,
  tell: Telling,
): Promise<void> {
  for (;;) {
    const rows = await readChanges(reader, stream, tail.seq, PAGE)
    const isGap = (rows[0]?.seq ?? 0) > tail.seq + 1
    if (isGap && (await isCursorTooOld(reader, stream, tail.seq))) {
      for (const subscriber of [...tail.subscribers]) subscriber.close()
      return
    }
    for (const row of rows) {
      const frame = frameOf(stream, row, tell)
      for (const subscriber of tail.subscribers) subscriber.offer(stream, row.seq, frame)
      tail.seq = row.seq
    }
    onRows(rows)
    if (rows.length < PAGE) return
  }
}

/** Sends what the stream says after `afterSeq`, until nothing was missed; answers how far that is. */
async function replayPast(
  reader: Reader,
  subscriber: Subscriber,
  stream: string,
  afterSeq: number,
  tell: Telling,
): Promise<number> {
  // A record that changed five times stands there five times, each time as it is now: once is enough.
  const sentRevs = new Map<string, number>()
  let after = afterSeq
  while (!subscriber.isClosed()) {
    const rows = await readChanges(reader, stream, after, PAGE)
    for (const row of rows) {
      after = row.seq
      const key = `${row.kind} ${row.id}`
      if (sentRevs.get(key) === row.rev) continue
      sentRevs.set(key, row.rev)
      // The queue is bounded in bytes: a page of large orders is handed over in pieces.
      if (subscriber.isFull()) await subscriber.drained()
      subscriber.replay(stream, row.seq, frameOf(stream, row, tell))
    }
    if (rows.length < PAGE && subscriber.endCatchUp(stream)) break
  }
  return after
}

/**
 * `endsStream` knows the change after which a stream is nobody's to read: its readers are refused at once.
 * `tell` knows what of a record is not for the readers of a stream.
 */
export function createFeed(
  reader: Reader,
  onError: (error: unknown) => void,
  endsStream: (stream: string, row: ChangeRow) => boolean = () => false,
  tell: Telling = (_stream, _kind, body) => body,
): Feed {
  const tails = new Map<string, Tail>()
  const open = new Set<Subscriber>()

  async function readOn(stream: string): Promise<void> {
    const tail = tails.get(stream)
    if (!tail) return
    const onRows = (rows: readonly ChangeRow[]) => {
      tail.isEnded ||= rows.some((row) => endsStream(stream, row))
    }
    await offerNew(reader, stream, tail, onRows, tell)
    if (!tail.isEnded) return
    tails.delete(stream)
    for (const subscriber of tail.subscribers) subscriber.send(refusedFrame(stream))
  }

  const pump = createFeedPump(readOn, onError)

  async function catchUp(subscriber: Subscriber, cursor: Cursor): Promise<void> {
    const { stream } = cursor
    const seq = await lastSeq(reader, stream)
    const isTooOld = await isCursorTooOld(reader, stream, cursor.afterSeq)
    // A reader who was already closed would never be taken off the tail again.
    if (subscriber.isClosed()) return
    let after = cursor.afterSeq
    // Ahead of us: the database was restored, or another server that knew more is gone.
    const isAnew = isTooOld || after > seq
    if (isAnew) {
      subscriber.send(resyncFrame(stream))
      after = 0
    }
    const tail = tails.get(stream) ?? { seq, isEnded: false, subscribers: new Set() }
    tails.set(stream, tail)
    // Attached before reading: what is committed meanwhile is noted as missed and read in the next round.
    tail.subscribers.add(subscriber)
    subscriber.beginCatchUp(stream, after)
    after = await replayPast(reader, subscriber, stream, after, tell)
    // Pruned between that look and the reading, a last word is missing: only another look tells.
    if (!isAnew && (await isCursorTooOld(reader, stream, cursor.afterSeq))) {
      subscriber.send(resyncFrame(stream))
      subscriber.beginCatchUp(stream, 0)
      after = await replayPast(reader, subscriber, stream, 0, tell)
    }
    subscriber.send(`event: caught_up\ndata: ${JSON.stringify({ stream, seq: after })}\n\n`)
  }

  function detach(subscriber: Subscriber): void {
    open.delete(subscriber)
    for (const [stream, tail] of tails) {
      if (tail.subscribers.delete(subscriber) && tail.subscribers.size === 0) tails.delete(stream)
    }
  }

  function close(spreadMs: number): void {
    for (const subscriber of [...open]) {
      subscriber.send(`event: bye\ndata: {"backInMs":${Math.floor(Math.random() * spreadMs)}}\n\n`)
      subscriber.finish()
    }
  }

  return {
    wake(streams) {
      pump.wake([...streams].filter((stream) => tails.has(stream)))
    },
    subscribe(cursors, refused) {
      const subscriber = createSubscriber(detach)
      open.add(subscriber)
      for (const stream of refused) {
        subscriber.send(refusedFrame(stream))
      }
      void (async () => {
        try {
          for (const cursor of cursors) await catchUp(subscriber, cursor)
        } catch (error) {
          onError(error)
          subscriber.close()
        }
      })()
      return subscriber
    },
    close,
    startAnew(spreadMs) {
      for (const [stream, { subscribers }] of tails) {
        for (const subscriber of subscribers) subscriber.send(resyncFrame(stream))
      }
      // Whoever comes back before the last has gone must not go on from where that one was.
      tails.clear()
      close(spreadMs)
    },
    size: () => open.size,
    async poll() {
      const seqs = await lastSeqs(reader, [...tails.keys()])
      // Most have nothing new: asked one by one, a thousand of them would hold up those that have.
      pump.catchUp(
        [...seqs].flatMap(([stream, seq]) => (seq > (tails.get(stream)?.seq ?? seq) ? [stream] : [])),
      )
    },
  }
}
