// The records of money: a bill, the payments towards it, the refunds of those. They are never deleted;
// what was wrong is corrected by a further record with an actor, a reason and a device. A payment asks
// for its share of the bill, plus a tip, plus or minus cash rounding; its status and amounts follow from
// its facts. Refunds name the payment they return, so that no rupiah goes back that did not come.
import * as v from 'valibot'
import { isRp } from '../kernel/money.ts'
import { ok, type Result, refuse } from '../kernel/result.ts'
import { id, instantMs, list, rp, text, whole, words } from '../kernel/schema.ts'
import { chargesSchema } from '../outlet/outlet.ts'
import { MAX_PHONE_NUMBER } from '../visits/visit.ts'
import { MAX_PARTS } from './bill/split.ts'
import { MAX_ROUNDING_RP } from './cash.ts'
import { MAX_OWN_REFUNDS, ownRefundsOf, paymentFactsSchema, REFUND_STAGES } from './payment-facts.ts'
import { amountsOf, type PaymentState } from './payment-status.ts'
import { PAYMENT_STATUSES } from './payment-statuses.ts'

/** Orders that one bill collects; a visit takes fewer, see `MAX_VISIT_ORDERS`. */
const MAX_BILL_ORDERS = 500
/** Cups that one part names. */
export const MAX_PART_UNITS = 400

export const PAYMENT_METHODS = ['cash', 'card', 'qris', 'qris_static'] as const
/** Who says that it is paid: a person of the house, or a gateway. `practice` moves no money. */
export const PROVIDERS = ['manual', 'midtrans', 'xendit', 'practice'] as const
export const BILL_STATUSES = ['open', 'paid', 'closed', 'void'] as const

/** How money goes back: the way it came, or out of the drawer, since not every bank takes it back. */
export const REFUND_WAYS = ['same', 'cash'] as const

const rev = whole(1, Number.MAX_SAFE_INTEGER)
const moment = v.nullable(instantMs)
const paymentCode = v.pipe(v.string(), v.regex(/^\d{12}$/, 'payment_code.malformed'))

/** Who did it, on which device, and why; required wherever a person moves money by hand. */
const deedSchema = v.strictObject({
  staffId: id('stf'),
  name: words(40),
  deviceId: v.nullable(id('dev')),
  reason: text(140),
  atMs: instantMs,
})
export type Deed = v.InferOutput<typeof deedSchema>

export const discountSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('rate'), permille: whole(0, 1000) }),
  v.strictObject({ kind: v.literal('amount'), amountRp: rp }),
])

const sums = {
  subtotalRp: rp,
  discountRp: rp,
  serviceRp: rp,
  taxRp: rp,
  totalRp: rp,
  includedTaxRp: rp,
}

/** Words that say no more than that it is a discount, as tills write them when nobody names it. */
const PLAIN_DISCOUNTS: readonly string[] = ['potongan', 'diskon', 'discount']

/** What the discount is called besides "discount"; null where it has no name of its own. */
export function discountName(label: string | undefined): string | null {
  const name = label?.trim() ?? ''
  return name === '' || PLAIN_DISCOUNTS.includes(name.toLowerCase()) ? null : name
}

/** price − discount + service + tax = total, or it is no bill. */
const sumsSchema = v.pipe(
  v.strictObject(sums),
  v.check((it) => it.subtotalRp - it.discountRp + it.serviceRp + it.taxRp === it.totalRp, 'bill.sums_differ'),
)

/** Record `bill` of the streams of its visit (or of its phone, for a pick-up) and of its desk. */
export const billSchema = v.strictObject({
  id: id('bil'),
  rev,
  outletId: id('out'),
  /** Null for a pick-up, which has no table. */
  visitId: v.nullable(id('vis')),
  tableLabel: v.nullable(words(12)),
  /** The payment code that a cashier scans; see payment-code.ts. */
  code: paymentCode,
  status: v.picklist(BILL_STATUSES),
  /** With the charges that held when each order was placed. */
  orders: list(
    v.strictObject({
      orderId: id('ord'),
      number: whole(1, 100_000),
      /** Of the guest who ordered it, within the visit; bills of earlier versions do not tell. */
      phone: v.exactOptional(whole(1, MAX_PHONE_NUMBER)),
      charges: chargesSchema,
      ...sums,
    }),
    MAX_BILL_ORDERS,
  ),
  /** Guests read this too: who gave it, and why, stands in the book of money's moves alone. */
  discount: v.nullable(v.strictObject({ what: discountSchema, label: words(40) })),
  sums: sumsSchema,
  /** Kept by earlier versions, and left out when the bill is kept again. */
  undecided: v.exactOptional(v.array(v.unknown())),
  openedAtMs: instantMs,
  paidAtMs: moment,
  closedAtMs: moment,
})
export type Bill = v.InferOutput<typeof billSchema>

/** Which part of the bill: what the payer chose, kept for the other phones at the table. */
const partSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('rest') }),
  v.strictObject({
    kind: v.literal('items'),
    unitKeys: list(v.pipe(v.string(), v.maxLength(50)), MAX_PART_UNITS),
  }),
  v.strictObject({ kind: v.literal('share'), ofParts: whole(2, MAX_PARTS) }),
  v.strictObject({ kind: v.literal('amount') }),
])

