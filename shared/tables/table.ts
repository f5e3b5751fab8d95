// Tables and other touchpoints (counter, merchandise, Instagram, Maps) carry a printed code.
// A code's token is 80 random bits, looked up, never derived from the label, and can be replaced.
// It is public knowledge once printed: it opens the menu and proves nothing.
import * as v from 'valibot'
import { id, instantMs, list, slug, text, whole, words } from '../kernel/schema.ts'

/** 16 characters of Crockford base32: 80 random bits. */
export const TOKEN_PATTERN = /^[0-9a-hjkmnp-tv-z]{16}$/

/** What a phone sends as a token. Wide on purpose: a malformed one is answered like an unknown one. */
export const tokenSchema = text(64)

export const TOUCHPOINT_KINDS = ['merchandise', 'counter', 'instagram', 'maps', 'other'] as const

const rev = whole(1, Number.MAX_SAFE_INTEGER)

/**
 * Record `table` of a desk's stream. `shortCode` tells people which print of the sticker this is; `contacts`
 * counts phones whose first contact it was, absent while there was none.
 */
export const tableSchema = v.strictObject({
  id: id('tbl'),
  rev,
  outletId: id('out'),
  areaId: slug,
  label: words(12),
  seats: whole(1, 60),
  shortCode: text(12),
  isActive: v.boolean(),
  contacts: v.optional(whole(0, Number.MAX_SAFE_INTEGER)),
})
export type Table = v.InferOutput<typeof tableSchema>

/** Record `touchpoint` of a desk's stream. `contacts` counts phones whose first contact it was. */
export const touchpointSchema = v.strictObject({
  id: id('tch'),
  rev,
  outletId: id('out'),
  kind: v.picklist(TOUCHPOINT_KINDS),
  label: words(40),
  shortCode: text(12),
  contacts: whole(0, Number.MAX_SAFE_INTEGER),
})
export type Touchpoint = v.InferOutput<typeof touchpointSchema>

/** What a scanned code opens. `table` is null for other touchpoints. `scannedAtMs`: by the server's clock. */
const scanSchema = v.strictObject({
  customerId: id('cus'),
  outletId: id('out'),
  table: v.nullable(v.strictObject({ id: id('tbl'), label: words(12), areaName: text(40) })),
  scannedAtMs: v.optional(instantMs),
})
export type Scan = v.InferOutput<typeof scanSchema>

export const tableIdsSchema = list(id('tbl'), 2000)
