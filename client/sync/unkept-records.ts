import { Dexie, RangeSet } from 'dexie'
import type { StoredCursor, StoredRecord } from './stored-rows.ts'

// What the server said and this device found no room for. This page keeps it and lays it over whatever is read
// from storage (unkept-overlay.ts), so that the screen is true for as long as it lives; with room again all of
// it is stored.

const records = new Map<string, StoredRecord>()
const cursors = new Map<string, StoredCursor>()
/** Streams of which what is stored counts for nothing: it could not be taken away. */
const voided = new Set<string>()

const nameOf = ({ stream, kind, id }: Pick<StoredRecord, 'stream' | 'kind' | 'id'>) =>
  `${stream} ${kind} ${id}`

/** All that waits for room. */
export type Unkept = {
  readonly records: readonly StoredRecord[]
  readonly cursors: readonly StoredCursor[]
  readonly voided: readonly string[]
}

export function unkept(): Unkept {
  return { records: [...records.values()], cursors: [...cursors.values()], voided: [...voided] }
}

export function hasUnkept(): boolean {
  return records.size + cursors.size + voided.size > 0
}

/** What is drawn from storage is drawn anew: Dexie's own sign for "anything may have changed". */
function redraw(): void {
  Dexie.on.storagemutated.fire({ all: new RangeSet(Number.NEGATIVE_INFINITY, [[]]) })
}

/** Keeps these in this page's memory; of a record the newer `rev`, of a stream the further cursor. */
export function keepInMemory(rows: readonly StoredRecord[], followed: readonly StoredCursor[]): void {
  for (const row of rows) {
    const before = records.get(nameOf(row))
    if (!before || before.rev <= row.rev) records.set(nameOf(row), row)
  }
  for (const cursor of followed) {
    const before = cursors.get(cursor.stream)
    const isWhole = cursor.isWhole || (before?.isWhole ?? false)
    cursors.set(cursor.stream, { ...cursor, seq: Math.max(cursor.seq, before?.seq ?? 0), isWhole })
  }
  redraw()
}

/** What this page knows of the stream goes, and what is stored of it is not shown any more. */
export function voidInMemory(stream: string): void {
  forgetInMemory(stream)
  voided.add(stream)
  redraw()
}

/** Once storage itself has forgotten the stream. */
export function forgetInMemory(stream: string): void {
  for (const [name, row] of records) if (row.stream === stream) records.delete(name)
  cursors.delete(stream)
  voided.delete(stream)
}

export function isVoided(stream: string): boolean {
  return voided.has(stream)
}

/** Once `kept` is durable; what came meanwhile stays. */
export function forgetKept(kept: Unkept): void {
  for (const row of kept.records) if (records.get(nameOf(row)) === row) records.delete(nameOf(row))
  for (const cursor of kept.cursors) if (cursors.get(cursor.stream) === cursor) cursors.delete(cursor.stream)
  for (const stream of kept.voided) voided.delete(stream)
}
