import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { apportion } from '#shared/payment/bill/apportion.ts'
import { decideDue } from '#shared/payment/bill/deciding.ts'
import { type Standing, standingOf } from '#shared/payment/bill/standing.ts'
import { decisionsAbout } from '#shared/payment/bill/undecided.ts'
import type { Bill, Payment } from '#shared/payment/payment.ts'
import { NO_FACTS } from '#shared/payment/payment-facts.ts'
import { advancePayment, amountsOf } from '#shared/payment/payment-status.ts'

type Kept = Pick<Bill, 'orders' | 'sums' | 'undecided'>

/** One bill, kept after each step as the server keeps it. */
function openBill() {
  let orders: readonly { readonly orderId: string; readonly priceRp: number }[] = []
  let discountRp = 0
  let payments: readonly Payment[] = []
  let kept = { orders: [], sums: { totalRp: 0 } } as unknown as Kept
  let made = 0

  function owed() {
    const wholeRp = orders.reduce((sum, { priceRp }) => sum + priceRp, 0)
    const prices = orders.map(({ priceRp }) => priceRp)
    const shares = apportion(Math.min(discountRp, wholeRp), prices.length > 0 ? prices : [0])
    return orders.map(({ orderId, priceRp }, index) => ({ orderId, totalRp: priceRp - (shares[index] ?? 0) }))
  }
  const owedRp = () => owed().reduce((sum, { totalRp }) => sum + totalRp, 0)
  const standing = (): Standing => standingOf(owedRp(), payments)
  function keep(isDiscounted = false): Standing {
    const decided = decideDue({ before: kept, orders: owed(), isDiscounted, payments })
    payments = decided.payments
    kept = { orders: owed(), sums: { totalRp: owedRp() }, undecided: decided.undecided } as unknown as Kept
    return standing()
  }
  const change = (payment: Payment, ...events: Parameters<typeof advancePayment>[1][]) => {
    const after = events.reduce<Payment>(advancePayment, payment)
    payments = payments.map((one) => (one.id === payment.id ? after : one))
  }
  return {
    standing,
    keep,
    payments: () => payments,
    orderIds: () => orders.map(({ orderId }) => orderId),
    order(priceRp: number) {
      orders = [...orders, { orderId: `ord_${made++}`, priceRp }]
      return keep()
    },
    cancel(place: number) {
      orders = orders.filter((_, index) => index !== place % Math.max(1, orders.length))
      return keep()
    },
    discount(amountRp: number) {
      const isDiscounted = amountRp !== discountRp
      discountRp = amountRp
      return keep(isDiscounted)
    },
    pay(amountRp: number, wish: { tipRp?: number; receivedRp?: number; names?: readonly string[] } = {}) {
      if (amountRp <= 0) return standing()
      const { tipRp = 0, names = [] } = wish
      const receivedRp = wish.receivedRp ?? amountRp + tipRp
      const part =
        names.length > 0 ? { kind: 'items', unitKeys: names.map((id) => `${id}/0/0`) } : { kind: 'rest' }
      const begun = { id: `pay_${made++}`, amountRp, tipRp, roundingRp: 0, askedRp: amountRp + tipRp, part }
      const payment = {
        ...begun,
        status: 'pending',
        createdAtMs: made,
        facts: NO_FACTS,
      } as unknown as Payment
      payments = [
        ...payments,
        advancePayment(payment, { kind: 'received', ref: 'r', amountRp: receivedRp, atMs: 1 }),
      ]
      return keep()
    },
    /** By itself where `time` is that of a provider's; else asked for here. */
    back(place: number, amountRp: number, time: '0000000000' | '0170000000') {
      const payment = payments[place % Math.max(1, payments.length)]
      const mostRp = payment ? amountsOf(payment).refundableRp : 0
      if (!payment || mostRp === 0) return standing()
      const refundId = `rfd_${time}${made++}`
      const stage = 'succeeded' as const
      change(payment, { kind: 'refund', refundId, amountRp: Math.min(amountRp, mostRp), stage, atMs: 1 })
      return keep()
    },
    dashboard(amountRp: number, place = 0) {
      return this.back(place, amountRp, '0000000000')
    },
    refund(amountRp: number, place = 0) {
      return this.back(place, amountRp, '0170000000')
    },
    oweAgain(place = 0) {
      const payment = payments[place % Math.max(1, payments.length)]
      if (payment) change(payment, ...decisionsAbout(payment, 1))
      return keep()
    },
  }
}

