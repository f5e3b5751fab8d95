import { describe, expect, it } from 'vitest'
import { standingOf } from '#shared/payment/bill/standing.ts'
import type { Payment } from '#shared/payment/payment.ts'
import { paymentEn } from '../../../client/i18n/payment/payment.en.ts'
import { paymentId } from '../../../client/i18n/payment/payment.id.ts'
import { settledTitle, wentBackLines } from '../../../client/payment/bill/standing-words.ts'
import { paid, paymentOf } from './sample-money.ts'

/** Paid by a provider, which gave `amountRp` back by itself. */
function givenBack(amountRp: number): Payment {
  const payment = paid(paymentOf(22_000, { provider: 'xendit' }))
  const refund = { refundId: 'rfd_00000000001', amountRp, stage: 'succeeded' as const }
  return { ...payment, facts: { ...payment.facts, refunds: [refund] } }
}

describe('Where nothing is left to pay', () => {
  it('a guest reads that it is paid, and nothing of money that did not go back', () => {
    const standing = standingOf(22_000, [paid(paymentOf(22_000))])
    expect(settledTitle(standing, paymentId.bill)).toEqual({
      title: 'Lunas. Terima kasih, Kak!',
      isPaid: true,
    })
    expect(wentBackLines(standing, paymentId.bill)).toEqual([])
    expect(settledTitle(standingOf(0, []), paymentEn.bill).title).toBe('Nothing has to be paid')
  })

  it('a guest does not read that it is paid while nobody has decided about what went back', () => {
    const standing = standingOf(22_000, [givenBack(5000)])
    expect(standing).toMatchObject({ isPaid: true, paidRp: 17_000, undecidedRp: 5000 })
    for (const { bill } of [paymentId, paymentEn]) {
      const { title, isPaid } = settledTitle(standing, bill)
      expect([title, isPaid]).toEqual([bill.nothingNow, false])
      expect(wentBackLines(standing, bill).join()).toContain('Rp5.000')
    }
  })
})
