import type { Payment } from '#shared/payment/payment.ts'
import type { PaymentEvent, PaymentFacts } from '#shared/payment/payment-facts.ts'
import type { PaymentState } from '../gateways/gateway.ts'
import { refundEvents } from './hearing-refunds.ts'

/** The provider's receipts of one payment are told apart by their place: `ref`, `ref#2`, `ref#3` … */
function refOf(providerId: string, place: number): string {
  return place === 0 ? providerId : `${providerId}#${place + 1}`
}

function ofProvider(facts: PaymentFacts, providerId: string): PaymentFacts['receipts'] {
  return facts.receipts.filter(({ ref }) => ref === providerId || ref.startsWith(`${providerId}#`))
}

/** The amounts that came in one by one; where only a sum is told, what goes beyond the known is one more. */
function amountsOf(state: PaymentState, facts: PaymentFacts): readonly number[] {
  if (state.receiptsRp) return state.receiptsRp
  const known = ofProvider(facts, state.providerId).map(({ amountRp }) => amountRp)
  let sumRp = 0
  for (const [index, amountRp] of known.entries()) {
    sumRp += amountRp
    // An older answer that was overtaken: nothing new.
    if (state.receivedRp === sumRp) return known.slice(0, index + 1)
  }
  if (state.receivedRp > sumRp) return [...known, state.receivedRp - sumRp]
  // Less than somebody vouched for: both amounts stand side by side, and a person looks.
  return state.receivedRp > 0 ? [state.receivedRp] : []
}

function receiptEvents(payment: Payment, state: PaymentState, nowMs: number): PaymentEvent[] {
  return amountsOf(state, payment.facts).map((amountRp, place) => {
    const ref = refOf(state.providerId, place)
    const known = payment.facts.receipts.find((one) => one.ref === ref && one.amountRp === amountRp)
    // Without a time of its own, money is not made later by being looked at again.
    return { kind: 'received', ref, amountRp, atMs: known?.atMs ?? state.paidAtMs ?? nowMs }
  })
}

/** What a provider's answer says of a payment, as facts. */
export function eventsOf(payment: Payment, state: PaymentState, nowMs: number): readonly PaymentEvent[] {
  const receipts = receiptEvents(payment, state, nowMs)
  switch (state.status) {
    case 'pending':
      return []
    case 'failed':
      return [{ kind: 'failed', atMs: nowMs }]
    case 'expired':
    case 'cancelled':
      // Our own cancelling is answered by theirs; only the first of both is a fact of ours.
      return payment.facts.cancelledAtMs === null ? [{ kind: 'expired', atMs: nowMs }] : []
    case 'paid':
      return receipts
    case 'refunded':
    case 'partly_refunded':
    case 'disputed': {
      const received: PaymentEvent[] =
        receipts.length > 0 || payment.facts.receipts.length > 0
          ? receipts
          : [
              {
                kind: 'received',
                ref: state.providerId,
                amountRp: state.amountRp,
                atMs: state.paidAtMs ?? nowMs,
              },
            ]
      const after = {
        ...payment,
        facts: { ...payment.facts, receipts: [...payment.facts.receipts, ...asReceipts(received)] },
      }
      return [...received, ...refundEvents(after, state, nowMs)]
    }
  }
}

function asReceipts(events: readonly PaymentEvent[]): PaymentFacts['receipts'] {
  return events.flatMap((event) => (event.kind === 'received' ? [event] : []))
}
