import { expect, test } from 'vitest'
import { newId } from '#shared/kernel/ids.ts'
import type { Payment } from '#shared/payment/payment.ts'
import { isProvidersSum, learn, NO_FACTS } from '#shared/payment/payment-facts.ts'
import type { PaymentState } from '../../../../server/payment/gateways/gateway.ts'
import { refundEvents } from '../../../../server/payment/tasks/hearing-refunds.ts'

const NOW = 1_790_000_000_000
const PAID_RP = 100_000
const id = newId('pay', NOW, new Uint8Array(10))
const received = { kind: 'received', ref: 'one', amountRp: PAID_RP, atMs: NOW } as const
const paid = { id, facts: learn(NO_FACTS, received) } as Payment

/** What a provider says that tells only the whole sum that went back. */
function says(refundedRp: number): PaymentState {
  return {
    providerId: 'one',
    reference: id,
    status: 'partly_refunded',
    providerStatus: 'partial_refund',
    amountRp: PAID_RP,
    receivedRp: PAID_RP,
    refundedRp,
    paidAtMs: NOW,
    issuer: null,
  }
}

function hear(payment: Payment, refundedRp: number): Payment {
  const events = refundEvents(payment, says(refundedRp), NOW)
  return { ...payment, facts: events.reduce(learn, payment.facts) }
}

test('a sum that grows more often than there is room for is known to the rupiah each time', () => {
  let payment = paid
  let toldRp = 0
  for (let times = 1; times <= 60; times++) {
    toldRp += 100 + times
    payment = hear(payment, toldRp)
    const { refunds } = payment.facts
    expect([times, refunds.reduce((sum, { amountRp }) => sum + amountRp, 0)]).toEqual([times, toldRp])
    expect(refunds.filter(({ refundId }) => isProvidersSum(refundId)).length).toBe(times > 40 ? 1 : 0)
    expect(refundEvents(payment, says(toldRp), NOW)).toEqual([])
  }
})
