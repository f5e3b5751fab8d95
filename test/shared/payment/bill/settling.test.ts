import { describe, expect, test } from 'vitest'
import { settle } from '#shared/payment/bill/settling.ts'
import { standingOf } from '#shared/payment/bill/standing.ts'
import type { Payment } from '#shared/payment/payment.ts'
import { NO_FACTS } from '#shared/payment/payment-facts.ts'
import { type Kept, openBill } from './open-bill.ts'

/** Orders at these prices of one guest, who has paid them all in one. */
function paidBill(...pricesRp: readonly number[]) {
  const bill = openBill()
  for (const priceRp of pricesRp) bill.order(priceRp)
  bill.pay(bill.standing().owedRp)
  return bill
}

/** One order of 22.000 of each guest, who pays for it at once. */
function eachPaid(...phones: readonly number[]) {
  const bill = openBill()
  for (const phone of phones) {
    bill.order(22_000, phone)
    bill.pay(22_000, { phone })
  }
  return bill
}

describe('money that a provider gave back unasked', () => {
  test('after everything was cancelled was due, and the next cup is to be paid', () => {
    const bill = paidBill(49_500)
    bill.cancel(0)
    expect(bill.dashboard(49_500)).toMatchObject({ overRp: 0, undecidedRp: 0 })
    expect(bill.order(27_500)).toMatchObject({ remainderRp: 27_500, undecidedRp: 0 })
  })

  test('before everything was cancelled was due as well', () => {
    const bill = paidBill(20_000, 24_000)
    expect(bill.dashboard(44_000)).toMatchObject({ remainderRp: 0, undecidedRp: 44_000 })
    expect(bill.cancel(0)).toMatchObject({ overRp: 0, undecidedRp: 24_000 })
    expect(bill.cancel(0)).toMatchObject({ overRp: 0, undecidedRp: 0 })
    expect(bill.order(22_000)).toMatchObject({ remainderRp: 22_000 })
  })

  test('is decided as far as a discount or a cancelled order covers it', () => {
    const bill = paidBill(30_000, 5500)
    bill.dashboard(10_000)
    expect(bill.cancel(1)).toMatchObject({ remainderRp: 0, overRp: 0, undecidedRp: 4500 })
    expect(bill.discount(1500)).toMatchObject({ remainderRp: 0, overRp: 0, undecidedRp: 3000 })
    expect(bill.order(22_000)).toMatchObject({ remainderRp: 22_000, undecidedRp: 3000 })
  })

  test('concerns nothing that was ordered since, whichever of both is cancelled', () => {
    const begin = () => {
      const bill = paidBill(22_000)
      bill.dashboard(22_000)
      expect(bill.order(22_000)).toMatchObject({ remainderRp: 22_000, undecidedRp: 22_000 })
      return bill
    }
    expect(begin().cancel(0)).toMatchObject({ remainderRp: 22_000, undecidedRp: 0 })
    expect(begin().cancel(1)).toMatchObject({ remainderRp: 0, overRp: 0, undecidedRp: 22_000 })
    const paid = begin()
    paid.pay(22_000)
    // Paid for the second, and no answer to the question about the first.
    expect(paid.cancel(1)).toMatchObject({ remainderRp: 0, overRp: 22_000, undecidedRp: 22_000 })
    expect(paid.oweAgain()).toMatchObject({ remainderRp: 0, overRp: 0, undecidedRp: 0 })
  })

  test('by another payment of the same phone than the one that is cancelled later is due as well', () => {
    const bill = eachPaid(1, 1)
    bill.dashboard(22_000, 0)
    expect(bill.cancel(1)).toMatchObject({ remainderRp: 0, overRp: 0, undecidedRp: 0 })
  })

  const ways = ['by names', 'at the end', 'at the till'] as const
  /** Two guests, each of whom pays an order of 22.000. */
  function two(way: (typeof ways)[number]) {
    const bill = openBill()
    for (const phone of [1, 2]) {
      bill.order(22_000, phone)
      const names = bill.orderIds().slice(-1)
      bill.pay(
        22_000,
        way === 'by names' ? { names, phone } : { phone: way === 'at the till' ? null : phone },
      )
    }
    return bill
  }

  test.each(ways)('concerns no order that another guest paid, %s', (way) => {
    const bill = two(way)
    expect(bill.dashboard(22_000, 0)).toMatchObject({ overRp: 0, undecidedRp: 22_000 })
    expect(bill.cancel(1)).toMatchObject({ remainderRp: 0, overRp: 22_000, undecidedRp: 22_000 })
    expect(bill.plan()).toEqual([{ paymentId: bill.payments()[1]?.id, amountRp: 22_000 }])
    expect(bill.refund(22_000, 1)).toMatchObject({ overRp: 0, undecidedRp: 22_000 })
    expect(bill.cancel(0)).toMatchObject({ overRp: 0, undecidedRp: 0 })

    const other = two(way)
    other.dashboard(22_000, 0)
    expect(other.cancel(0)).toMatchObject({ remainderRp: 0, overRp: 0, undecidedRp: 0, paidRp: 22_000 })
  })

  test.each(ways)('settles no money of another guest that is to go back, %s', (way) => {
    const bill = two(way)
    expect(bill.cancel(1)).toMatchObject({ overRp: 22_000 })
    expect(bill.dashboard(22_000, 0)).toMatchObject({ overRp: 22_000, undecidedRp: 22_000 })
    expect(bill.plan()).toEqual([{ paymentId: bill.payments()[1]?.id, amountRp: 22_000 }])
    if (way === 'by names') {
      expect(bill.dashboard(22_000, 1)).toMatchObject({ overRp: 0, undecidedRp: 22_000 })
    }
    expect(two(way).dashboard(22_000, 1)).toMatchObject({ undecidedRp: 22_000 })
  })

  test.each([
    ['their own', [2, 1]],
    ['the oldest', [3, 3]],
  ] as const)('of parts by amount concerns %s orders', (_, phones) => {
    const begin = () => {
      const bill = openBill()
      for (const phone of phones) bill.order(22_000, phone)
      bill.pay(22_000, { phone: 2 })
      bill.pay(22_000, { phone: 1 })
      return bill
    }
    const bill = begin()
    bill.dashboard(22_000, 0)
    expect(bill.cancel(0)).toMatchObject({ overRp: 0, undecidedRp: 0, remainderRp: 0 })
    const other = begin()
    other.dashboard(22_000, 0)
    expect(other.cancel(1)).toMatchObject({ overRp: 22_000, undecidedRp: 22_000 })
    expect(other.plan()).toEqual([{ paymentId: other.payments()[1]?.id, amountRp: 22_000 }])
    expect(other.oweAgain()).toMatchObject({ overRp: 22_000, remainderRp: 22_000, undecidedRp: 0 })
  })

  test('of cups in several orders concerns each as far as it is sure', () => {
    const bill = openBill()
    bill.order(44_000)
    bill.order(22_000, 2)
    // Both cups of the second guest, one of them in the order of the first.
    bill.pay(44_000, {
      names: [
        ['ord_0', 22_000],
        ['ord_1', 22_000],
      ],
      phone: 2,
    })
    bill.pay(22_000, { names: [['ord_0', 22_000]], phone: 1 })
    bill.dashboard(44_000, 0)
    expect(bill.cancel(0)).toMatchObject({ overRp: 22_000, undecidedRp: 22_000 })
    expect(bill.cancel(0)).toMatchObject({ overRp: 22_000, undecidedRp: 0, paidRp: 22_000 })
  })

  test.each(['failed', 'dropped'] as const)(
    'beside a refund asked for here that is %s then was due',
    (stage) => {
      const bill = paidBill(22_000, 22_000)
      bill.cancel(0)
      bill.ask(22_000)
      expect(bill.dashboard(22_000)).toMatchObject({
        overRp: 22_000,
        undecidedRp: 22_000,
        returningRp: 22_000,
      })
      expect(bill.end(stage)).toMatchObject({ overRp: 0, undecidedRp: 0, paidRp: 22_000, remainderRp: 0 })
      expect(bill.order(5000)).toMatchObject({ remainderRp: 5000 })
    },
  )

  test('beside a refund asked for here that is done then is a question', () => {
    const bill = paidBill(22_000, 22_000)
    bill.cancel(0)
    bill.ask(22_000)
    bill.dashboard(22_000)
    expect(bill.end('succeeded')).toMatchObject({ overRp: 0, undecidedRp: 22_000, paidRp: 0 })
    expect(bill.cancel(0)).toMatchObject({ overRp: 0, undecidedRp: 0 })
  })

  test('concerns no order that nobody had paid then', () => {
    const bill = openBill()
    bill.order(22_000)
    bill.order(18_000)
    bill.pay(18_000, { names: ['ord_1'] })
    bill.dashboard(18_000)
    expect(bill.standing()).toMatchObject({ remainderRp: 22_000, undecidedRp: 18_000 })
    expect(bill.cancel(0)).toMatchObject({ remainderRp: 0, undecidedRp: 18_000 })
    expect(bill.cancel(0)).toMatchObject({ remainderRp: 0, undecidedRp: 0 })
  })

  test('twice concerns at each time what was paid by then', () => {
    const bill = paidBill(22_000)
    bill.dashboard(22_000)
    bill.order(22_000)
    bill.pay(22_000)
    bill.dashboard(5000, 1)
    expect(bill.cancel(1)).toMatchObject({ remainderRp: 0, overRp: 17_000, undecidedRp: 22_000 })
  })

  test('of what came too much is no question', () => {
    const bill = openBill()
    bill.order(22_000)
    bill.pay(22_000, { tipRp: 3000, receivedRp: 30_000 })
    expect(bill.dashboard(5000)).toMatchObject({ remainderRp: 0, undecidedRp: 0 })
    expect(bill.refund(4000)).toMatchObject({ remainderRp: 4000, undecidedRp: 0 })
  })

  test('before a later version of these rules was kept is told by what was owed then', () => {
    const payment = {
      id: 'pay_1',
      amountRp: 22_000,
      tipRp: 0,
      roundingRp: 0,
      askedRp: 22_000,
      part: { kind: 'rest' },
    }
    const refund = { refundId: 'rfd_00000000001', amountRp: 22_000, stage: 'succeeded' }
    const facts = { ...NO_FACTS, receipts: [{ ref: 'r', amountRp: 22_000, atMs: 1 }], refunds: [refund] }
    const before = { orders: [], sums: { totalRp: 0 } } as unknown as Kept
    const payments = settle({
      before,
      orders: [{ orderId: 'ord_1', totalRp: 9000 }],
      isDiscounted: false,
      payments: [{ ...payment, status: 'refunded', createdAtMs: 1, facts } as unknown as Payment],
      nowMs: 1000,
    })
    expect(standingOf(9000, payments)).toMatchObject({ remainderRp: 9000, overRp: 0, undecidedRp: 0 })
  })
})

