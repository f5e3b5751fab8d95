// What may be asked of the menu.
import * as v from 'valibot'
import { id, rp, slug, whole } from '../kernel/schema.ts'
import { SOLD_OUT_UNTIL } from './item-status.ts'

/** The largest import file, in bytes and so also in characters. */
export const MAX_MENU_FILE_BYTES = 2 * 1024 * 1024

/**
 * A menu file as it is, with its own line ends and tabs: ordinary text would refuse Excel's. What stands
 * in its cells is checked when it is read, so that a fault is told with its line.
 */
const menuFile = v.pipe(
  v.string(),
  v.maxLength(MAX_MENU_FILE_BYTES),
  v.check((value) => value.isWellFormed(), 'text.control_character'),
)

/** The largest uploaded picture, 5 MB, as base64 characters. */
export const MAX_PHOTO_CHARACTERS = Math.ceil((5 * 1024 * 1024) / 3) * 4

// Not `v.base64()`: its pattern counts in fours, and on a photo of megabytes that overflows the stack.
const base64 = v.pipe(
  v.string(),
  v.maxLength(MAX_PHOTO_CHARACTERS),
  v.check((text) => text.length % 4 === 0, 'base64.malformed'),
  v.regex(/^(?:[A-Za-z0-9+/]+={0,2})?$/, 'base64.malformed'),
)

export const menuCommands = {
  /** Replaces every outlet's menu by the file, or changes nothing. */
  'menu.import': v.strictObject({ csv: menuFile }),
  'menu.set_price': v.strictObject({ outletId: id('out'), itemId: slug, priceRp: rp }),
  /** A picture for the item at every outlet that sells it; null takes the drawn one again. */
  'menu.set_photo': v.strictObject({ itemId: slug, imageBase64: v.nullable(base64) }),
  'menu.sold_out': v.strictObject({
    outletId: id('out'),
    itemId: slug,
    until: v.picklist(SOLD_OUT_UNTIL),
    /** With `until: 'time'`: for how many minutes from now; a duration travels, a clock time would not. */
    minutes: v.nullable(whole(1, 24 * 60)),
  }),
  'menu.back_on': v.strictObject({ outletId: id('out'), itemId: slug }),
} as const
