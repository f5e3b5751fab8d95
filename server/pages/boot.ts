import type { Change } from '#shared/protocol.ts'
import type { Boot } from '#shared/tables/boot.ts'
import { outletStream, readOutlet } from '../outlet/outlet.store.ts'
import type { Reader } from '../platform/database/database.ts'
import { type ChangeRow, lastSeq, readChanges } from '../platform/database/records.ts'
import { readCode, readTable } from '../tables/table.store.ts'

const PAGE = 500

type Whole = Pick<Boot, 'changes' | 'seq'>
const known = new WeakMap<Reader, Map<string, Whole>>()

/** The stream of an outlet as it is now: each record once, at its last change. Read again when it has moved on. */
async function wholeStream(read: Reader, outletId: string): Promise<Whole> {
  const stream = outletStream(outletId)
  // Asked first: what is committed while we read is then read twice rather than missed.
  const seq = await lastSeq(read, stream)
  const kept = known.get(read) ?? new Map<string, Whole>()
  known.set(read, kept)
  const before = kept.get(outletId)
  if (before?.seq === seq) return before
  const latest = new Map<string, ChangeRow>()
  for (let after = 0; ; ) {
    const rows = await readChanges(read, stream, after, PAGE)
    for (const row of rows) latest.set(`${row.kind} ${row.id}`, row)
    after = rows.at(-1)?.seq ?? after
    if (rows.length < PAGE) break
  }
  const changes = [...latest.values()].map(
    (row): Change => ({ stream, seq: row.seq, kind: row.kind, id: row.id, body: JSON.parse(row.body) }),
  )
  kept.set(outletId, { changes, seq })
  return { changes, seq }
}

const empty = { outletId: null, table: null, changes: [], seq: 0 } as const

/** What a page is given for the token in its address (null for a page without one). Writes nothing. */
export async function readBoot(read: Reader, token: string | null, nowMs: number): Promise<Boot> {
  const base = { ...empty, token, nowMs }
  if (token === null) return { ...base, code: 'none' }
  const code = await readCode(read, token)
  if (!code) return { ...base, code: 'unknown' }
  if (code.replaced_at_ms !== null) return { ...base, code: 'replaced' }
  const outlet = await readOutlet(read, code.outlet_id)
  const table = code.table_id ? await readTable(read, code.table_id) : undefined
  if (!outlet || (code.table_id && !table?.isActive)) return { ...base, code: 'unknown' }
  const areaName = outlet.areas.find((area) => area.id === table?.areaId)?.name ?? ''
  return {
    ...base,
    code: table ? 'table' : 'touchpoint',
    outletId: outlet.id,
    table: table ? { id: table.id, label: table.label, areaName } : null,
    ...(await wholeStream(read, outlet.id)),
  }
}

/** The same for an outlet's menu that is read without a code. */
export async function readOutletBoot(read: Reader, outletId: string, nowMs: number): Promise<Boot> {
  return { ...empty, token: null, nowMs, code: 'none', outletId, ...(await wholeStream(read, outletId)) }
}