/** So many rupiah of an order. */
const coverSchema = v.strictObject({
  orderId: id('ord'),
  amountRp: rp,
  /** What of the money is for this order, where it pays now for more (it helps out) or less (a discount, or it went back). */
  forRp: v.exactOptional(rp),
})
export type Cover = v.InferOutput<typeof coverSchema>

/** Record `payment` of the streams of its bill. amount + tip + rounding = asked. */
export const paymentSchema = v.pipe(
  v.strictObject({
    id: id('pay'),
    rev,
    billId: id('bil'),
    outletId: id('out'),
    /** The number of the paying phone within the visit; null when staff took it. */
    phone: v.nullable(whole(1, MAX_PHONE_NUMBER)),
    method: v.picklist(PAYMENT_METHODS),
    provider: v.picklist(PROVIDERS),
    /** Made with a provider's test key: no money moves. */
    isTest: v.exactOptional(v.literal(true)),
    part: partSchema,
    /** Towards the bill. */
    amountRp: rp,
    /** Which orders it pays for, in all no more than `amountRp`; kept with the bill, see bill/settling.ts. */
    covers: v.exactOptional(list(coverSchema, MAX_BILL_ORDERS)),
    /** Pays for no order any more: its payer's, whoever else at the table still owes. */
    freedRp: v.exactOptional(rp),
    /** Closed by the house, because what it was for had changed. */
    isOutdated: v.exactOptional(v.literal(true)),
    /** Waits for the till, and asked for more before what it is for had changed. */
    wasAskedRp: v.exactOptional(rp),
    /** Since when something that its provider gave back unasked waits for a person. */
    undecidedSinceMs: v.exactOptional(instantMs),
    tipRp: rp,
    /** Cash only; zero for everything else. */
    roundingRp: whole(-MAX_ROUNDING_RP, MAX_ROUNDING_RP),
    askedRp: rp,
    status: v.picklist(PAYMENT_STATUSES),
    facts: paymentFactsSchema,
    /** The provider's id of what it was asked for; unique per provider. */
    providerRef: v.nullable(words(100)),
    /** The payer's own code for the cashier; null for what a gateway confirms. See payment-code.ts. */
    code: v.nullable(paymentCode),
    /** The QRIS text to draw, while it can be paid. */
    qrText: v.nullable(words(512)),
    expiresAtMs: moment,
    cash: v.nullable(v.strictObject({ tenderedRp: rp, changeRp: rp })),
    /** Who confirmed it, for everything that no gateway confirms; told to the desk alone. */
    confirmed: v.nullable(deedSchema),
    createdAtMs: instantMs,
  }),
  v.check(
    ({ amountRp, tipRp, roundingRp, askedRp }) => amountRp + tipRp + roundingRp === askedRp,
    'payment.asked_differs',
  ),
  v.check(({ method, roundingRp }) => method === 'cash' || roundingRp === 0, 'payment.cashless_rounded'),
)
export type Payment = v.InferOutput<typeof paymentSchema>

/**
 * True for what moves no money: the practice gateway's payments, and those made with a provider's test key.
 * They are marked SIMULASI wherever they are seen, and are never counted as money.
 */
export function isPractice({ provider, isTest }: Pick<Payment, 'provider' | 'isTest'>): boolean {
  return provider === 'practice' || isTest === true
}

/** Record `refund` of the streams of its bill. `deed` says who approved it and why; it is told to the desk alone. */
export const refundSchema = v.strictObject({
  id: id('rfd'),
  rev,
  paymentId: id('pay'),
  billId: id('bil'),
  outletId: id('out'),
  amountRp: rp,
  way: v.picklist(REFUND_WAYS),
  stage: v.picklist(REFUND_STAGES),
  /** Why the provider did not do it, in its own words. */
  failure: v.nullable(words(200)),
  providerRef: v.nullable(words(100)),
  deed: v.nullable(deedSchema),
  requestedAtMs: instantMs,
  endedAtMs: moment,
})
export type Refund = v.InferOutput<typeof refundSchema>

type RefundRefusal =
  | { readonly code: 'refund.amount_malformed' }
  | { readonly code: 'refund.nothing_received' }
  | { readonly code: 'refund.too_much'; readonly refundableRp: number }
  | { readonly code: 'refund.too_many' }

/** Whether `amountRp` of this payment may still go back; refunds under way are counted as gone. */
export function checkRefund(payment: PaymentState, amountRp: number): Result<number, RefundRefusal> {
  if (!isRp(amountRp) || amountRp === 0) return refuse({ code: 'refund.amount_malformed' })
  const { receivedRp, refundableRp } = amountsOf(payment)
  if (receivedRp === 0) return refuse({ code: 'refund.nothing_received' })
  if (amountRp > refundableRp) return refuse({ code: 'refund.too_much', refundableRp })
  const isTooMany = ownRefundsOf(payment.facts).length >= MAX_OWN_REFUNDS
  return isTooMany ? refuse({ code: 'refund.too_many' }) : ok(amountRp)
}
