import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { settle } from '#shared/payment/bill/settling.ts'
import { partsOf, type Standing, standingOf, usesOf } from '#shared/payment/bill/standing.ts'
import { beforeUndecided } from '#shared/payment/bill/undecided.ts'
import type { Payment } from '#shared/payment/payment.ts'
import { NO_FACTS } from '#shared/payment/payment-facts.ts'
import { amountsOf } from '#shared/payment/payment-status.ts'
import { type Kept, openBill } from './open-bill.ts'

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

  test('by another payment of the same phone than the one that is cancelled later is due as well', () => {
    const bill = openBill()
    bill.order(22_000)
    bill.pay(22_000)
    bill.order(22_000)
    bill.pay(22_000)
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
      const bill = openBill()
      bill.order(22_000)
      bill.order(22_000)
      bill.pay(44_000)
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
    const bill = openBill()
    bill.order(22_000)
    bill.order(22_000)
    bill.pay(44_000)
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
    const bill = openBill()
    bill.order(22_000, 1)
    bill.pay(22_000, { phone: 1 })
    bill.order(22_000, 2)
    bill.pay(22_000, { phone: 2 })
    bill.forget()
    expect(bill.cancel(0)).toMatchObject({ overRp: 22_000, remainderRp: 0 })
    expect(bill.plan()).toEqual([{ paymentId: bill.payments()[0]?.id, amountRp: 22_000 }])
  })

  test('leaves nothing to propose twice while a refund of the same guest is under way', () => {
    const bill = openBill()
    for (const _ of [0, 1]) {
      bill.order(22_000)
      bill.pay(22_000)
    }
    bill.cancel(0)
    expect(bill.plan()).toEqual([{ paymentId: bill.payments()[0]?.id, amountRp: 22_000 }])
    bill.ask(22_000, 1)
    expect(bill.plan()).toEqual([])
    expect(bill.end('succeeded')).toMatchObject({ overRp: 0, remainderRp: 0 })
    const shared = openBill()
    for (const phone of [1, 2]) {
      shared.order(22_000, phone)
      shared.pay(22_000, { phone })
    }
    shared.discount(5000)
    shared.ask(5000, 0)
    expect(shared.plan()).toEqual([])
    expect(shared.end('succeeded')).toMatchObject({ overRp: 0, remainderRp: 0 })
  })
})

