// What may be asked about money. A phone names the part that it wants to pay and the amount it showed;
// the server computes the amount and asks again when they differ. What a person of the house does by
// hand carries a reason, and where money is given away also the PIN of a manager.
import * as v from 'valibot'
import { calendarDay, id, list, rp, text, whole, words } from '../kernel/schema.ts'
import { MAX_PARTS } from './bill/split.ts'
import { discountSchema, MAX_PART_UNITS, PAYMENT_METHODS, REFUND_WAYS } from './payment.ts'
import { paymentSettingsSchema } from './payment-settings.ts'

const reason = v.pipe(text(140), v.minLength(3))

/** The manager who stands behind it, proven by the PIN on the very device. */
const approvalSchema = v.strictObject({
  staffId: id('stf'),
  pin: v.pipe(v.string(), v.regex(/^\d{6}$/)),
})

/** The part of a bill that somebody wants to pay; `share` is one of `partsLeft` equal parts of what is open. */
const partWantedSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('rest') }),
  v.strictObject({
    kind: v.literal('items'),
    units: v.pipe(
      list(
        v.strictObject({ orderId: id('ord'), line: whole(0, 100), quantity: whole(1, 20) }),
        MAX_PART_UNITS,
      ),
      v.minLength(1),
    ),
  }),
  v.strictObject({ kind: v.literal('share'), partsLeft: whole(1, MAX_PARTS) }),
  v.strictObject({ kind: v.literal('amount'), amountRp: rp }),
])
export type PartWanted = v.InferOutput<typeof partWantedSchema>

/** What the practice gateway's button plays; it moves no money. */
export const PRACTICE_PLAYS = ['pay', 'pay_short', 'pay_twice', 'expire', 'pay_late'] as const

export const paymentCommands = {
  /** Makes the bill of the visit, with its payment code, or answers the one that is there. */
  'bill.open': v.strictObject({ visitId: id('vis') }),
  /** A phone of the visit pays a part: a code of its own to be scanned, or to be shown at the cashier's. */
  'bill.pay': v.strictObject({
    paymentId: id('pay'),
    billId: id('bil'),
    method: v.picklist(PAYMENT_METHODS),
    part: partWantedSchema,
    tipRp: rp,
    /** Part + tip + cash rounding, as the phone showed it. */
    shownRp: rp,
  }),
  /** Gives up a payment that has not been made; its part is open to others again. */
  'payment.cancel': v.strictObject({ paymentId: id('pay') }),
  /** The cashier takes money: for a payment that a phone prepared, or for a part of the bill. */
  'payment.take': v.strictObject({
    paymentId: id('pay'),
    billId: id('bil'),
    method: v.picklist(['cash', 'card', 'qris_static']),
    part: partWantedSchema,
    tipRp: rp,
    shownRp: rp,
    /** Cash handed over; for the others the same as `shownRp`. */
    tenderedRp: rp,
  }),
  /** "I saw it in the merchant app", or a gateway's payment set to paid by hand: a manager answers for it. */
  'payment.confirm': v.strictObject({ paymentId: id('pay'), reason, approval: approvalSchema }),
  /** Lets money count that came late or in doubt. */
  'payment.credit': v.strictObject({ paymentId: id('pay'), reason, approval: approvalSchema }),
  /** What the provider gave back unasked is to be paid again. */
  'payment.owe_again': v.strictObject({ paymentId: id('pay'), reason, approval: approvalSchema }),
  /** Somebody has compared what went back with the provider's pages: nobody has to look until more does. */
  'payment.compare': v.strictObject({
    paymentId: id('pay'),
    /** All that had gone back of it, as the card showed it. */
    shownRp: rp,
    reason,
    approval: approvalSchema,
  }),
  'payment.refund': v.strictObject({
    refundId: id('rfd'),
    paymentId: id('pay'),
    amountRp: rp,
    /** `same` when it is left out. */
    way: v.optional(v.picklist(REFUND_WAYS)),
    /** Said when the money is to be paid again in another way; else the bill may not owe more by a refund. */
    owesAgain: v.optional(v.boolean()),
    reason,
    approval: approvalSchema,
  }),
  /** Nothing goes back after all, after a refund failed: nobody has to look any more. */
  'refund.drop': v.strictObject({
    refundId: id('rfd'),
    paymentId: id('pay'),
    reason,
    approval: approvalSchema,
  }),
  /** Asks the provider now; the phone does so while a code is on its screen. */
  'payment.look': v.strictObject({ paymentId: id('pay') }),
  'practice.play': v.strictObject({ paymentId: id('pay'), play: v.picklist(PRACTICE_PLAYS) }),
  'bill.discount': v.strictObject({
    billId: id('bil'),
    what: v.nullable(discountSchema),
    label: words(40),
    reason,
    approval: approvalSchema,
  }),
  /** Lets an order that was to be paid first be made unpaid; it stays on the bill. */
  'payment.waive': v.strictObject({ orderId: id('ord'), reason, approval: approvalSchema }),
  /** `givesStatic`: the manager gave another static code, or took it away; else the stored one stays as it is. */
  'outlet.set_payment': v.strictObject({
    outletId: id('out'),
    settings: paymentSettingsSchema,
    givesStatic: v.optional(v.boolean()),
  }),
  /** The stored code, which is in doubt, is the outlet's own as it reads on the manager's page. */
  'outlet.approve_static': v.strictObject({
    outletId: id('out'),
    staticQris: words(512),
    approval: approvalSchema,
  }),
  /** Counted cash against what should be there; closes the day's books of the outlet. */
  'day.close': v.strictObject({
    outletId: id('out'),
    day: calendarDay,
    countedCashRp: rp,
    note: text(200),
    approval: approvalSchema,
  }),
  /** Asks the providers anew how the day's payments stand. */
  'day.ask': v.strictObject({ outletId: id('out'), day: calendarDay }),
  'receipt.print': v.strictObject({
    billId: id('bil'),
    printId: id('prt'),
  }),
} as const
