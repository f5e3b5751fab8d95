import sql, { bulk } from 'sql-template-tag'
import type { Change } from '#shared/protocol.ts'
import type { Reader, Tx } from './database.ts'

/** The record of this kind and id, parsed, or undefined. */
export async function readRecord<Body>(reader: Reader, kind: string, id: string): Promise<Body | undefined> {
  const row = await reader.get<{ body: string }>(
    sql`SELECT body FROM records WHERE kind = ${kind} AND id = ${id}`,
  )
  return row && (JSON.parse(row.body) as Body)
}

/** Writes the whole record and a change in each stream; answers the changes in the order of `streams`. */
export async function putRecord(
  tx: Tx,
  kind: string,
  record: { readonly id: string; readonly rev: number },
  streams: readonly string[],
): Promise<Change[]> {
  const body = JSON.stringify(record)
  await tx.run(sql`
    INSERT INTO records (kind, id, rev, body) VALUES (${kind}, ${record.id}, ${record.rev}, ${body})
    ON CONFLICT (kind, id) DO UPDATE SET rev = excluded.rev, body = excluded.body`)
  const changes: Change[] = []
  for (const stream of streams) {
    const seq = await appendChange(tx, stream, kind, record.id)
    changes.push({ stream, seq, kind, id: record.id, body: record })
  }
  return changes
}

/**
 * The next number of the stream. There is one writer at a time (SQLite's only writer, PostgreSQL's
 * `writer_turn`), so the order of commits is the order of numbers and no reader can miss one.
 */
async function appendChange(tx: Tx, stream: string, kind: string, recordId: string): Promise<number> {
  const seq = (tx.lastSeqs?.get(stream) ?? (await lastSeq(tx, stream))) + 1
  tx.lastSeqs?.set(stream, seq)
  await tx.run(sql`
    INSERT INTO changes (stream, seq, kind, record_id) VALUES (${stream}, ${seq}, ${kind}, ${recordId})`)
  return seq
}

/** Adds a record that is already written to a further stream: what a newly admitted phone may now read. */
export async function shareRecord(tx: Tx, stream: string, kind: string, recordId: string): Promise<Change> {
  const seq = await appendChange(tx, stream, kind, recordId)
  return { stream, seq, kind, id: recordId, body: await readRecord(tx, kind, recordId) }
}

export type ChangeRow = { seq: number; kind: string; id: string; rev: number; body: string }

/** At most `limit` changes after `afterSeq`, oldest first, each with the record as it is now. */
export function readChanges(
  reader: Reader,
  stream: string,
  afterSeq: number,
  limit: number,
): Promise<ChangeRow[]> {
  return reader.all<ChangeRow>(sql`
    SELECT changes.seq AS seq, records.kind AS kind, records.id AS id, records.rev AS rev, records.body AS body
    FROM changes JOIN records ON records.kind = changes.kind AND records.id = changes.record_id
    WHERE changes.stream = ${stream} AND changes.seq > ${afterSeq}
    ORDER BY changes.seq LIMIT ${limit}`)
}

/** True when changes after `afterSeq` were pruned, so that following from there would miss something. */
export async function isCursorTooOld(reader: Reader, stream: string, afterSeq: number): Promise<boolean> {
  const row = await reader.get<{ below_seq: number }>(
    sql`SELECT below_seq FROM pruned_streams WHERE stream = ${stream}`,
  )
  return row !== undefined && afterSeq > 0 && afterSeq < row.below_seq
}

/** The newest number of the stream, 0 when it is empty. */
export async function lastSeq(reader: Reader, stream: string): Promise<number> {
  const row = await reader.get<{ seq: number | null }>(
    sql`SELECT MAX(seq) AS seq FROM changes WHERE stream = ${stream}`,
  )
  return row?.seq ?? 0
}

/** Lists of streams have one of these lengths, filled up with their last: few texts, each prepared once. */
const LISTS = [20, 500]

/** The newest numbers of many streams, 0 for those that are empty; hundreds in one question. */
export async function lastSeqs(reader: Reader, streams: readonly string[]): Promise<Map<string, number>> {
  const seqs = new Map<string, number>()
  for (let first = 0; first < streams.length; ) {
    const length = LISTS.find((each) => each >= streams.length - first) ?? Math.max(...LISTS)
    const some = streams.slice(first, first + length)
    const list = [...some, ...Array<string>(length - some.length).fill(some.at(-1) ?? '')]
    const rows = await reader.all<{ stream: string; seq: number | null }>(sql`
      WITH followed (stream) AS (VALUES ${bulk(list.map((stream) => [stream]))})
      SELECT stream, (SELECT MAX(seq) FROM changes WHERE changes.stream = followed.stream) AS seq FROM followed`)
    for (const { stream, seq } of rows) seqs.set(stream, seq ?? 0)
    first += length
  }
  return seqs
}
