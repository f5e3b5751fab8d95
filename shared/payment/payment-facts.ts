// What is known of one payment, as facts that only ever grow: money came (each receipt by its provider
// reference), a closing came (expired, cancelled), money went back (each refund by its id and how far it
// got), a person decided. Providers send notices late, twice and in any order; facts are joined so that
// order and repetition do not matter: a set of receipts, the earliest closing, the furthest stage.
// Merging is commutative, associative and idempotent; the status is computed from the facts alone.
// Source: the design rule that money's state machine is monotone and a late "pending" is ignored.
import * as v from 'valibot'
import { assert } from '../kernel/assert.ts'
import { isRp } from '../kernel/money.ts'
import { id, instantMs, list, rp, words } from '../kernel/schema.ts'

/** Far more than a payment can honestly get; reaching it is a bug or an attack and stops the request. */
export const MAX_RECEIPTS = 50
const MAX_REFUNDS = 500
/** Asked for here, those that failed too: leaves room for all that a provider may tell beside them. */
export const MAX_OWN_REFUNDS = 200

/**
 * How far a refund got: asked for here, taken by the provider, refused, given up by a person after that,
 * done. Later outranks earlier.
 */
export const REFUND_STAGES = ['requested', 'sent', 'failed', 'dropped', 'succeeded'] as const
export type RefundStage = (typeof REFUND_STAGES)[number]

/**
 * Ids begin with the time at which they were made; what the provider gave back by itself has no such time, but
 * one of these: a refund that it names, or a sum of what has no refund of its own here (what went back under
 * one of ours beyond its amount, and those that are too many to stand one by one).
 */
export const PROVIDERS_NAMED = 0
export const PROVIDERS_SUM = 1
const timeOf = (refundId: string) => refundId.slice(4, 14)
const timeAs = (atMs: number) => String(atMs).padStart(10, '0')

export function isNamedByProvider(refundId: string): boolean {
  return timeOf(refundId) === timeAs(PROVIDERS_NAMED)
}

export function isProvidersSum(refundId: string): boolean {
  return timeOf(refundId) === timeAs(PROVIDERS_SUM)
}

/** True when the refund `a` was asked for before `b`, or nobody here asked for `b`. */
export function isMadeBefore(a: string, b: string): boolean {
  return timeOf(b) >= timeOf(a) || isNamedByProvider(b) || isProvidersSum(b)
}

/** The refunds that were asked for here, whatever became of them. */
export function ownRefundsOf({ refunds }: Pick<PaymentFacts, 'refunds'>): readonly RefundFact[] {
  return refunds.filter(({ refundId }) => !isNamedByProvider(refundId) && !isProvidersSum(refundId))
}

const moment = v.nullable(instantMs)

/** `ref` is the provider's id of the payment made, or a staff member's entry: one receipt each. */
const receiptSchema = v.strictObject({ ref: words(100), amountRp: rp, atMs: instantMs })
export type Receipt = v.InferOutput<typeof receiptSchema>

const refundFactSchema = v.strictObject({
  refundId: id('rfd'),
  amountRp: rp,
  stage: v.picklist(REFUND_STAGES),
  /** Of what nobody here asked for: so much a person has looked at, and the bill follows it. */
  decidedRp: v.exactOptional(rp),
  /** Of a payment with a tip: so much of it is the tip's; see bill/refunding/tip-back.ts. Earlier versions do not tell. */
  tipRp: v.exactOptional(rp),
  /** Handed back here, of money that came by a provider, which knows nothing of it. */
  isByHand: v.exactOptional(v.literal(true)),
})
export type RefundFact = v.InferOutput<typeof refundFactSchema>

export const paymentFactsSchema = v.strictObject({
  receipts: list(receiptSchema, MAX_RECEIPTS),
  refunds: list(refundFactSchema, MAX_REFUNDS),
  /** The provider says that it will not come; it may still, so this closes nothing. */
  failedAtMs: moment,
  expiredAtMs: moment,
  cancelledAtMs: moment,
  /** A person decided that money which came late, or in doubt, counts towards the bill. */
  creditedAtMs: moment,
  /** So much of all that went back a person has compared with the provider's pages. */
  comparedRp: v.exactOptional(rp),
})
export type PaymentFacts = v.InferOutput<typeof paymentFactsSchema>

export const NO_FACTS: PaymentFacts = {
  receipts: [],
  refunds: [],
  failedAtMs: null,
  expiredAtMs: null,
  cancelledAtMs: null,
  creditedAtMs: null,
}

