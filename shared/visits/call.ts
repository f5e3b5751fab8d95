// A call brings a barista to the table: water, the bill, help. It shows how long it has waited.
import * as v from 'valibot'
import { id, instantMs, text, whole, words } from '../kernel/schema.ts'

export const CALL_KINDS = ['water', 'bill', 'help'] as const
const CALL_STATES = ['open', 'taken', 'done', 'withdrawn'] as const
/** Calls that may be open at once: per phone, and per table. */
export const MAX_OPEN_CALLS_PER_PHONE = 2
export const MAX_OPEN_CALLS_PER_TABLE = 4
/** Open calls at one table from phones that were not let in; they never use up those of phones that were. */
export const MAX_OPEN_STRANGER_CALLS_PER_TABLE = 3
/** A call that waited on the phone for longer asks again: nobody still wants that water. */
export const CALL_STALE_AFTER_MS = 10 * 60_000

/** Record `call` of the streams of the phone, of its visit when admitted, and of the desk. */
export const callSchema = v.strictObject({
  id: id('cal'),
  rev: whole(1, Number.MAX_SAFE_INTEGER),
  outletId: id('out'),
  tableId: id('tbl'),
  tableLabel: words(12),
  visitId: v.nullable(id('vis')),
  kind: v.picklist(CALL_KINDS),
  note: text(140),
  state: v.picklist(CALL_STATES),
  placedAtMs: instantMs,
  takenAtMs: v.nullable(instantMs),
  takenBy: v.nullable(words(40)),
  doneAtMs: v.nullable(instantMs),
  /** False until the phone was admitted to a visit: the board shows "new phone". */
  isPresent: v.boolean(),
})
export type Call = v.InferOutput<typeof callSchema>
