import { describe, expect, it } from 'vitest'
import { standingOf } from '#shared/payment/bill/standing.ts'
import type { Bill, Payment, Refund } from '#shared/payment/payment.ts'
import { NO_FACTS } from '#shared/payment/payment-facts.ts'
import { paymentRowsOf } from '../../../client/payment/bill/bill-view.ts'
import { moneyBackOf } from '../../../client/payment/bill/money-back.ts'
import { isMoneyNews, moneyOnItsWay } from '../../../client/payment/bill/money-on-its-way.ts'
import { billFor, makeId, NOW, orderOf, paid, paymentOf } from './sample-money.ts'

function refunding(payment: Payment, amountRp: number, stage: 'sent' | 'succeeded'): Payment {
  const refunds = [{ refundId: makeId('rfd'), amountRp, stage }]
  const facts = { ...payment.facts, refunds }
  return { ...payment, facts, status: stage === 'succeeded' ? 'refunded' : payment.status }
}

describe('Money that is not for the bill any more', () => {
  const whole = paid(paymentOf(22_000))

  it('is due when the order was cancelled after it was paid', () => {
    expect(moneyBackOf(standingOf(0, [whole]), [whole])).toEqual({ dueRp: 22_000, undecidedRp: 0 })
  })

  it('is due beside what another guest still owes, and said to count for nothing', () => {
    const freed = { ...whole, covers: [], freedRp: 22_000 }
    const standing = standingOf(9000, [freed])
    expect(standing).toMatchObject({ remainderRp: 9000, overRp: 22_000 })
    expect(moneyBackOf(standing, [freed])).toEqual({ dueRp: 22_000, undecidedRp: 0 })
    const order = orderOf(2, [[20_000, 1]], makeId('vis'))
    const bill = { ...billFor([order]), id: freed.billId }
    const own = { bills: [bill], payments: [freed], refunds: [], ownIds: new Set([freed.id]) }
    expect(moneyOnItsWay(own)).toMatchObject([{ state: 'due', amountRp: 22_000, isOwing: false }])
    // Also when the bill has gone with its visit.
    expect(moneyOnItsWay({ ...own, bills: [] })).toMatchObject([{ state: 'due', amountRp: 22_000 }])
  })

  it('is not due any more while it is on its way back, and not when it has gone back', () => {
    for (const stage of ['sent', 'succeeded'] as const) {
      const back = refunding(whole, 22_000, stage)
      expect(moneyBackOf(standingOf(0, [back]), [back])).toEqual({ dueRp: 0, undecidedRp: 0 })
    }
  })

  it('waits to be decided also while other money is on its way back', () => {
    const leaving = { ...refunding(whole, 22_000, 'sent'), covers: [{ orderId: 'ord_1', amountRp: 22_000 }] }
    const receipts = [{ ref: 'late', amountRp: 22_000, atMs: NOW }]
    const facts = { ...NO_FACTS, cancelledAtMs: NOW - 1, receipts }
    const late = paymentOf(22_000, { status: 'paid_late', facts, phone: 2, covers: [] })
    const both = [leaving, late]
    const standing = standingOf(44_000, both)
    expect(moneyBackOf(standing, both)).toEqual({ dueRp: 0, undecidedRp: 22_000 })
    const returned = [leaving, refunding(late, 22_000, 'sent')]
    expect(moneyBackOf(standingOf(44_000, returned), returned)).toEqual({ dueRp: 0, undecidedRp: 0 })
  })

  it('takes the tip along where nothing is left of what was paid', () => {
    const tipped = { ...paid({ ...paymentOf(27_000), amountRp: 22_000, tipRp: 5000 }), covers: [] }
    const freed = { ...tipped, freedRp: 22_000 }
    expect(moneyBackOf(standingOf(0, [freed]), [freed])).toEqual({ dueRp: 27_000, undecidedRp: 0 })
  })

  it('is told in the list of payments by how much came and how much goes back', () => {
    const rows = paymentRowsOf(
      [refunding(whole, 20_000, 'sent'), refunding(paid(paymentOf(9000)), 9000, 'succeeded')],
      new Set([1]),
      [],
    )
    expect(rows.map((row) => [row.state, row.amountRp, row.returnedRp, row.returningRp])).toEqual([
      ['returning', 22_000, 0, 20_000],
      ['returned', 9000, 9000, 0],
    ])
  })
})

