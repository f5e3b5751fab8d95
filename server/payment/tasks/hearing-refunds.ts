import { createHash } from 'node:crypto'
import { newId } from '#shared/kernel/ids.ts'
import type { Payment } from '#shared/payment/payment.ts'
import {
  isNamedByProvider,
  type PaymentEvent,
  PROVIDERS_NAMED,
  PROVIDERS_SUM,
  type RefundFact,
} from '#shared/payment/payment-facts.ts'
import type { PaymentState, RefundState } from '../gateways/gateway.ts'

/** Refunds made at the provider that stand one by one; what goes beyond is one sum, and a person looks. */
const MAX_NAMED = 40

/** One that was not asked for here has an id made of the provider's own: heard again, it is the same refund. */
function foreignId(payment: Payment, mark: string, kind: number = PROVIDERS_NAMED): string {
  return newId('rfd', kind, createHash('sha256').update(`${payment.id} ${mark}`).digest())
}

const sumOf = (refunds: readonly { readonly amountRp: number }[]) =>
  refunds.reduce((sum, { amountRp }) => sum + amountRp, 0)

const hasEnded = ({ stage }: RefundFact) => stage === 'failed' || stage === 'dropped'

type Done = { readonly refundId: string; readonly amountRp: number }

function asEvent({ refundId, amountRp }: Done, atMs: number): PaymentEvent {
  return { kind: 'refund', refundId, amountRp, stage: 'succeeded', atMs }
}

/** As many as there is room for one by one, the others as one sum that only grows. */
function withinRoom(payment: Payment, fresh: readonly Done[], knownRestRp = 0): readonly Done[] {
  const named = payment.facts.refunds.filter(({ refundId }) => isNamedByProvider(refundId))
  const room = Math.max(0, MAX_NAMED - named.length)
  const restRp = sumOf(fresh.slice(room))
  if (restRp === 0) return fresh
  return [...fresh.slice(0, room), { refundId: restId(payment), amountRp: knownRestRp + restRp }]
}

const restId = (payment: Payment) => foreignId(payment, 'rest', PROVIDERS_SUM)

/**
 * What the list says went back under the key of one of ours. One under way tells its own end; one that failed
 * here and was done there all the same is done; and what goes beyond its amount went back once too often.
 */
function ownRefunds(payment: Payment, own: RefundFact, listed: readonly RefundState[]): readonly Done[] {
  const { refundId, amountRp } = own
  const beyondRp = sumOf(listed) - amountRp
  return [
    ...(hasEnded(own) ? [{ refundId, amountRp }] : []),
    ...(beyondRp > 0
      ? [{ refundId: foreignId(payment, `beyond ${refundId}`, PROVIDERS_SUM), amountRp: beyondRp }]
      : []),
  ]
}

/** Refunds that the provider names one by one. */
function namedRefunds(payment: Payment, refunds: readonly RefundState[]): readonly Done[] {
  const known = new Map(payment.facts.refunds.map((fact) => [fact.refundId, fact]))
  const idOf = ({ providerRefundId, refundKey }: RefundState) =>
    foreignId(payment, providerRefundId ?? refundKey)
  const done = refunds.filter(({ status, amountRp }) => status === 'done' && amountRp > 0)
  const byKey = Map.groupBy(
    done.filter((entry) => !known.has(idOf(entry))),
    ({ refundKey }) => refundKey,
  )
  const ours: Done[] = []
  const foreign: Done[] = []
  for (const [refundKey, listed] of byKey) {
    const own = known.get(refundKey)
    // Less than ours under the key of one that failed is something else, and booked as what it is.
    const isOurs = own !== undefined && !(hasEnded(own) && sumOf(listed) < own.amountRp)
    if (isOurs) ours.push(...ownRefunds(payment, own, listed))
    else foreign.push(...listed.map((entry) => ({ refundId: idOf(entry), amountRp: entry.amountRp })))
  }
  return [...ours, ...withinRoom(payment, foreign)]
}

/** Where only the sum is told, what goes beyond the known is one more. */
function summedRefund(payment: Payment, state: PaymentState): readonly Done[] {
  const isWhole = state.status === 'refunded' || state.status === 'disputed'
  const wholeRp = sumOf(payment.facts.receipts)
  const refundedRp = state.status === 'disputed' ? wholeRp : (state.refundedRp ?? (isWhole ? wholeRp : 0))
  // What was handed back here is not in the provider's sum.
  const counting = payment.facts.refunds.filter((fact) => !hasEnded(fact) && !fact.isByHand)
  const newRp = refundedRp - sumOf(counting)
  if (newRp <= 0) return []
  const knownRest = counting.filter(({ refundId }) => refundId === restId(payment))
  // The same sum may bring more: one of ours that was counted towards it has failed since.
  const mark = `${refundedRp} beyond ${sumOf(counting)}`
  const fresh = [{ refundId: foreignId(payment, mark), amountRp: newRp }]
  return withinRoom(payment, fresh, sumOf(knownRest))
}

/** What went back without being asked for here: made in the provider's own pages, or taken back by a bank. */
export function refundEvents(payment: Payment, state: PaymentState, nowMs: number): readonly PaymentEvent[] {
  const done = state.refunds ? namedRefunds(payment, state.refunds) : summedRefund(payment, state)
  return done.map((each) => asEvent(each, nowMs))
}