describe('money that a provider gave back unasked', () => {
  test('after everything was cancelled was due, and the next cup is to be paid', () => {
    const bill = openBill()
    bill.order(49_500)
    bill.pay(49_500)
    bill.cancel(0)
    expect(bill.dashboard(49_500)).toMatchObject({ overRp: 0, undecidedRp: 0 })
    expect(bill.order(27_500)).toMatchObject({ remainderRp: 27_500, undecidedRp: 0 })
  })

  test('before everything was cancelled was due as well', () => {
    const bill = openBill()
    bill.order(20_000)
    bill.order(24_000)
    bill.pay(44_000)
    expect(bill.dashboard(44_000)).toMatchObject({ remainderRp: 0, undecidedRp: 44_000 })
    expect(bill.cancel(0)).toMatchObject({ overRp: 0, undecidedRp: 24_000 })
    expect(bill.cancel(0)).toMatchObject({ overRp: 0, undecidedRp: 0 })
    expect(bill.order(22_000)).toMatchObject({ remainderRp: 22_000 })
  })

  test('is decided as far as a discount or a cancelled order covers it', () => {
    const bill = openBill()
    bill.order(30_000)
    bill.order(5500)
    bill.pay(35_500)
    bill.dashboard(10_000)
    expect(bill.cancel(1)).toMatchObject({ remainderRp: 0, overRp: 0, undecidedRp: 4500 })
    expect(bill.discount(1500)).toMatchObject({ remainderRp: 0, overRp: 0, undecidedRp: 3000 })
    expect(bill.order(22_000)).toMatchObject({ remainderRp: 22_000, undecidedRp: 3000 })
  })

  test('concerns nothing that was ordered since, whichever of both is cancelled', () => {
    const begin = () => {
      const bill = openBill()
      bill.order(22_000)
      bill.pay(22_000)
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

  test('by the payment of another order than the one that is cancelled later is due as well', () => {
    const bill = openBill()
    bill.order(22_000)
    bill.pay(22_000)
    bill.order(22_000)
    bill.pay(22_000)
    bill.dashboard(22_000, 0)
    expect(bill.cancel(1)).toMatchObject({ remainderRp: 0, overRp: 0, undecidedRp: 0 })
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
    const bill = openBill()
    bill.order(22_000)
    bill.pay(22_000)
    bill.dashboard(22_000)
    bill.order(22_000)
    bill.pay(22_000)
    bill.dashboard(5000, 1)
    expect(bill.cancel(1)).toMatchObject({ remainderRp: 0, overRp: 17_000, undecidedRp: 22_000 })
  })

  test('of a tip, or of what came too much, is no question', () => {
    const bill = openBill()
    bill.order(22_000)
    bill.pay(22_000, { tipRp: 3000, receivedRp: 30_000 })
    expect(bill.dashboard(8000)).toMatchObject({ remainderRp: 0, undecidedRp: 0 })
    expect(bill.refund(2000)).toMatchObject({ remainderRp: 2000, undecidedRp: 0 })
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
    const { payments } = decideDue({
      before,
      orders: [{ orderId: 'ord_1', totalRp: 9000 }],
      isDiscounted: false,
      payments: [{ ...payment, status: 'refunded', createdAtMs: 1, facts } as unknown as Payment],
    })
    expect(standingOf(9000, payments)).toMatchObject({ remainderRp: 9000, overRp: 0, undecidedRp: 0 })
  })
})

describe('always, in whatever order things happen', () => {
  const rp = fc.integer({ min: 1, max: 60 }).map((thousands) => thousands * 500)
  const place = fc.nat({ max: 5 })
  const step = fc.oneof(
    fc.record({ kind: fc.constant('order' as const), rp }),
    fc.record({ kind: fc.constant('cancel' as const), place }),
    fc.record({ kind: fc.constant('discount' as const), rp: fc.oneof(rp, fc.constant(0)) }),
    fc.record({
      kind: fc.constant('pay' as const),
      rp,
      isNamed: fc.boolean(),
      place,
      tipRp: fc.constantFrom(0, 0, 2000),
    }),
    fc.record({ kind: fc.constant('refund' as const), rp, place }),
    fc.record({ kind: fc.constant('dashboard' as const), rp, place }),
    fc.record({ kind: fc.constant('owe' as const), place }),
  )
  type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

  function take(bill: ReturnType<typeof openBill>, was: Standing, one: Step): Standing {
    switch (one.kind) {
      case 'order': {
        const now = bill.order(one.rp)
        const moreRp = now.owedRp - was.owedRp
        expect(now.remainderRp - was.remainderRp).toBe(Math.max(0, moreRp - was.overRp))
        expect(now.undecidedRp).toBe(was.undecidedRp)
        return now
      }
      case 'cancel': {
        const now = bill.cancel(one.place)
        expect(now.remainderRp).toBeLessThanOrEqual(was.remainderRp)
        return now
      }
      case 'discount': {
        const now = bill.discount(one.rp)
        expect(now.remainderRp - was.remainderRp).toBeLessThanOrEqual(Math.max(0, now.owedRp - was.owedRp))
        return now
      }
      case 'pay': {
        const amountRp = Math.min(one.rp, was.remainderRp)
        const ids = bill.orderIds()
        const names = one.isNamed ? ids.slice(one.place % Math.max(1, ids.length)).slice(0, 1) : []
        const now = bill.pay(amountRp, { names, tipRp: one.tipRp })
        expect(now.remainderRp).toBe(was.remainderRp - amountRp)
        expect(now.undecidedRp).toBe(was.undecidedRp)
        return now
      }
      case 'refund': {
        const now = bill.refund(one.rp, one.place)
        expect(now.remainderRp - was.remainderRp).toBeLessThanOrEqual(one.rp)
        expect(now.undecidedRp).toBe(was.undecidedRp)
        return now
      }
      case 'dashboard': {
        const now = bill.dashboard(one.rp, one.place)
        // Never asked of the guests by itself; and a question only as far as it was not due.
        expect(now.remainderRp).toBe(was.remainderRp)
        expect(now.undecidedRp - was.undecidedRp).toBe(was.paidRp - now.paidRp - (was.overRp - now.overRp))
        expect(now.overRp === 0 || now.undecidedRp === was.undecidedRp).toBe(true)
        return now
      }
      case 'owe':
        return bill.oweAgain(one.place)
    }
  }

  test('what is paid, left to pay and undecided is what is owed, and whoever orders owes it whole', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const bill = openBill()
        for (const one of steps) {
          const now = take(bill, bill.standing(), one)
          expect(now.paidRp + now.remainderRp + now.undecidedRp).toBe(now.owedRp + now.overRp)
          for (const sumRp of [now.paidRp, now.remainderRp, now.undecidedRp, now.overRp]) {
            expect(sumRp).toBeGreaterThanOrEqual(0)
          }
          expect(Math.min(now.remainderRp, now.overRp)).toBe(0)
          expect(now.undecidedRp).toBeLessThanOrEqual(now.owedRp)
          const payments = bill.payments()
          expect(bill.keep()).toEqual(now)
          expect(bill.payments()).toEqual(payments)
        }
      }),
      { numRuns: 5000 },
    )
  })
})