describe('Money of this phone, wherever its bill has gone', () => {
  const order = orderOf(1, [[20_000, 1]], makeId('vis'))
  const bill: Bill = { ...billFor([order]), tableLabel: null }
  const of = (payment: Payment): Payment => ({ ...payment, billId: bill.id })
  const cancelled: Bill = { ...bill, sums: { ...bill.sums, subtotalRp: 0, taxRp: 0, totalRp: 0 } }
  const onItsWay = (payment: Payment, bills: readonly Bill[], refunds: readonly Refund[] = []) =>
    moneyOnItsWay({ bills, payments: [payment], refunds, ownIds: new Set([payment.id]) })
  const late = (payment: Payment): Payment => ({
    ...payment,
    status: 'paid_late',
    facts: {
      ...NO_FACTS,
      cancelledAtMs: NOW,
      receipts: [{ ref: 'a', amountRp: payment.askedRp, atMs: NOW + 60_000 }],
    },
  })

  it('that is paid and owed is nobody’s matter, whether the bill is known or not', () => {
    const payment = of(paid(paymentOf(bill.sums.totalRp)))
    expect(onItsWay(payment, [bill])).toEqual([])
    expect(onItsWay(payment, [])).toEqual([])
  })

  it('is due after the pick-up was cancelled, said to somebody who is not there', () => {
    const [found] = onItsWay(of(paid(paymentOf(22_000))), [cancelled])
    expect(found).toMatchObject({
      state: 'due',
      amountRp: 22_000,
      isAtTable: false,
      isOwing: false,
      pickupVisitId: bill.visitId,
    })
  })

  it('that came after cancelling is due too, also without its bill', () => {
    for (const bills of [[cancelled], []]) {
      const found = onItsWay(late(of(paymentOf(22_000))), bills)
      expect(found).toMatchObject([{ state: 'due', amountRp: 22_000, isBillKnown: bills.length > 0 }])
    }
  })

  it('that went back says when and how', () => {
    const payment = of(refunding(paid(paymentOf(22_000)), 22_000, 'succeeded'))
    const refund = {
      id: payment.facts.refunds[0]?.refundId ?? '',
      paymentId: payment.id,
      way: 'cash',
      stage: 'succeeded',
      endedAtMs: NOW + 5000,
    } as Refund
    expect(onItsWay(payment, [], [refund])).toMatchObject([
      { state: 'returned', amountRp: 22_000, by: 'cash', atMs: NOW + 5000 },
    ])
    expect(onItsWay(payment, [cancelled])).toMatchObject([{ state: 'returned', by: 'bank', atMs: null }])
  })

  it('that went back in two ways is told by each: nobody looks at the bank for what was handed over', () => {
    const back = (amountRp: number, isByHand: boolean) => ({
      ...{ refundId: makeId('rfd'), amountRp, stage: 'succeeded' as const },
      ...(isByHand && { isByHand: true as const }),
    })
    const refunds = [back(34_000, false), back(6000, true), back(4000, true)]
    const whole = paid(paymentOf(44_000, { provider: 'xendit' }))
    const payment = of({ ...whole, status: 'refunded', facts: { ...whole.facts, refunds } })
    const records = refunds.map(({ refundId: id, isByHand }, place) => ({
      ...{ id, paymentId: payment.id, way: isByHand ? 'cash' : 'same', stage: 'succeeded' },
      endedAtMs: NOW + place,
    })) as Refund[]
    expect(onItsWay(payment, [], records)).toMatchObject([
      { state: 'returned', amountRp: 34_000, by: 'bank', atMs: NOW },
      { state: 'returned', amountRp: 10_000, by: 'cash', atMs: NOW + 2 },
    ])
  })

  it('that the provider gave back by itself is told without a time once the table is closed', () => {
    const payment = of(refunding(paid(paymentOf(22_000)), 22_000, 'succeeded'))
    const [found] = onItsWay(payment, [])
    if (!found) throw new Error('Nothing is told of it.')
    expect(found).toMatchObject({ state: 'returned', atMs: null, isAtTable: false })
    expect(isMoneyNews(found, NOW + 3_600_000)).toBe(true)
    expect(isMoneyNews(found, NOW + 30 * 24 * 3_600_000)).toBe(false)
  })
})