describe('what a payment is for', () => {
  const coversOf = (bill: ReturnType<typeof openBill>) =>
    bill
      .payments()
      .map(({ covers }) => (covers ?? []).map(({ orderId, amountRp }) => `${orderId} ${amountRp}`))

  test('goes to the cups that somebody names, and a share of all goes elsewhere then', () => {
    const bill = openBill()
    bill.order(22_000, 1)
    bill.order(22_000, 2)
    bill.pay(11_000, { phone: 3 })
    expect(coversOf(bill)).toEqual([['ord_0 11000']])
    bill.pay(22_000, { phone: 1, names: ['ord_0'] })
    expect(coversOf(bill)).toEqual([['ord_1 11000'], ['ord_0 22000']])
    expect(bill.cancel(0)).toMatchObject({ overRp: 22_000, remainderRp: 11_000 })
    expect(bill.plan()).toEqual([{ paymentId: bill.payments()[1]?.id, amountRp: 22_000 }])
  })

  test('for an order that the bill did not hold before stays with it', () => {
    const bill = eachPaid(1)
    bill.forgetOrders()
    expect(bill.keep()).toMatchObject({ remainderRp: 0, overRp: 0 })
    expect(coversOf(bill)).toEqual([['ord_0 22000']])
    bill.cancel(0)
    expect(bill.payments()[0]?.freedRp).toBe(22_000)
  })

  test('is the table’s, where the till took it for no cups', () => {
    const bill = openBill()
    bill.order(22_000, 1)
    bill.pay(22_000, { phone: null })
    bill.cancel(0)
    expect(bill.order(30_000, 2)).toMatchObject({ overRp: 0, remainderRp: 8000 })
    const named = openBill()
    named.order(22_000, 1)
    named.pay(22_000, { phone: null, names: ['ord_0'] })
    named.cancel(0)
    expect(named.order(30_000, 2)).toMatchObject({ overRp: 22_000, remainderRp: 30_000 })
  })

  test('is told nothing of by earlier versions, and then goes by the bill as it was kept last', () => {
    const bill = eachPaid(1, 2)
    bill.forget()
    expect(bill.cancel(0)).toMatchObject({ overRp: 22_000, remainderRp: 0 })
    expect(bill.plan()).toEqual([{ paymentId: bill.payments()[0]?.id, amountRp: 22_000 }])
  })

  test('leaves nothing to propose twice while a refund of the same guest is under way', () => {
    const bill = eachPaid(1, 1)
    bill.cancel(0)
    expect(bill.plan()).toEqual([{ paymentId: bill.payments()[0]?.id, amountRp: 22_000 }])
    bill.ask(22_000, 1)
    expect(bill.plan()).toEqual([])
    expect(bill.end('succeeded')).toMatchObject({ overRp: 0, remainderRp: 0 })
    const shared = eachPaid(1, 2)
    shared.discount(5000)
    shared.ask(2500, 0)
    const others = [{ paymentId: shared.payments()[1]?.id, amountRp: 2500 }]
    expect(shared.plan()).toEqual(others)
    expect(shared.end('succeeded')).toMatchObject({ overRp: 2500, remainderRp: 0 })
    expect(shared.plan()).toEqual(others)
  })
})
