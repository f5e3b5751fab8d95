import { describe, expect, it } from 'vitest'
import type { Payment } from '#shared/payment/payment.ts'
import { learn, NO_FACTS, type PaymentEvent } from '#shared/payment/payment-facts.ts'
import { statusOf } from '#shared/payment/payment-status.ts'
import { paymentEn } from '../../../client/i18n/payment/payment.en.ts'
import { paymentId } from '../../../client/i18n/payment/payment.id.ts'
import type { PaymentWords } from '../../../client/i18n/payment/payment-words.ts'
import { paymentSaid } from '../../../client/payment/paying/payment-said.ts'
import { paymentStateOf } from '../../../client/payment/paying/payment-state.ts'
import { NOW, paymentOf } from './sample-money.ts'

let made = 0
const got = (ref: string, amountRp = 22_000): PaymentEvent => ({ kind: 'received', ref, amountRp, atMs: NOW })
const back = (amountRp: number, isByHand = false): PaymentEvent => ({
  ...{ kind: 'refund', refundId: `rfd_01700000${made++}`, amountRp, stage: 'succeeded', atMs: NOW },
  ...(isByHand && { isByHand }),
})
const closed: PaymentEvent = { kind: 'cancelled', atMs: NOW - 1 }

function said(
  events: readonly PaymentEvent[],
  change: Partial<Payment> = {},
  words: PaymentWords = paymentEn,
): string {
  const facts = events.reduce(learn, NO_FACTS)
  const status = statusOf({ askedRp: change.askedRp ?? 22_000, facts })
  const payment = paymentOf(22_000, { facts, status, ...change })
  const state = paymentStateOf(payment, NOW)
  return paymentSaid({ payment, state, serverNowMs: NOW, leftRp: 0, isAway: false }, words)
}

describe('Whoever pays reads', () => {
  it('how much of what came twice or late still waits, and how much stays for the bill', () => {
    expect(said([got('a'), got('b'), back(10_000)])).toContain('Rp12.000 came twice')
    expect(said([closed, got('a'), back(10_000)])).toMatch(/^Rp12.000 is on record but does not count/)
    expect(said([got('a'), got('b'), back(22_000)])).toBe(
      'Rp22.000 was returned. Rp22.000 stays for the bill.',
    )
  })

  it('that nothing stays for the bill of what is to go back too, and what stays as the tip', () => {
    const half = (freedRp: number, words?: PaymentWords) =>
      said(
        [got('a', 44_000), back(22_000)],
        { askedRp: 44_000, amountRp: 44_000, covers: [], freedRp },
        words,
      )
    expect(half(22_000)).toBe('Rp22.000 was returned.')
    expect(half(22_000, paymentId)).toBe('Rp22.000 sudah dikembalikan.')
    expect(half(2000)).toBe('Rp22.000 was returned. Rp20.000 stays for the bill.')
    const tipped = (words?: PaymentWords) =>
      said(
        [got('a', 24_000), { ...back(10_000), tipRp: 0 } as PaymentEvent],
        { askedRp: 24_000, tipRp: 2000, covers: [{ orderId: 'ord_1', amountRp: 12_000 }] },
        words,
      )
    expect(tipped()).toBe('Rp10.000 was returned. Rp12.000 stays for the bill. Rp2.000 stays as the tip.')
    expect(tipped(paymentId)).toContain('Rp12.000 tetap untuk tagihan. Rp2.000 tetap sebagai tip.')
  })

  it('of a short payment what of it went back, and of no more returned than came that it was all', () => {
    expect(said([got('a', 11_000), back(5000)])).toMatch(/^Rp11.000 of Rp22.000 .* Rp5.000 was returned.$/)
    const more = [got('a'), back(44_000)]
    expect(said(more)).toMatch(/^Rp44.000 was returned, more than the Rp22.000 that arrived/)
    expect(said(more, {}, paymentId)).toMatch(/^Rp44.000 sudah dikembalikan, lebih dari Rp22.000 yang masuk/)
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
    expect(said([], { ...cash, amountRp: 21_960, roundingRp: 40, wasAskedRp: 22_000 })).not.toContain(
      'It was',
    )
  })
})
