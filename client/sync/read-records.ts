import { database, readOr } from './db.ts'
import type { StoredCursor, StoredRecord } from './stored-rows.ts'
import { furtherCursor, hasUnkept, isVoided, nameOf, unkept, unkeptCursor } from './unkept-records.ts'

// The one place where the app reads what the server said: from storage, with what this page found no room for
// laid over it. Works in live queries, which notice changes of both.

/** Which records; each is answered by an index. */
type Wanted =
  | { readonly stream: string; readonly kind?: string }
  | { readonly kind: string; readonly id?: string }

/** Records of a stream or a kind, in the order of their keys. One record may stand in several streams. */
export async function recordsOf(wanted: Wanted): Promise<StoredRecord[]> {
  const stored = await readOr(() => database().records.where(wanted).toArray(), [])
  return withUnkept(stored, (row) => isWanted(row, wanted))
}

function isWanted(row: StoredRecord, wanted: { stream?: string; kind?: string; id?: string }): boolean {
  return (
    row.stream === (wanted.stream ?? row.stream) &&
    row.kind === (wanted.kind ?? row.kind) &&
    row.id === (wanted.id ?? row.id)
  )
}

/** Lays those that found no room and that `isMatch` over the stored: of each the newer. */
export function withUnkept(stored: StoredRecord[], isMatch: (row: StoredRecord) => boolean): StoredRecord[] {
  if (!hasUnkept()) return stored
  const shown = new Map<string, StoredRecord>()
  for (const row of stored) if (!isVoided(row.stream)) shown.set(nameOf(row), row)
  for (const row of unkept().records) {
    if (!isMatch(row)) continue
    const before = shown.get(nameOf(row))
    if (!before || before.rev <= row.rev) shown.set(nameOf(row), row)
  }
  return [...shown].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}

/** How far this page has followed a stream; undefined when it does not know it. */
export async function cursorOf(stream: string): Promise<StoredCursor | undefined> {
  const stored = await readOr(() => database().cursors.get(stream), undefined)
  const shown = isVoided(stream) ? undefined : stored
  const held = unkeptCursor(stream)
  return held ? furtherCursor(held, shown) : shown
}

/** The streams of which something is here to be read. */
export async function heldStreams(): Promise<string[]> {
  const stored = await readOr(() => database().cursors.toCollection().primaryKeys(), [])
  const { records, cursors } = unkept()
  const held = [...records, ...cursors].map(({ stream }) => stream)
  return [...new Set([...stored.filter((stream) => !isVoided(stream)), ...held])]
}