describe('always, in whatever order things happen', () => {
  // Often the same sums, so that one payment or refund might be taken for another.
  const rp = fc.oneof(
    fc.constantFrom(11_000, 22_000, 33_000),
    fc.integer({ min: 1, max: 60 }).map((thousands) => thousands * 500),
  )
  const place = fc.nat({ max: 5 })
  const guest = fc.constantFrom(1, 2, 3)
  const step = fc.oneof(
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('order' as const), rp, phone: guest }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('cancel' as const), place }) },
    fc.record({ kind: fc.constant('discount' as const), rp: fc.oneof(rp, fc.constant(0)) }),
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('pay' as const),
        rp,
        isNamed: fc.boolean(),
        place,
        tipRp: fc.constantFrom(0, 0, 2000),
        phone: fc.constantFrom(1, 2, 3, null),
      }),
    },
    fc.record({ kind: fc.constant('ask' as const), rp, place }),
    fc.record({
      kind: fc.constant('end' as const),
      stage: fc.constantFrom('succeeded' as const, 'failed' as const, 'dropped' as const),
    }),
    fc.record({ kind: fc.constant('refund' as const), rp, place }),
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('dashboard' as const), rp, place }) },
    fc.record({ kind: fc.constant('owe' as const), place }),
  )
  type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

  type Open = ReturnType<typeof openBill>
  const nameOf = ({ part }: Payment) => (part.kind === 'items' ? part.unitKeys[0]?.split('/')[0] : undefined)
  const nowRp = (payment: Payment) => partsOf(payment).towardsBillRp
  const sumRp = (all: readonly number[]) => all.reduce((sum, each) => sum + each, 0)

  /** What of the named order no payment that names it has paid, or had before it went back unasked. */
  function missingRp(bill: Open, orderId: string): number {
    const named = bill.payments().filter((payment) => nameOf(payment) === orderId)
    return (bill.totals().get(orderId) ?? 0) - sumRp(named.map((payment) => nowRp(beforeUndecided(payment))))
  }
  /** Here, and paid by name for an order that is not made: its payer's, whatever else goes back. */
  function ofEndedRp(bill: Open, exceptId: string | undefined): number {
    const totals = bill.totals()
    const ended = bill.payments().filter((payment) => nameOf(payment) && !totals.has(nameOf(payment) ?? ''))
    return sumRp(ended.filter(({ id }) => id !== exceptId).map((payment) => usesOf(payment).freedRp))
  }

  /** What of a payment pays for what this guest orders next: what is over, here and not about to leave. */
  function spareRp(payment: Payment, phone: number): number {
    const { freedRp, looseRp } = usesOf(payment)
    const { returningRp, excessRp } = amountsOf(payment)
    const leavingRp = Math.max(0, returningRp - excessRp)
    const stayingRp = Math.max(0, freedRp + looseRp - leavingRp)
    return payment.phone === phone ? stayingRp : Math.min(stayingRp, looseRp)
  }

  function take(bill: Open, was: Standing, one: Step, plain: Set<string>): Standing {
    switch (one.kind) {
      case 'order': {
        // Beside the table's own, nobody's money that is to go back pays for it but its own guest's.
        const spare = sumRp(bill.payments().map((each) => spareRp(each, one.phone)))
        const others = bill.payments().filter(({ phone }) => phone !== one.phone)
        const freedRp = sumRp(others.map((payment) => usesOf(payment).freedRp))
        const now = bill.order(one.rp, one.phone)
        const moreRp = now.owedRp - was.owedRp
        expect(now.remainderRp - was.remainderRp).toBeLessThanOrEqual(Math.max(0, moreRp - spare))
        expect(now.overRp).toBeGreaterThanOrEqual(freedRp)
        expect(now.undecidedRp).toBe(was.undecidedRp)
        return now
      }
      case 'cancel': {
        const ids = bill.orderIds()
        const ending = ids[one.place % Math.max(1, ids.length)]
        const totalRp = bill.totals().get(ending ?? '') ?? 0
        const paid = bill.payments().filter((each) => plain.has(each.id) && nameOf(each) === ending)
        const hereRp = Math.min(totalRp, sumRp(paid.map(nowRp)))
        const now = bill.cancel(one.place)
        expect(now.remainderRp).toBeLessThanOrEqual(was.remainderRp)
        // What its own payments hold is to go back to their payers, but for what the others have not paid yet.
        const dueRp = was.overRp + hereRp - was.remainderRp
        expect(now.overRp).toBeGreaterThanOrEqual(Math.min(now.paidRp, dueRp))
        return now
      }
      case 'discount': {
        const now = bill.discount(one.rp)
        expect(now.remainderRp - was.remainderRp).toBeLessThanOrEqual(Math.max(0, now.owedRp - was.owedRp))
        return now
      }
      case 'pay': {
        const ids = bill.orderIds()
        const names = one.isNamed ? ids.slice(one.place % Math.max(1, ids.length)).slice(0, 1) : []
        const ownRp = sumRp(names.map((orderId) => Math.max(0, missingRp(bill, orderId))))
        const amountRp = Math.min(ownRp || one.rp, was.remainderRp)
        const now = bill.pay(amountRp, { names, tipRp: one.tipRp, phone: one.phone })
        if (ownRp > 0 && amountRp > 0) plain.add(bill.payments().at(-1)?.id ?? '')
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
        const payment = bill.payments()[one.place % Math.max(1, bill.payments().length)]
        const othersRp = ofEndedRp(bill, payment?.id)
        const now = bill.dashboard(one.rp, one.place)
        // Never asked of the guests by itself; and a question only as far as it was not due.
        expect(now.remainderRp).toBe(was.remainderRp)
        expect(now.undecidedRp - was.undecidedRp).toBe(was.paidRp - now.paidRp - (was.overRp - now.overRp))
        const isAlone = bill.payments().every((each) => each.part.kind !== 'items' && each.phone === 1)
        if (isAlone && now.returningRp === 0) {
          expect(now.overRp === 0 || now.undecidedRp === was.undecidedRp).toBe(true)
        }
        expect(now.overRp).toBeGreaterThanOrEqual(Math.min(was.overRp, othersRp))
        return now
      }
      case 'ask':
        return bill.ask(one.rp, one.place)
      case 'end':
        return bill.end(one.stage)
      case 'owe':
        return bill.oweAgain(one.place)
    }
  }

  /** No order is paid for twice, no rupiah pays twice, and nobody owes whose own money is over. */
  function expectCovered(bill: Open): void {
    const left = new Map(bill.totals())
    for (const payment of bill.payments()) {
      const covers = payment.covers ?? []
      const coversRp = sumRp(covers.map(({ amountRp }) => amountRp))
      expect(coversRp + (payment.freedRp ?? 0)).toBeLessThanOrEqual(nowRp(beforeUndecided(payment)))
      for (const { orderId, amountRp } of covers) left.set(orderId, (left.get(orderId) ?? 0) - amountRp)
    }
    expect(Math.min(0, ...left.values())).toBe(0)
    expect(sumRp([...left.values()])).toBeGreaterThanOrEqual(bill.standing().remainderRp)
    for (const [orderId, missingRp] of left) {
      const phone = bill.phoneOf(orderId) ?? 0
      if (missingRp > 0) for (const payment of bill.payments()) expect(spareRp(payment, phone)).toBe(0)
    }
    const { overRp, returningRp, excessRp } = bill.standing()
    const plannedRp = sumRp(bill.plan().map(({ amountRp }) => amountRp))
    if (returningRp === 0) expect(plannedRp).toBe(overRp + excessRp)
    else expect(plannedRp).toBeLessThanOrEqual(overRp + excessRp)
  }

  test('what is paid, left to pay and undecided is what is owed, and whoever orders owes it whole', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const bill = openBill()
        const plain = new Set<string>()
        for (const one of steps) {
          const now = take(bill, bill.standing(), one, plain)
          expect(now.paidRp + now.remainderRp + now.undecidedRp).toBe(now.owedRp + now.overRp)
          for (const sumRp of [now.paidRp, now.remainderRp, now.undecidedRp, now.overRp]) {
            expect(sumRp).toBeGreaterThanOrEqual(0)
          }
          expectCovered(bill)
          expect(now.undecidedRp).toBeLessThanOrEqual(now.owedRp)
          const payments = bill.payments()
          expect(bill.keep()).toEqual(now)
          expect(bill.payments()).toEqual(payments)
        }
      }),
      { numRuns: 5000 },
    )
  })

  const split = fc.record({
    guests: fc.array(
      fc.record({
        phone: guest,
        rp,
        way: fc.constantFrom('rest' as const, 'items' as const, 'amount' as const),
      }),
      { minLength: 1, maxLength: 6 },
    ),
    steps: fc.array(
      fc.oneof(
        { weight: 3, arbitrary: fc.record({ kind: fc.constant('cancel' as const), place }) },
        fc.record({ kind: fc.constant('refund' as const), rp, place }),
        fc.record({ kind: fc.constant('ask' as const), rp, place }),
        fc.record({ kind: fc.constant('end' as const), stage: fc.constantFrom('succeeded', 'failed') }),
        { weight: 2, arbitrary: fc.record({ kind: fc.constant('dashboard' as const), rp, place }) },
        fc.record({ kind: fc.constant('order' as const), rp, phone: guest }),
      ),
      { maxLength: 12 },
    ),
  })

  test('nobody is proposed money that somebody else paid, and only for what has ended', () => {
    fc.assert(
      fc.property(split, ({ guests, steps }) => {
        const bill = openBill()
        const paidBy = new Map<string, { readonly phone: number; readonly rp: number }>()
        for (const { phone, rp: priceRp, way } of guests) {
          bill.order(priceRp, phone)
          const orderId = bill.orderIds().at(-1) ?? ''
          const amountRp = bill.standing().remainderRp
          // Less than all there is to pay, as one share of several is.
          if (way === 'amount' && amountRp > 1000) bill.pay(amountRp - 500, { phone })
          bill.pay(bill.standing().remainderRp, { phone, names: way === 'items' ? [orderId] : [] })
          paidBy.set(orderId, { phone, rp: priceRp })
        }
        for (const one of steps) {
          if (one.kind === 'cancel') bill.cancel(one.place)
          else if (one.kind === 'order') bill.order(one.rp, one.phone)
          else if (one.kind === 'end') bill.end(one.stage as 'succeeded' | 'failed')
          else bill[one.kind](one.rp, one.place)
          const ended = [...paidBy].filter(([orderId]) => !bill.orderIds().includes(orderId))
          for (const phone of [1, 2, 3]) {
            const own = bill.payments().filter((payment) => payment.phone === phone)
            const planned = bill.plan().filter(({ paymentId }) => own.some(({ id }) => id === paymentId))
            const plannedRp = sumRp(planned.map(({ amountRp }) => amountRp))
            const endedRp = sumRp(ended.filter(([, by]) => by.phone === phone).map(([, by]) => by.rp))
            expect(plannedRp).toBeLessThanOrEqual(endedRp)
          }
        }
      }),
      { numRuns: 3000 },
    )
  })
})
