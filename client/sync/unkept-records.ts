import { Dexie, RangeSet } from 'dexie'
import type { StoredCursor, StoredRecord } from './stored-rows.ts'

// What the server said and this device found no room for. This page keeps it, and read-records.ts lays it over
// what it reads from storage, so that the screen is true for as long as the page lives; with room again all of
// it is stored.

const records = new Map<string, StoredRecord>()
const cursors = new Map<string, StoredCursor>()
/** Streams of which what is stored counts for nothing until it was taken away; by the number of that wish. */
const voided = new Map<string, number>()
let wishes = 0

/** A record's primary key as one text. */
export function nameOf({ stream, kind, id }: Pick<StoredRecord, 'stream' | 'kind' | 'id'>): string {
  return `${stream} ${kind} ${id}`
}

/** All that waits for room. */
export type Unkept = {
  readonly records: readonly StoredRecord[]
  readonly cursors: readonly StoredCursor[]
  readonly voided: readonly (readonly [stream: string, wish: number])[]
}

export function unkept(): Unkept {
  return { records: [...records.values()], cursors: [...cursors.values()], voided: [...voided] }
}

export function hasUnkept(): boolean {
  return records.size + cursors.size + voided.size > 0
}

export function isVoided(stream: string): boolean {
  return voided.has(stream)
}

export function unkeptCursor(stream: string): StoredCursor | undefined {
  return cursors.get(stream)
}

const FRAME_MS = 16
let isDrawing = false

/** What is drawn from storage is drawn anew, once however much changed: Dexie's own sign for "anything may have". */
export function redraw(): void {
  if (isDrawing) return
  isDrawing = true
  setTimeout(() => {
    isDrawing = false
    Dexie.on.storagemutated.fire({ all: new RangeSet(Number.NEGATIVE_INFINITY, [[]]) })
  }, FRAME_MS)
}

/** Keeps these in this page's memory; of a record the newer `rev`, of a stream the further cursor. */
export function keepInMemory(rows: readonly StoredRecord[], followed: readonly StoredCursor[]): void {
  for (const row of rows) {
    const before = records.get(nameOf(row))
    if (!before || before.rev <= row.rev) records.set(nameOf(row), row)
  }
  for (const cursor of followed) {
    cursors.set(cursor.stream, furtherCursor(cursor, cursors.get(cursor.stream)))
  }
  redraw()
}

/** How far both together got. */
export function furtherCursor(a: StoredCursor, b: StoredCursor | undefined): StoredCursor {
  return { stream: a.stream, seq: Math.max(a.seq, b?.seq ?? 0), isWhole: a.isWhole || (b?.isWhole ?? false) }
}

/**
 * What this page knows of the stream goes, and what is stored of it is not shown any more. Answers what to forget
 * once that is gone too.
 */
export function voidInMemory(stream: string): Unkept {
  forgetInMemory(stream)
  const wish = ++wishes
  voided.set(stream, wish)
  redraw()
  return { records: [], cursors: [], voided: [[stream, wish]] }
}

/** What this page alone knows of the stream goes. */
export function forgetInMemory(stream: string): void {
  for (const [name, row] of records) if (row.stream === stream) records.delete(name)
  cursors.delete(stream)
}

/** These are over, and gone from storage; what is newer stays. */
export function dropFromMemory(over: readonly StoredRecord[]): void {
  for (const row of over) {
    const held = records.get(nameOf(row))
    if (held && held.rev <= row.rev) records.delete(nameOf(row))
  }
}

/** Once `kept` is durable; what came meanwhile stays. */
export function forgetKept(kept: Unkept): void {
  for (const row of kept.records) if (records.get(nameOf(row)) === row) records.delete(nameOf(row))
  for (const cursor of kept.cursors) if (cursors.get(cursor.stream) === cursor) cursors.delete(cursor.stream)
  for (const [stream, wish] of kept.voided) if (voided.get(stream) === wish) voided.delete(stream)
  // What was stored of such a stream since was hidden until now.
  if (kept.voided.length > 0) redraw()
}
