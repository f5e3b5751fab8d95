// What may be asked of a visit, and the calls from a table.
import * as v from 'valibot'
import { id, list, text, whole } from '../kernel/schema.ts'
import { tokenSchema } from '../tables/table.ts'
import { CALL_KINDS } from './call.ts'
import { MAX_PHONE_NUMBER } from './visit.ts'

/** So many ids of orders, calls and phones' places together; more stand at no table. */
export const MAX_SEEN = 300

const seenSchema = v.strictObject({
  /** Of orders, calls and phones' places in visits. */
  ids: list(text(40), MAX_SEEN),
  /** The short code of the sticker then; one that was replaced since is not replaced again. */
  shortCode: text(8),
})

export const visitCommands = {
  /** Asks to join the visit now at the table; nothing happens when there is none yet. */
  'visit.join': v.strictObject({ token: tokenSchema }),
  /** A phone that is in the visit answers one that asks; staff admit by accepting its first order. */
  'visit.answer_phone': v.strictObject({
    visitId: id('vis'),
    number: whole(1, MAX_PHONE_NUMBER),
    admit: v.boolean(),
  }),
  /** Proves presence by the word on the counter display, where the outlet has turned that on. */
  'visit.prove': v.strictObject({ token: tokenSchema, word: text(40) }),
  /** Takes a phone's place away, an admitted one's too; its own orders stay its own. */
  'visit.remove_phone': v.strictObject({ visitId: id('vis'), number: whole(1, MAX_PHONE_NUMBER) }),
  /**
   * Denies all at the table that nobody has seen there; a new code keeps out whoever photographed the old one.
   * `seen`: what the board showed at the tap, which may have been long ago: nothing that came since is meant.
   */
  'visit.deny_strangers': v.strictObject({
    tableId: id('tbl'),
    replaceCode: v.boolean(),
    seen: v.optional(seenSchema),
  }),
  'visit.raise_cap': v.strictObject({ visitId: id('vis'), capRp: whole(0, 100_000_000) }),
  /** `seenOrderIds`: those without an answer that the board showed at the tap; absent from an older board and the house. */
  'visit.close': v.strictObject({
    visitId: id('vis'),
    seenOrderIds: v.optional(list(id('ord'), MAX_SEEN)),
  }),
  'call.place': v.strictObject({
    callId: id('cal'),
    token: tokenSchema,
    kind: v.picklist(CALL_KINDS),
    note: text(140),
  }),
  'call.withdraw': v.strictObject({ callId: id('cal') }),
  'call.take': v.strictObject({ callId: id('cal') }),
  'call.finish': v.strictObject({ callId: id('cal') }),
} as const
