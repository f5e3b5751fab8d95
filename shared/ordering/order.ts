// An order as everybody sees it who may see it: the phone that sent it, its visit, the desk.
// It names no customer; `phone` is the number of the phone within the visit.
import * as v from 'valibot'
import { bilingual, id, instantMs, list, rp, slug, text, whole, words } from '../kernel/schema.ts'
import { choicesSchema, MAX_CHOICES } from '../menu/choices.ts'
import { ORDER_TYPES } from '../menu/menu.ts'
import { MAX_PHONE_NUMBER } from '../visits/visit.ts'
import { pickupSchema } from './pickup.ts'

export const MAX_LINES = 40
export const MAX_QUANTITY = 20
/** An order that nobody has looked at for this long is escalated on the board and said to the customer. */
export const UNSEEN_AFTER_MS = 60_000
/** So often a guest may ask to change or cancel one order; each asking rings at the board. */
export const MAX_ASKS_PER_ORDER = 5
/** An order that waited on the phone for longer asks again instead of being sent. */
export const STALE_AFTER_MS = 30 * 60_000

export const ORDER_STATUSES = [
  'placed',
  'accepted',
  'preparing',
  'ready',
  'served',
  'rejected',
  'cancelled',
  /** Of a pick-up only: it was ready, and nobody came. It is still owed. */
  'no_show',
] as const
export type OrderStatus = (typeof ORDER_STATUSES)[number]

export const REJECT_REASONS = ['nobody_there', 'sold_out', 'too_busy', 'closing', 'other'] as const

/** Why this order may be rejected: nobody has to be there yet for one that is fetched. */
export function rejectReasonsOf({
  pickup,
}: {
  readonly pickup: unknown
}): readonly (typeof REJECT_REASONS)[number][] {
  return REJECT_REASONS.filter((reason) => pickup === null || reason !== 'nobody_there')
}

/** What a phone asks for: ids, options and quantities, never prices. */
export const orderLineRequestSchema = v.strictObject({
  itemId: slug,
  choices: choicesSchema,
  quantity: whole(1, MAX_QUANTITY),
  note: text(140),
})
export type OrderLineRequest = v.InferOutput<typeof orderLineRequestSchema>

/** A priced line: names and unit price are frozen as they were when the order was placed. */
const orderLineSchema = v.strictObject({
  itemId: slug,
  name: bilingual(60),
  choices: list(v.strictObject({ groupId: slug, optionId: slug, name: bilingual(40) }), MAX_CHOICES),
  quantity: whole(1, MAX_QUANTITY),
  unitRp: rp,
  prepMinutes: whole(0, 60),
  note: text(140),
})
export type OrderLine = v.InferOutput<typeof orderLineSchema>

/** What it costs, in whole rupiah: subtotal + service + tax = total (tax is 0 here when included). */
const quoteSchema = v.strictObject({
  subtotalRp: rp,
  serviceRp: rp,
  taxRp: rp,
  totalRp: rp,
  /** Tax that is inside the prices; for information, not added. */
  includedTaxRp: rp,
})
export type Quote = v.InferOutput<typeof quoteSchema>

const moment = v.nullable(instantMs)

/**
 * Of an order that is to be paid before it is made. `awaited`: the board keeps quiet and nobody may accept
 * it; at `untilMs` the house cancels it, unless a code for it is still open. `waived`: a manager let it
 * pass unpaid. `releasedAtMs` is when it came to the board as new: paid, or waived.
 */
const payFirstSchema = v.strictObject({
  state: v.picklist(['awaited', 'paid', 'waived']),
  untilMs: instantMs,
  releasedAtMs: moment,
})
export type PayFirst = v.InferOutput<typeof payFirstSchema>

/** Record `order` of the streams of its phone, its visit and its desk. */
export const orderSchema = v.strictObject({
  id: id('ord'),
  rev: whole(1, Number.MAX_SAFE_INTEGER),
  /** Counts up within the outlet's business day, printed as #042. */
  number: whole(1, 100_000),
  outletId: id('out'),
  visitId: id('vis'),
  orderType: v.picklist(ORDER_TYPES),
  /** Null for a pick-up, which has no table. */
  tableId: v.nullable(id('tbl')),
  tableLabel: v.nullable(words(12)),
  phone: whole(1, MAX_PHONE_NUMBER),
  status: v.picklist(ORDER_STATUSES),
  /** `unproven`: the barista is asked whether somebody is at the table; accepting answers yes. */
  presence: v.picklist(['proven', 'unproven']),
  lines: list(orderLineSchema, MAX_LINES),
  note: text(200),
  quote: quoteSchema,
  /** Null when it may be paid at the end. */
  payFirst: v.nullable(payFirstSchema),
  pickup: v.nullable(pickupSchema),
  placedAtMs: instantMs,
  /** When a person at the board first looked at it. */
  seenAtMs: moment,
  acceptedAtMs: moment,
  promisedAtMs: moment,
  preparingAtMs: moment,
  readyAtMs: moment,
  servedAtMs: moment,
  endedAtMs: moment,
  heldAtMs: moment,
  madeBy: v.nullable(words(40)),
  /**
   * `asked`: the customer wished it; `unpaid`: it was to be paid first, and was not; `visit_closed`: its
   * table was closed before anybody had answered it.
   */
  reason: v.nullable(
    v.strictObject({
      code: v.picklist([...REJECT_REASONS, 'asked', 'unpaid', 'visit_closed']),
      text: text(140),
    }),
  ),
  /** What the customer asked for after sending, and the barista's answer. */
  request: v.nullable(
    v.strictObject({
      kind: v.picklist(['change', 'cancel']),
      note: text(140),
      askedAtMs: instantMs,
      answer: v.nullable(v.picklist(['accepted', 'declined'])),
    }),
  ),
})
export type Order = v.InferOutput<typeof orderSchema>

/** True while the order waits for its money: nothing is to be done for it yet. */
export function isAwaitingPayment({ payFirst, status }: Pick<Order, 'payFirst' | 'status'>): boolean {
  return payFirst?.state === 'awaited' && status === 'placed'
}

/** When the order came to the board: when it was placed, or when its money came. */
export function arrivedAtMs({ payFirst, placedAtMs }: Pick<Order, 'payFirst' | 'placedAtMs'>): number {
  return payFirst?.releasedAtMs ?? placedAtMs
}

/** True while nobody has looked at a new order for `UNSEEN_AFTER_MS`. */
export function isUnseen(order: Order, nowMs: number): boolean {
  const isNew = order.status === 'placed' && order.seenAtMs === null && !isAwaitingPayment(order)
  return isNew && nowMs - arrivedAtMs(order) >= UNSEEN_AFTER_MS
}
