// What may be asked of a visit, and the calls from a table.
import * as v from 'valibot'
import { id, text, whole } from '../kernel/schema.ts'
import { tokenSchema } from '../tables/table.ts'
import { CALL_KINDS } from './call.ts'
import { MAX_PHONE_NUMBER } from './visit.ts'

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
  /** Denies all at the table that nobody has seen there; a new code keeps out whoever photographed the old one. */
  'visit.deny_strangers': v.strictObject({ tableId: id('tbl'), replaceCode: v.boolean() }),
  'visit.raise_cap': v.strictObject({ visitId: id('vis'), capRp: whole(0, 100_000_000) }),
  'visit.close': v.strictObject({ visitId: id('vis') }),
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
