// Sold out is said per item and outlet: until a time, until closing, or until told otherwise.
// The end of a timed one is computed by whoever looks, so nothing has to run for it to end.
import * as v from 'valibot'
import { instantMs, slug, text, whole } from '../kernel/schema.ts'

export const SOLD_OUT_UNTIL = ['time', 'closing', 'told'] as const

/** Record `item_status` of an outlet's stream, id `<outlet id>.<item id>`. `endsAtMs` is null for `told`. */
export const itemStatusSchema = v.strictObject({
  id: text(80),
  itemId: slug,
  rev: whole(1, Number.MAX_SAFE_INTEGER),
  soldOut: v.nullable(v.strictObject({ until: v.picklist(SOLD_OUT_UNTIL), endsAtMs: v.nullable(instantMs) })),
})
export type ItemStatus = v.InferOutput<typeof itemStatusSchema>

/** True while the status says sold out at `atMs`. */
export function isSoldOut(status: ItemStatus | undefined, atMs: number): boolean {
  if (!status?.soldOut) return false
  return status.soldOut.endsAtMs === null || atMs < status.soldOut.endsAtMs
}
