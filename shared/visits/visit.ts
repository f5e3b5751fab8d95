// A visit is one party's stay at a table, from the first order until it is closed; a pick-up is a visit
// of its own, without a table, of one phone, until the order is fetched. Phones join it at a table:
// the printed code is no proof of presence, so a phone is admitted by the barista's tap on its first
// order, by a phone that is already in, or by the word on the counter display.
import * as v from 'valibot'
import { id, instantMs, rp, whole, words } from '../kernel/schema.ts'

/** A visit without an order or call for this long is closed by the house. */
export const VISIT_IDLE_MS = 3 * 60 * 60 * 1000
/** Phones with a place in one visit; when all are taken, one that only asked makes room for the next. */
export const MAX_PHONES = 30
/** Phones that may ask to join at one table within ten minutes: the largest party, twice over. */
export const MAX_ASKS_PER_TABLE = 60
/** The highest number of a phone: numbers are never given twice within a visit, so they outrun the places. */
export const MAX_PHONE_NUMBER = 9999
/** Orders that may wait for presence: per phone and per table. */
export const MAX_WAITING_PER_PHONE = 1
export const MAX_WAITING_PER_TABLE = 3
/**
 * Orders of phones that nobody has let in that may wait for their money: they ring
 * nobody. A phone's first finds room when others' further ones have used theirs up; fewer in all than the
 * places in a visit, so that the next guest finds one.
 */
export const MAX_AWAITED_PER_PHONE = 3
export const MAX_AWAITED_PER_TABLE = 12
export const MAX_AWAITED_WITH_FIRST = 24
/** Orders of a visit that has a bill; the few that strangers may add beyond still fit on it. */
export const MAX_VISIT_ORDERS = 400
/** So often a barista finds nobody there for a phone's order before it may send no more in this visit. */
export const MAX_DENIALS_PER_PHONE = 2

const rev = whole(1, Number.MAX_SAFE_INTEGER)

/** Record `visit` of the streams `visit:<id>` and `desk:<outlet>`. */
export const visitSchema = v.strictObject({
  id: id('vis'),
  rev,
  outletId: id('out'),
  /** Both null for a pick-up. */
  tableId: v.nullable(id('tbl')),
  tableLabel: v.nullable(words(12)),
  status: v.picklist(['open', 'closed']),
  openedAtMs: instantMs,
  closedAtMs: v.nullable(instantMs),
  /** The unpaid total that this visit may reach; staff raise it with one tap. */
  capRp: rp,
})
export type Visit = v.InferOutput<typeof visitSchema>

const PHONE_STATES = ['asking', 'admitted', 'refused'] as const

/**
 * Record `visit_phone`, id `<visit id>.<number>`: one phone in a visit, without saying whose it is.
 * In the streams of the visit, of the desk, and of the phone itself (which so learns its own number).
 * `remainderRp` is what the table's bill still owes by the till's books, for a phone of the party once its
 * visit is closed and the bill's own stream is silent; absent where there is no bill. `dueBackRp` is what was
 * paid there for what is no longer owed, until it goes back, and `returnedRp` what has gone back of that bill, in
 * whichever way; absent where nothing is. `closedAtMs`: the visit's own;
 * a scan older than that is no wish to sit with whoever comes next. Absent while it is open.
 */
export const visitPhoneSchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^vis_[0-9a-z]{26}\.\d{1,4}$/)),
  rev,
  visitId: id('vis'),
  outletId: id('out'),
  tableLabel: v.nullable(words(12)),
  number: whole(1, MAX_PHONE_NUMBER),
  state: v.picklist(PHONE_STATES),
  isVisitOpen: v.boolean(),
  closedAtMs: v.optional(instantMs),
  remainderRp: v.optional(rp),
  dueBackRp: v.optional(rp),
  returnedRp: v.optional(rp),
})
export type VisitPhone = v.InferOutput<typeof visitPhoneSchema>
