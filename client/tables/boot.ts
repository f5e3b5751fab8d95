import type { Change } from '#shared/protocol.ts'
import type { Boot } from '#shared/tables/boot.ts'
import { learnServerTime } from '../sync/server-clock.ts'
import { markWhole, storeChanges } from '../sync/store-changes.ts'
import type { StoredRecord } from '../sync/stored-rows.ts'
import { bootText } from '../ui/boot-text.ts'

function parse(text: string | null): Boot | null {
  if (!text) return null
  try {
    return JSON.parse(text) as Boot
  } catch {
    // A page cut off on its way: the app goes on with what the phone holds, the feed brings the rest.
    return null
  }
}

/** What the server wrote into this page; null offline and in a page that the worker opened. */
export const boot = parse(bootText)
if (boot) learnServerTime(boot.nowMs)

function toRow(change: Change): StoredRecord {
  const { rev } = change.body as { rev: number }
  return { stream: change.stream, kind: change.kind, id: change.id, rev, body: change.body }
}

const early = new Map<string, readonly StoredRecord[]>()
if (boot?.outletId) early.set(`outlet:${boot.outletId}`, boot.changes.map(toRow))

/** Records of a stream that are known before storage answers, so that the first view never waits for the disk. */
export function earlyRows(stream: string): readonly StoredRecord[] {
  return early.get(stream) ?? []
}

/** Adds what storage answered before the first mount. */
export function addEarlyRows(stream: string, rows: readonly StoredRecord[]): void {
  early.set(stream, [...earlyRows(stream), ...rows])
}

/** Keeps the page's records on this phone, as if the feed had brought them. Call it before the feed starts. */
export async function storeBoot(): Promise<void> {
  if (!boot?.outletId || boot.changes.length === 0) return
  await storeChanges(boot.changes, { movesCursor: true })
  await markWhole(`outlet:${boot.outletId}`, boot.seq)
}
