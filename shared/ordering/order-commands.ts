// What may be asked of orders. The phone sends ids, options and quantities, and the total it showed;
// the server prices and asks again when they differ.
import * as v from 'valibot'
import { id, instantMs, list, rp, text, whole } from '../kernel/schema.ts'
import { tokenSchema } from '../tables/table.ts'
import { MAX_LINES, ORDER_STATUSES, orderLineRequestSchema, REJECT_REASONS } from './order.ts'
import { pickupNameSchema } from './pickup.ts'

const orderId = id('ord')

export const orderCommands = {
  'order.place': v.strictObject({
    orderId,
    token: tokenSchema,
    lines: v.pipe(list(orderLineRequestSchema, MAX_LINES), v.minLength(1)),
    note: text(200),
    shownTotalRp: rp,
  }),
  /**
   * An order to be fetched; the phone is known by `code.scan` or `phone.begin`. A wanted time that is not
   * free any more is refused with the nearest free ones. Null: as soon as possible, within the hour.
   */
  'pickup.place': v.strictObject({
    orderId,
    outletId: id('out'),
    lines: v.pipe(list(orderLineRequestSchema, MAX_LINES), v.minLength(1)),
    note: text(200),
    name: pickupNameSchema,
    wantedAtMs: v.nullable(instantMs),
    shownTotalRp: rp,
  }),
  /** "I'm here", said once by the phone that ordered. */
  'pickup.here': v.strictObject({ orderId }),
  /** Somebody at the board has looked at these. */
  'order.see': v.strictObject({ orderIds: v.pipe(list(orderId, 100), v.minLength(1)) }),
  /** Also answers "somebody is there" for an order whose phone has not proven it. */
  'order.accept': v.strictObject({ orderId, readyInMinutes: whole(1, 180) }),
  'order.reject': v.strictObject({ orderId, reason: v.picklist(REJECT_REASONS), text: text(140) }),
  /** `from` is what the board showed, so that two boards never move one order twice. */
  'order.move': v.strictObject({ orderId, from: v.picklist(ORDER_STATUSES), to: v.picklist(ORDER_STATUSES) }),
  'order.hold': v.strictObject({ orderId, isHeld: v.boolean() }),
  'order.promise': v.strictObject({ orderId, readyInMinutes: whole(1, 180) }),
  /** The customer asks; before anybody accepted the order, a wish to cancel is granted at once. */
  'order.ask': v.strictObject({ orderId, kind: v.picklist(['change', 'cancel']), note: text(140) }),
  'order.answer': v.strictObject({ orderId, isAccepted: v.boolean() }),
} as const