/** What may be heard of a payment. `atMs` is the provider's time where it tells one, else the server's. */
export type PaymentEvent =
  | { readonly kind: 'pending'; readonly atMs: number }
  | { readonly kind: 'received'; readonly ref: string; readonly amountRp: number; readonly atMs: number }
  | { readonly kind: 'failed' | 'expired' | 'cancelled' | 'credited'; readonly atMs: number }
  | { readonly kind: 'compared'; readonly returnedRp: number; readonly atMs: number }
  | {
      readonly kind: 'refund'
      readonly refundId: string
      readonly amountRp: number
      readonly stage: RefundStage
      readonly decidedRp?: number
      readonly tipRp?: number
      readonly isByHand?: true
      readonly atMs: number
    }

function earlier(a: number | null, b: number): number {
  return a === null ? b : Math.min(a, b)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/**
 * The same reference with another amount stays beside it as a contradiction. Of two times for the same
 * receipt the later is kept and of two closings the earlier, so doubt always reads as "late".
 */
function withReceipt(receipts: readonly Receipt[], receipt: Receipt): readonly Receipt[] {
  const isSame = (other: Receipt) => other.ref === receipt.ref && other.amountRp === receipt.amountRp
  const known = receipts.find(isSame)
  const atMs = Math.max(known?.atMs ?? 0, receipt.atMs)
  const all = [...receipts.filter((other) => !isSame(other)), { ...receipt, atMs }]
  assert(all.length <= MAX_RECEIPTS, 'a payment has no more receipts than MAX_RECEIPTS')
  return all.sort((a, b) => compare(a.ref, b.ref) || a.amountRp - b.amountRp)
}

/**
 * Of two amounts for one refund the larger is kept: more may have gone back than was meant. What is told of the
 * smaller one's tip is not told of the larger.
 */
function withRefund(refunds: readonly RefundFact[], refund: RefundFact): readonly RefundFact[] {
  const known = refunds.find(({ refundId }) => refundId === refund.refundId) ?? refund
  const rank = Math.max(REFUND_STAGES.indexOf(known.stage), REFUND_STAGES.indexOf(refund.stage))
  const decidedRp = Math.max(known.decidedRp ?? 0, refund.decidedRp ?? 0)
  const amountRp = Math.max(known.amountRp, refund.amountRp)
  const tips = [known, refund].flatMap((one) => (one.amountRp === amountRp ? (one.tipRp ?? []) : []))
  const merged: RefundFact = {
    refundId: refund.refundId,
    amountRp,
    stage: REFUND_STAGES[rank] ?? refund.stage,
    ...(decidedRp > 0 && { decidedRp }),
    ...(tips.length > 0 && { tipRp: Math.max(...tips) }),
    ...((known.isByHand || refund.isByHand) && { isByHand: true }),
  }
  const all = [...refunds.filter(({ refundId }) => refundId !== refund.refundId), merged]
  assert(all.length <= MAX_REFUNDS, 'a payment has no more refunds than MAX_REFUNDS')
  return all.sort((a, b) => compare(a.refundId, b.refundId))
}

/** `facts` and what `event` adds to them. */
export function learn(facts: PaymentFacts, event: PaymentEvent): PaymentFacts {
  switch (event.kind) {
    case 'pending':
      return facts
    case 'received': {
      const { ref, amountRp, atMs } = event
      assert(isRp(amountRp) && amountRp > 0, 'a receipt is a whole amount above zero')
      return { ...facts, receipts: withReceipt(facts.receipts, { ref, amountRp, atMs }) }
    }
    case 'failed':
      return { ...facts, failedAtMs: earlier(facts.failedAtMs, event.atMs) }
    case 'expired':
      return { ...facts, expiredAtMs: earlier(facts.expiredAtMs, event.atMs) }
    case 'cancelled':
      return { ...facts, cancelledAtMs: earlier(facts.cancelledAtMs, event.atMs) }
    case 'credited':
      return { ...facts, creditedAtMs: earlier(facts.creditedAtMs, event.atMs) }
    case 'compared':
      return { ...facts, comparedRp: Math.max(facts.comparedRp ?? 0, event.returnedRp) }
    case 'refund': {
      const { kind: _, atMs: __, ...refund } = event
      assert(isRp(refund.amountRp) && refund.amountRp > 0, 'a refund is a whole amount above zero')
      return { ...facts, refunds: withRefund(facts.refunds, refund) }
    }
  }
}
