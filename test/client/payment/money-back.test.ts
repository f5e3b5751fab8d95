import { describe, expect, it } from 'vitest'
import { standingOf } from '#shared/payment/bill/standing.ts'
import type { Payment } from '#shared/payment/payment.ts'
import { paymentRowsOf } from '../../../client/payment/bill/bill-view.ts'
import { moneyBackOf } from '../../../client/payment/bill/money-back.ts'
import { makeId, paid, paymentOf } from './sample-money.ts'

function refunding(payment: Payment, amountRp: number, stage: 'sent' | 'succeeded'): Payment {
  const refunds = [{ refundId: makeId('rfd'), amountRp, stage }]
  const facts = { ...payment.facts, refunds }
  return { ...payment, facts, status: stage === 'succeeded' ? 'refunded' : payment.status }
}

describe('Money that is not for the bill any more', () => {
  const whole = paid(paymentOf(22_000))

  it('is due when the order was cancelled after it was paid', () => {
    expect(moneyBackOf(standingOf(0, [whole]))).toEqual({ dueRp: 22_000, undecidedRp: 0 })
  })

  it('is not due any more while it is on its way back, and not when it has gone back', () => {
    expect(moneyBackOf(standingOf(0, [refunding(whole, 22_000, 'sent')]))).toEqual({
      dueRp: 0,
      undecidedRp: 0,
    })
    expect(moneyBackOf(standingOf(0, [refunding(whole, 22_000, 'succeeded')]))).toEqual({
      dueRp: 0,
      undecidedRp: 0,
    })
  })

  it('is told in the list of payments by how much came and how much goes back', () => {
    const rows = paymentRowsOf(
      [refunding(whole, 20_000, 'sent'), refunding(paid(paymentOf(9000)), 9000, 'succeeded')],
      new Set([1]),
    )
    expect(rows.map(({ state, amountRp, returnedRp }) => [state, amountRp, returnedRp])).toEqual([
      ['returning', 22_000, 20_000],
      ['returned', 9000, 9000],
    ])
  })
})
