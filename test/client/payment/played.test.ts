import { describe, expect, it } from 'vitest'
import { paymentEn } from '../../../client/i18n/payment/payment.en.ts'
import { paymentId } from '../../../client/i18n/payment/payment.id.ts'
import { marked, playedOf } from '../../../client/payment/paying/played.ts'
import { paymentOf } from './sample-money.ts'

const practice = paymentOf(22_000)
const testKey = paymentOf(22_000, { provider: 'midtrans', isTest: true })
const live = paymentOf(22_000, { provider: 'midtrans' })
const cash = paymentOf(22_000, { provider: 'manual', method: 'cash' })

describe('A sentence about money that was only played', () => {
  it.each([
    [[], 'none'],
    [[live, cash], 'none'],
    [[practice], 'all'],
    [[testKey, practice], 'all'],
    [[cash, testKey], 'some'],
  ] as const)('is marked by the payments that it speaks of (%#)', (payments, played) => {
    expect(playedOf(payments)).toBe(played)
  })

  it('says so in front, in both languages, and nothing where money moved', () => {
    const { id, en } = { id: paymentId.practice.of, en: paymentEn.practice.of }
    expect(marked('Lunas.', 'all', id)).toBe('SIMULASI: Lunas.')
    expect(marked('Lunas.', 'some', id)).toBe('Sebagian SIMULASI: Lunas.')
    expect(marked('Paid.', 'all', en)).toBe('SIMULATION: Paid.')
    expect(marked('Paid.', 'none', en)).toBe('Paid.')
  })
})
