import { describe, expect, it } from 'vitest'
import { NO_FACTS } from '#shared/payment/payment-facts.ts'
import { billViewOf, ownPending, payersLeft, paymentRowsOf } from '../../../client/payment/bill/bill-view.ts'
import { charges, makeId, NOW, orderOf, paid, paymentOf, tableOf } from './sample-money.ts'

const visitId = makeId('vis')
const own = orderOf(1, [[20_000, 2]], visitId)
const friends = orderOf(2, [[30_000, 1]], visitId)

describe('The bill on a phone', () => {
  it('is the same before the bar was asked as after, as long as nobody gives a discount', () => {
    const opened = billViewOf(tableOf([own, friends]), charges)
    const provisional = billViewOf(tableOf([own, friends], { bill: null }), charges)
    expect(opened?.sheet).toEqual(provisional?.sheet)
    expect([opened?.isProvisional, provisional?.isProvisional]).toEqual([false, true])
    expect(opened?.standing.remainderRp).toBe(77_000)
  })

  it('leaves out what was cancelled, and is nothing when nothing else was ordered', () => {
    const cancelled = { ...own, status: 'cancelled' as const }
    expect(billViewOf(tableOf([cancelled], { bill: null }), charges)).toBeNull()
  })

  it('says when lines of a friend’s order are still on their way', () => {
    const table = tableOf([own, friends])
    const view = billViewOf({ ...table, orders: [own] }, charges)
    expect(view?.isWhole).toBe(false)
    expect(view?.standing.owedRp).toBe(77_000)
  })

  it('counts what others are paying now as not to be had', () => {
    const view = billViewOf(tableOf([own, friends], { payments: [paymentOf(30_000, { phone: 2 })] }), charges)
    expect(view?.standing).toMatchObject({ remainderRp: 77_000, pendingRp: 30_000, openRp: 47_000 })
  })

  it('tells who paid, who is paying, and what a person has to look at; what came to nothing is left out', () => {
    const late = { ...NO_FACTS, expiredAtMs: NOW, receipts: [{ ref: 'a', amountRp: 9000, atMs: NOW + 1 }] }
    const rows = paymentRowsOf(
      [
        paid(paymentOf(20_000)),
        paymentOf(30_000, { phone: 2 }),
        paymentOf(5000, { status: 'expired', facts: { ...NO_FACTS, expiredAtMs: NOW } }),
        paymentOf(9000, { phone: null, status: 'paid_late', facts: late }),
      ],
      new Set([1]),
      [],
    )
    expect(rows.map(({ payer, state, amountRp }) => [payer, state, amountRp])).toEqual([
      ['own', 'paid', 20_000],
      [2, 'paying', 30_000],
      ['staff', 'attention', 9000],
    ])
  })

  it('tells what went back, what is on its way, and what of the rest nobody has decided', () => {
    const twice = [
      { ref: 'a', amountRp: 22_000, atMs: NOW },
      { ref: 'b', amountRp: 22_000, atMs: NOW + 1 },
    ]
    const back = (amountRp: number, stage: 'sent' | 'succeeded') => ({
      refundId: makeId('rfd'),
      amountRp,
      stage,
    })
    const rowOf = (...refunds: ReturnType<typeof back>[]) => {
      const facts = { ...NO_FACTS, receipts: twice, refunds }
      const payment = paymentOf(22_000, { status: 'partly_refunded', facts })
      const [row] = paymentRowsOf([payment], new Set([1]), [])
      return [row?.state, row?.returnedRp, row?.returningRp]
    }
    expect(rowOf(back(10_000, 'succeeded'))).toEqual(['attention', 10_000, 0])
    expect(rowOf(back(10_000, 'succeeded'), back(5000, 'sent'))).toEqual(['attention', 10_000, 5000])
    expect(rowOf(back(10_000, 'succeeded'), back(12_000, 'sent'))).toEqual(['returning', 10_000, 12_000])
    expect(rowOf(back(22_000, 'succeeded'))).toEqual(['returned', 22_000, 0])
  })

  it('calls the barista about what came short, as its own page does, until the rest was paid', () => {
    const orders = [own, friends].map(({ id, quote }) => ({ orderId: id, totalRp: quote.totalRp }))
    const covers = orders.map(({ orderId, totalRp: amountRp }) => ({ orderId, amountRp }))
    const facts = { ...NO_FACTS, receipts: [{ ref: 'a', amountRp: 44_000, atMs: NOW }] }
    const short = paymentOf(77_000, { status: 'short', facts, covers: covers.slice(0, 1) })
    const about = {
      ...short,
      covers: [...(short.covers ?? []), { ...covers[1]!, amountRp: 0, forRp: 33_000 }],
    }
    const rest = { ...paid(paymentOf(33_000, { phone: null })), covers: covers.slice(1) }
    const stateOf = (payments: (typeof short)[]) => paymentRowsOf(payments, new Set([1]), orders)[0]?.state
    expect(stateOf([about])).toBe('attention')
    expect(stateOf([about, rest])).toBe('paid')
    // Also while a part of it goes back, or when that has.
    for (const stage of ['sent', 'succeeded'] as const) {
      const refunds = [{ refundId: makeId('rfd'), amountRp: 5000, stage }]
      expect(stateOf([{ ...about, facts: { ...facts, refunds } }])).toBe('attention')
    }
  })

  it('finds the one payment of this phone that is under way, whichever of its numbers began it', () => {
    const mine = paymentOf(10_000, { phone: 4 })
    const table = tableOf([own], {
      ownNumbers: new Set([1, 4]),
      payments: [paymentOf(1000, { phone: 2 }), mine],
    })
    expect(ownPending(table)).toBe(mine)
    expect(ownPending({ ...table, payments: [paid(mine)] })).toBeNull()
  })

  it('proposes to share among the phones that have not paid', () => {
    const payments = [paid(paymentOf(20_000, { phone: 2 })), paymentOf(5000, { phone: 2 })]
    expect(payersLeft(tableOf([own], { phones: 4, payments }))).toBe(3)
    expect(payersLeft(tableOf([own], { phones: 1 }))).toBe(2)
  })
})
