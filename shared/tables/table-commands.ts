// What may be asked of tables, touchpoints and their codes.
import * as v from 'valibot'
import { id, slug, whole, words } from '../kernel/schema.ts'
import { TOUCHPOINT_KINDS, tableIdsSchema, tokenSchema } from './table.ts'

export const tableCommands = {
  /** A phone shows the token that it scanned; the answer is a `Scan` and the phone's own session. */
  'code.scan': v.strictObject({ token: tokenSchema }),
  /** A phone that comes by a link and not by a code asks for a session of its own, to order for pick-up. */
  'phone.begin': v.strictObject({ outletId: id('out') }),
  'table.add': v.strictObject({
    tableId: id('tbl'),
    outletId: id('out'),
    areaId: slug,
    label: words(12),
    seats: whole(1, 60),
  }),
  'table.change': v.strictObject({
    tableId: id('tbl'),
    areaId: slug,
    label: words(12),
    seats: whole(1, 60),
    isActive: v.boolean(),
  }),
  /** New tokens; the printed stickers of these tables stop working at once. */
  'table.rotate': v.strictObject({ outletId: id('out'), tableIds: tableIdsSchema }),
  'touchpoint.add': v.strictObject({
    touchpointId: id('tch'),
    outletId: id('out'),
    kind: v.picklist(TOUCHPOINT_KINDS),
    label: words(40),
  }),
  'touchpoint.rotate': v.strictObject({ touchpointId: id('tch') }),
} as const
