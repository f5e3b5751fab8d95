import { describe, expect, it } from 'vitest'
import type { Payment } from '#shared/payment/payment.ts'
import { learn, NO_FACTS, type PaymentEvent } from '#shared/payment/payment-facts.ts'
import { statusOf } from '#shared/payment/payment-status.ts'
import { paymentEn } from '../../../client/i18n/payment/payment.en.ts'
import { paymentSaid } from '../../../client/payment/paying/payment-said.ts'
import { paymentStateOf } from '../../../client/payment/paying/payment-state.ts'
import { NOW, paymentOf } from './sample-money.ts'

let made = 0
const got = (ref: string): PaymentEvent => ({ kind: 'received', ref, amountRp: 22_000, atMs: NOW })
const back = (amountRp: number, isByHand = false): PaymentEvent => ({
  ...{ kind: 'refund', refundId: `rfd_01700000${made++}`, amountRp, stage: 'succeeded', atMs: NOW },
  ...(isByHand && { isByHand }),
})
const closed: PaymentEvent = { kind: 'cancelled', atMs: NOW - 1 }

function said(events: readonly PaymentEvent[], change: Partial<Payment> = {}): string {
  const facts = events.reduce(learn, NO_FACTS)
  const status = statusOf({ askedRp: 22_000, facts })
  const payment = paymentOf(22_000, { facts, status, ...change })
  const state = paymentStateOf(payment, NOW)
  return paymentSaid({ payment, state, serverNowMs: NOW, leftRp: 0, isAway: false }, paymentEn)
}

describe('Whoever pays reads', () => {
  it('how much of what came twice or late still waits, and how much stays for the bill', () => {
    expect(said([got('a'), got('b'), back(10_000)])).toContain('Rp12.000 came twice')
    expect(said([closed, got('a'), back(10_000)])).toMatch(/^Rp12.000 is on record but does not count/)
    expect(said([got('a'), got('b'), back(22_000)])).toBe(
      'Rp22.000 was returned; Rp22.000 stays for the bill.',
    )
  })

  it('of no bank where the money was handed back', () => {
    expect(said([got('hand'), back(22_000)], { method: 'cash', provider: 'manual' })).toMatch(/in cash\.$/)
    expect(said([got('a'), back(22_000, true)])).toMatch(/in cash\.$/)
    expect(said([got('a'), back(22_000)])).toContain('bank')
  })

  it('why a code was closed, and why the till asks for less than it did', () => {
    expect(said([closed], { isOutdated: true })).toContain('was paid by somebody else')
    const cash = { method: 'cash', provider: 'manual' } as const
    expect(said([], { ...cash, wasAskedRp: 44_000 })).toMatch(/^It was Rp44.000\. .* so it is Rp22.000 now\./)
    expect(said([], cash)).not.toContain('It was')
  })
})
