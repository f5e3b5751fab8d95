import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { owesAfterRefund } from '#shared/payment/bill/refunding/owing-again.ts'
import { beforeUndecided } from '#shared/payment/bill/refunding/undecided.ts'
import { leavingOf, partsOf, type Standing, usesOf } from '#shared/payment/bill/standing.ts'
import type { Payment } from '#shared/payment/payment.ts'
import { amountsOf } from '#shared/payment/payment-status.ts'
import { openBill } from './open-bill.ts'

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
        roundingRp: fc.constantFrom(0, 0, 400, -400),
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
    fc.record({ kind: fc.constant('show' as const), rp, phone: guest }),
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
        const totals = bill.totals()
        const now = bill.order(one.rp, one.phone)
        const moreRp = now.owedRp - was.owedRp
        // With one order more to share a discount, those of before may cost more, and their guests pay that.
        const dearerRp = [...totals].map(([id, rp]) => Math.max(0, (bill.totals().get(id) ?? 0) - rp))
        expect(now.remainderRp - was.remainderRp).toBeLessThanOrEqual(
          Math.max(0, moreRp - spare) + sumRp(dearerRp),
        )
        expect(now.overRp).toBeGreaterThanOrEqual(freedRp - sumRp(dearerRp))
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
        // What it decides about, or leaves over, is its payer's: it helps nobody else out.
        const more = [now.owedRp - was.owedRp, now.overRp - was.overRp, was.undecidedRp - now.undecidedRp]
        const moreRp = sumRp(more.map((rp) => Math.max(0, rp)))
        expect(now.remainderRp - was.remainderRp).toBeLessThanOrEqual(moreRp)
        return now
      }
      case 'pay': {
        const ids = bill.orderIds()
        // Nobody names a cup that somebody has paid by name.
        const isOpen = (orderId: string) => missingRp(bill, orderId) > 0
        const named = ids.slice(one.place % Math.max(1, ids.length)).slice(0, 1)
        const names = one.isNamed ? named.filter(isOpen) : []
        const ownRp = sumRp(names.map((orderId) => missingRp(bill, orderId)))
        const amountRp = Math.min(ownRp || one.rp, was.remainderRp)
        const now = bill.pay(amountRp, {
          names,
          tipRp: one.tipRp,
          // Nobody is asked for nothing.
          roundingRp: amountRp + one.tipRp + one.roundingRp > 0 ? one.roundingRp : 0,
          phone: one.phone,
        })
        if (ownRp > 0 && amountRp > 0) plain.add(bill.payments().at(-1)?.id ?? '')
        expect(now.remainderRp).toBe(was.remainderRp - amountRp)
        expect(now.undecidedRp).toBe(was.undecidedRp)
        return now
      }
      case 'refund': {
        const payment = bill.payments()[one.place % Math.max(1, bill.payments().length)]
        const amountRp = Math.min(one.rp, payment ? amountsOf(payment).refundableRp : 0)
        const asked = {
          orders: bill.owed(),
          payments: bill.payments(),
          refundId: 'rfd_017000000099',
          amountRp,
        }
        const owesRp = payment && amountRp > 0 ? owesAfterRefund({ ...asked, payment }) : null
        const now = bill.refund(one.rp, one.place)
        // It is said before what it will do.
        if (was.returningRp === 0)
          expect(owesRp).toBe(now.remainderRp > was.remainderRp ? now.remainderRp : null)
        expect(now.remainderRp - was.remainderRp).toBeLessThanOrEqual(one.rp)
        expect(now.undecidedRp).toBe(was.undecidedRp)
        return now
      }
      case 'dashboard': {
        const payment = bill.payments()[one.place % Math.max(1, bill.payments().length)]
        // Cash has no provider that could give it back.
        if (payment && payment.roundingRp !== 0) return was
        const leavingRp = payment ? leavingOf(payment).billRp : 0
        const othersRp = ofEndedRp(bill, payment?.id)
        const now = bill.dashboard(one.rp, one.place)
        // Never asked of the guests by itself, but for what of the bill's somebody here gives back already.
        expect(now.remainderRp).toBeGreaterThanOrEqual(was.remainderRp)
        expect(now.remainderRp - was.remainderRp).toBeLessThanOrEqual(leavingRp)
        const isAlone = bill.payments().every((each) => each.part.kind !== 'items' && each.phone === 1)
        if (isAlone && now.returningRp === 0) {
          expect(now.overRp === 0 || now.undecidedRp === was.undecidedRp).toBe(true)
        }
        expect(now.overRp).toBeGreaterThanOrEqual(Math.min(was.overRp, othersRp))
        return now
      }
      case 'show': {
        // Who shows a code and gives it up leaves all as it was.
        const before = bill.payments()
        const id = bill.show(Math.min(one.rp, was.remainderRp), { phone: one.phone })
        bill.keep()
        const now = bill.hear(id, 'expired')
        expect(bill.payments().filter((each) => each.id !== id)).toEqual(before)
        bill.unshow(id)
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
      const usedRp = coversRp + (payment.freedRp ?? 0)
      if (usedRp > nowRp(beforeUndecided(payment))) throw new Error(`${payment.id} pays twice.`)
      for (const { orderId, amountRp } of covers) left.set(orderId, (left.get(orderId) ?? 0) - amountRp)
    }
    expect(Math.min(0, ...left.values())).toBe(0)
    expect(sumRp([...left.values()])).toBeGreaterThanOrEqual(bill.standing().remainderRp)
    for (const [orderId, missingRp] of left) {
      const phone = bill.phoneOf(orderId) ?? 0
      const spare = missingRp > 0 ? sumRp(bill.payments().map((each) => spareRp(each, phone))) : 0
      if (spare > 0) throw new Error(`${orderId} is owed while its guest’s money is over.`)
    }
    const { overRp, returningRp, excessRp, tipRp } = bill.standing()
    const plannedRp = sumRp(bill.plan().map(({ amountRp }) => amountRp))
    if (returningRp === 0) {
      // Of each payment stays what it pays for, and no more.
      const planned = new Map(bill.plan().map(({ paymentId, amountRp }) => [paymentId, amountRp]))
      for (const payment of bill.payments()) {
        const { freedRp, looseRp } = usesOf(payment)
        const backRp = (planned.get(payment.id) ?? 0) - amountsOf(payment).excessRp
        const isWhole = backRp > 0 && freedRp + looseRp === nowRp(payment)
        const { tipRp, roundingRp } = partsOf(payment)
        // What rounding gave away stays with what it still pays for.
        const isLast = freedRp + looseRp >= nowRp(payment) + roundingRp
        const roundedRp = isWhole || isLast ? roundingRp : 0
        expect(backRp).toBe(Math.max(0, freedRp + looseRp + roundedRp) + (isWhole ? tipRp : 0))
      }
    } else {
      const roundedUpRp = sumRp(bill.payments().map((each) => Math.max(0, partsOf(each).roundingRp)))
      expect(plannedRp).toBeLessThanOrEqual(overRp + excessRp + tipRp + roundedUpRp)
    }
  }

  /** A tip goes back by itself, which makes nobody owe, or with the last of its payment. */
  function expectTips(bill: Open, was: Standing, before: readonly Payment[]): void {
    const fell = before.filter((payment, place) => {
      const after = bill.payments()[place] ?? payment
      const { towardsBillRp, roundingRp, tipRp } = partsOf(after)
      const hasMore = towardsBillRp + roundingRp > leavingOf(after).billRp
      return tipRp < partsOf(payment).tipRp && hasMore
    })
    if (fell.length === 0) return
    const now = bill.standing()
    expect(now.remainderRp + now.undecidedRp).toBe(was.remainderRp + was.undecidedRp)
  }

  test('what is paid, left to pay and undecided is what is owed, and whoever orders owes it whole', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const bill = openBill()
        const plain = new Set<string>()
        for (const one of steps) {
          const was = bill.standing()
          const before = bill.payments()
          const now = take(bill, was, one, plain)
          if (one.kind === 'refund' || one.kind === 'dashboard') expectTips(bill, was, before)
          else if (one.kind !== 'end') expect(now.tipRp).toBeGreaterThanOrEqual(was.tipRp)
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
      { numRuns: 2000 },
    )
  })
})
