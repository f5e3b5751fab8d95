import sql from 'sql-template-tag'
import type { Reader } from './database.ts'
import { readRecord } from './records.ts'

const MAX_PARSED = 200
const parsed = new Map<string, { rev: number; body: unknown }>()

/**
 * Like readRecord, for large records that are read much more often than they change: parsed once for
 * each `rev`. The body is shared and must not be changed.
 */
export async function readSharedRecord<Body>(
  reader: Reader,
  kind: string,
  id: string,
): Promise<Body | undefined> {
  const row = await reader.get<{ rev: number }>(
    sql`SELECT rev FROM records WHERE kind = ${kind} AND id = ${id}`,
  )
  return row && sharedRecordAt(reader, kind, id, row.rev)
}

/** The same for whoever has just read its `rev` there. */
export async function sharedRecordAt<Body>(
  reader: Reader,
  kind: string,
  id: string,
  rev: number,
): Promise<Body | undefined> {
  const key = `${kind} ${id}`
  const known = parsed.get(key)
  if (known?.rev === rev) return known.body as Body
  if (parsed.size >= MAX_PARSED) parsed.clear()
  const body = await readRecord<Body>(reader, kind, id)
  parsed.set(key, { rev, body })
  return body
}

/** After a transaction that did not commit: its revisions may be used again, for something else. */
export function forgetSharedRecords(): void {
  parsed.clear()
}
