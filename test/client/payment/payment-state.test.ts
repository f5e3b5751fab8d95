import { describe, expect, it } from 'vitest'
import { NO_FACTS } from '#shared/payment/payment-facts.ts'
import { statusOf } from '#shared/payment/payment-status.ts'
import { PAYMENT_STATUSES } from '#shared/payment/payment-statuses.ts'
import { paymentEn } from '../../../client/i18n/payment/payment.en.ts'
import { paymentId } from '../../../client/i18n/payment/payment.id.ts'
import { shownQris } from '../../../client/payment/code/qris-check.ts'
import {
  hasReceipt,
  lookPauseMs,
  paymentStateOf,
  timeLeft,
} from '../../../client/payment/paying/payment-state.ts'
import { STATIC } from '../../shared/payment/qris/sample-qris.ts'
import { simulatedQris } from '../../support/gateways/simulated-qris.ts'
import { NOW, paid, paymentOf } from './sample-money.ts'

describe('A payment as its page tells of it', () => {
  it('is being made, shown, and after its time asked about', () => {
    const payment = paymentOf(20_000)
    expect(paymentStateOf(payment, NOW)).toBe('making')
    const shown = { ...payment, qrText: simulatedQris(20_000, 'pay') }
    expect(paymentStateOf(shown, NOW)).toBe('code')
    expect(paymentStateOf(shown, NOW + 900_000)).toBe('checking')
  })

  it('waits at the till for cash and card, and for a person with the static code', () => {
    expect(paymentStateOf(paymentOf(1000, { method: 'cash', provider: 'manual' }), NOW)).toBe('cashier')
    expect(paymentStateOf(paymentOf(1000, { method: 'card', provider: 'manual' }), NOW)).toBe('cashier')
    const own = paymentOf(1000, { method: 'qris_static', provider: 'manual', qrText: STATIC })
    expect(paymentStateOf(own, NOW)).toBe('static')
  })

  it('says that money is on its way back while it is', () => {
    const done = paid(paymentOf(20_000))
    const refunds = [{ refundId: 'rfd_1', amountRp: 20_000, stage: 'sent' as const }]
    expect(paymentStateOf(done, NOW)).toBe('paid')
    expect(paymentStateOf({ ...done, facts: { ...done.facts, refunds } }, NOW)).toBe('returning')
  })

  it('waits for a person only while something waits to be decided, and else says what became of it', () => {
    type Facts = (typeof NO_FACTS)['receipts'][number]
    const got = (ref: string, amountRp = 20_000, atMs = NOW): Facts => ({ ref, amountRp, atMs })
    let made = 0
    const back = (amountRp: number, stage: 'sent' | 'succeeded' = 'succeeded') => ({
      ...{ refundId: `rfd_01700000${made++}`, amountRp, stage },
    })
    const stateOf = (facts: Partial<typeof NO_FACTS>, isMissing = true) => {
      const known = { ...NO_FACTS, ...facts }
      const status = statusOf({ askedRp: 20_000, facts: known })
      return paymentStateOf(paymentOf(20_000, { facts: known, status }), NOW, isMissing)
    }
    const twice = [got('a'), got('b')]
    expect(stateOf({ receipts: twice, refunds: [back(10_000)] })).toBe('twice')
    expect(stateOf({ receipts: twice, refunds: [back(20_000, 'sent')] })).toBe('returning')
    expect(stateOf({ receipts: twice, refunds: [back(20_000)] })).toBe('partly_refunded')
    const late = { expiredAtMs: NOW - 1, receipts: [got('a')] }
    expect(stateOf({ ...late, refunds: [back(8000)] })).toBe('late')
    expect(stateOf({ ...late, refunds: [back(20_000, 'sent')] })).toBe('returning')
    expect(stateOf({ receipts: [got('a')], refunds: [back(8000), back(12_000, 'sent')] })).toBe('returning')
    const short = { receipts: [got('a', 9000)] }
    expect([stateOf(short), stateOf(short, false)]).toEqual(['short', 'paid'])
    expect(stateOf({ ...short, refunds: [back(9000, 'sent')] })).toBe('returning')
    const torn = [got('a'), got('a', 15_000)]
    expect(stateOf({ receipts: torn })).toBe('disputed')
    expect(stateOf({ receipts: torn, refunds: [back(20_000)] })).toBe('refunded')
  })

  it('has words in both languages for every status', () => {
    for (const status of PAYMENT_STATUSES) {
      const state = paymentStateOf(paymentOf(1000, { status, qrText: STATIC }), NOW)
      expect(paymentId.state[state].title, status).not.toBe('')
      expect(paymentEn.state[state].title, status).not.toBe('')
    }
  })

  it('has a receipt as soon as any money came, late money too', () => {
    expect(hasReceipt(paymentOf(20_000))).toBe(false)
    const facts = { ...NO_FACTS, expiredAtMs: NOW, receipts: [{ ref: 'a', amountRp: 20_000, atMs: NOW + 1 }] }
    const late = paymentOf(20_000, { facts, status: statusOf({ askedRp: 20_000, facts }) })
    expect(late.status).toBe('paid_late')
    expect(hasReceipt(late)).toBe(true)
  })
})

describe('While a code is on the screen', () => {
  it('is asked about each three seconds for a minute, then each ten', () => {
    expect([0, 19, 20, 500].map(lookPauseMs)).toEqual([3000, 3000, 10_000, 10_000])
  })

  it('counts down to nothing, never below', () => {
    expect(timeLeft(NOW + 61_500, NOW)).toBe('01:02')
    expect(timeLeft(NOW + 1, NOW)).toBe('00:01')
    expect(timeLeft(NOW, NOW)).toBeNull()
    expect(timeLeft(null, NOW)).toBeNull()
  })
})

describe('A code to be drawn', () => {
  it('is told with the name and city that the wallet will show', () => {
    expect(shownQris({ qrText: simulatedQris(20_000, 'pay'), askedRp: 20_000 })).toMatchObject({
      merchantName: 'SIMULASI',
      city: 'MEDAN',
      isAmountInside: true,
    })
    expect(shownQris({ qrText: STATIC, askedRp: 20_000 })).toMatchObject({ isAmountInside: false })
  })

  it('is never drawn when it names another amount or was changed on its way', () => {
    const text = simulatedQris(20_000, 'pay')
    expect(shownQris({ qrText: text, askedRp: 21_000 })).toBeNull()
    expect(shownQris({ qrText: text.replace('SIMULASI6', 'SIMULASY6'), askedRp: 20_000 })).toBeNull()
    expect(shownQris({ qrText: 'https://example.com', askedRp: 20_000 })).toBeNull()
    expect(shownQris({ qrText: null, askedRp: 20_000 })).toBeNull()
  })
})
