// What may be asked of the menu.
import * as v from 'valibot'
import { id, rp, slug, text, whole } from '../kernel/schema.ts'
import { SOLD_OUT_UNTIL } from './item-status.ts'

/** The largest import file, in bytes and so also in characters. */
export const MAX_MENU_FILE_BYTES = 2 * 1024 * 1024

export const menuCommands = {
  /** Replaces every outlet's menu by the file, or changes nothing. */
  'menu.import': v.strictObject({ csv: text(MAX_MENU_FILE_BYTES) }),
  'menu.set_price': v.strictObject({ outletId: id('out'), itemId: slug, priceRp: rp }),
  'menu.sold_out': v.strictObject({
    outletId: id('out'),
    itemId: slug,
    until: v.picklist(SOLD_OUT_UNTIL),
    /** With `until: 'time'`: for how many minutes from now; a duration travels, a clock time would not. */
    minutes: v.nullable(whole(1, 24 * 60)),
  }),
  'menu.back_on': v.strictObject({ outletId: id('out'), itemId: slug }),
} as const
