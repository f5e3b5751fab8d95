import { setTimeout as pause } from 'node:timers/promises'
import sql, { join } from 'sql-template-tag'
import type { DoorDeps } from '../commands.ts'
import { readOutlets } from '../outlet/outlet.store.ts'
import type { Reader, Tx } from '../platform/database/database.ts'
import { LIST, lists } from '../platform/database/lists.ts'
import { eachApart, type Part } from '../platform/jobs.ts'
import { type NamedRow, nameOf, readEnded, selectClosedVisits } from './ended-records.ts'

/** How long ended orders, calls and visits stay on a desk's stream: a business day and a bit. */
export const DESK_KEEPS_MS = 18 * 60 * 60_000

/** So much is read, and so much removed, between two turns of the event loop in which orders are served. */
const PAGE = 500
const PAUSE_MS = 10
/** Phones' streams are short and many, and stay for ever: some in each round, and where it ended the next goes on. */
const PHONE_PAGES = 40

type Row = NamedRow & { stream: string; seq: number }

/** How far the phones' streams were looked through, last stream first; `named`: the records met in the present one. */
type Round = { stream: string; seq: number; named: Set<string> }

export function startRound(): Round {
  // Phones' streams begin with "customer:", the last before those of desks.
  return { stream: 'desk:', seq: 0, named: new Set() }
}

/**
 * Keeps streams as long as what is still of use: changes that a later one of the same record covers go,
 * what ended yesterday leaves the desk, and a closed visit's stream, which nobody may read, goes whole.
 * The records stay; only the way to them is shortened. A reader whose cursor is older is told to resync.
 * Page by page along keys, so that neither a read nor a write takes longer than an order does.
 */
export async function pruneStreams(door: DoorDeps, round = startRound()): Promise<void> {
  await eachApart(partsOf(door, round))
}

async function* partsOf(door: DoorDeps, round: Round): AsyncGenerator<Part> {
  const endedBeforeMs = door.clock.now() - DESK_KEEPS_MS
  for (const { id } of await readOutlets(door.database.read)) {
    yield [`outlet:${id}`, () => pruneStream(door, `outlet:${id}`, null)]
    yield [`desk:${id}`, () => pruneStream(door, `desk:${id}`, endedBeforeMs)]
  }
  yield* closedVisits(door, endedBeforeMs)
  yield ['phones', () => prunePhones(door, round)]
}

/** From its newest change to its oldest: whatever names a record again is covered. */
async function pruneStream(door: DoorDeps, stream: string, endedBeforeMs: number | null): Promise<void> {
  const named = new Set<string>()
  let newestSeq: number | null = null
  for (let belowSeq = Number.MAX_SAFE_INTEGER; ; ) {
    const rows = await door.database.read.all<Row>(sql`
      SELECT stream, seq, kind, record_id FROM changes
      WHERE stream = ${stream} AND seq < ${belowSeq} ORDER BY seq DESC LIMIT ${PAGE}`)
    newestSeq ??= rows[0]?.seq ?? 0
    const ended = endedBeforeMs === null ? null : await readEnded(door.database.read, rows, endedBeforeMs)
    const gone: Row[] = []
    let retiredSeq = 0
    for (const row of rows) {
      const name = nameOf(row)
      if (named.has(name)) gone.push(row)
      // The newest stays whatever it says: the numbers of what comes next follow from it.
      else if (ended?.has(name) && row.seq < newestSeq) {
        gone.push(row)
        retiredSeq = Math.max(retiredSeq, row.seq)
      } else named.add(name)
    }
    await remove(door, gone, retiredSeq)
    if (rows.length < PAGE) return
    belowSeq = rows.at(-1)?.seq ?? 0
    await pause(PAUSE_MS)
  }
}

async function prunePhones(door: DoorDeps, round: Round): Promise<void> {
  for (let pages = 0; pages < PHONE_PAGES; pages++) {
    const page = await door.database.read.all<Row>(sql`
      SELECT stream, seq, kind, record_id FROM changes
      WHERE (stream, seq) < (${round.stream}, ${round.seq}) ORDER BY stream DESC, seq DESC LIMIT ${PAGE}`)
    const rows = page.filter(({ stream }) => stream.startsWith('customer:'))
    const covered: Row[] = []
    for (const row of rows) {
      if (row.stream !== round.stream) round.named = new Set()
      round.stream = row.stream
      round.seq = row.seq
      if (round.named.has(nameOf(row))) covered.push(row)
      else round.named.add(nameOf(row))
    }
    await remove(door, covered, 0)
    if (rows.length < PAGE) {
      Object.assign(round, startRound())
      return
    }
    await pause(PAUSE_MS)
  }
}

/** `retiredSeq`: the newest of them that nothing later covers, or 0; whoever has not read it yet must resync. */
async function remove(door: DoorDeps, rows: readonly Row[], retiredSeq: number): Promise<void> {
  if (rows.length === 0) return
  const seqsByStream = Map.groupBy(rows, ({ stream }) => stream)
  await door.writer.submit(async (tx) => {
    for (const [stream, gone] of seqsByStream) {
      for (const seqs of lists(gone.map(({ seq }) => seq))) {
        await tx.run(sql`DELETE FROM changes WHERE stream = ${stream} AND seq IN (${join(seqs)})`)
      }
      if (retiredSeq > 0) await notePruned(tx, stream, retiredSeq + 1)
    }
    return { keep: true, value: undefined }
  })
}

async function notePruned(tx: Tx, stream: string, belowSeq: number): Promise<void> {
  await tx.run(sql`
    INSERT INTO pruned_streams (stream, below_seq) VALUES (${stream}, ${belowSeq})
    ON CONFLICT (stream) DO UPDATE SET below_seq = excluded.below_seq
      WHERE pruned_streams.below_seq < excluded.below_seq`)
}

/** The names of streams after this one, each found by one step down the key and not by reading its changes. */
function readStreams(read: Reader, after: string): Promise<{ stream: string }[]> {
  return read.all(sql`
    WITH RECURSIVE names (stream) AS (
      SELECT MIN(stream) FROM changes WHERE stream > ${after}
      UNION ALL
      SELECT (SELECT MIN(stream) FROM changes WHERE changes.stream > names.stream) FROM names
        WHERE names.stream IS NOT NULL)
    SELECT stream FROM names WHERE stream IS NOT NULL LIMIT ${LIST}`)
}

async function* closedVisits(door: DoorDeps, closedBeforeMs: number): AsyncGenerator<Part> {
  const { read } = door.database
  for (let after = 'visit:'; ; ) {
    const streams = (await readStreams(read, after)).map(({ stream }) => stream)
    const ids = streams.filter((stream) => stream.startsWith('visit:')).map((stream) => stream.slice(6))
    for (const some of lists(ids)) {
      const closed = await read.all<{ id: string }>(selectClosedVisits(some, closedBeforeMs))
      for (const { id } of closed) yield [`visit:${id}`, () => dropStream(door, `visit:${id}`)]
    }
    after = streams.at(-1) ?? after
    if (ids.length < LIST) return
    await pause(PAUSE_MS)
  }
}

async function dropStream(door: DoorDeps, stream: string): Promise<void> {
  for (let gone = PAGE; gone === PAGE; ) {
    gone = await door.writer.submit(async (tx) => {
      const value = await tx.run(sql`
        DELETE FROM changes WHERE stream = ${stream}
          AND seq IN (SELECT seq FROM changes WHERE stream = ${stream} ORDER BY seq LIMIT ${PAGE})`)
      return { keep: true, value }
    })
  }
}
