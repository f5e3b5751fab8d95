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

const OURS = newId('rfd', NOW, new Uint8Array(10).fill(1))
function asked(payment: Payment, stage: 'requested' | 'failed' | 'succeeded', isByHand = false): Payment {
  const refund = { kind: 'refund', refundId: OURS, amountRp: 10_000, stage, atMs: NOW } as const
  return { ...payment, facts: learn(payment.facts, { ...refund, ...(isByHand && { isByHand }) }) }
}
const backRp = ({ facts }: Payment) =>
  facts.refunds.filter(({ stage }) => stage === 'succeeded').reduce((sum, { amountRp }) => sum + amountRp, 0)

test('what was handed back here is not in the provider’s sum', () => {
  const handed = asked(paid, 'succeeded', true)
  expect(backRp(hear(handed, 5000))).toBe(15_000)
  expect(backRp(hear(hear(handed, 5000), PAID_RP))).toBe(10_000 + PAID_RP)
})

test('what one of ours that failed then was counted for is booked all the same', () => {
  const under = hear(asked(paid, 'requested'), PAID_RP)
  expect(backRp(under)).toBe(PAID_RP - 10_000)
  const failed = hear(asked(under, 'failed'), PAID_RP)
  expect(backRp(failed)).toBe(PAID_RP)
  expect(refundEvents(failed, says(PAID_RP), NOW)).toEqual([])
})

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
