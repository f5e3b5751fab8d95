// Each guest pays for their own cups alone. Then, by an own reckoning that knows nothing of what a payment covers:
// a guest owes what their cups cost beyond what they have paid and not got back, and gets back what is beyond
// that. A tip stays until it is given back, or all of its payment is. In whatever order cups end, codes are paid,
// money goes back, and discounts are given and taken back.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Payment } from '#shared/payment/payment.ts'
import { amountsOf } from '#shared/payment/payment-status.ts'
import { openBill } from './open-bill.ts'

const GUESTS = [1, 2, 3]
const guest = fc.constantFrom(...GUESTS)
const place = fc.nat({ max: 6 })
const rp = fc.constantFrom(11_000, 22_000, 22_000, 33_000, 7500)
const of = <Kind extends string>(...kinds: Kind[]) => fc.constantFrom(...kinds)
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: of('order'), guest, rp }) },
  { weight: 2, arbitrary: fc.record({ kind: of('end', 'return'), place }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: of('name', 'amount'), guest, tipRp: fc.constantFrom(0, 2000, 5000) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: of('received', 'received', 'expired'), place }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: of('discount'), permille: fc.constantFrom(0, 0, 0, 250, 500, 1000) }),
  },
  fc.record({ kind: of('refund'), place, rp }),
  fc.record({ kind: of('tip'), place }),
)
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

const sumOf = <One>(all: readonly One[], amountRp: (one: One) => number) =>
  all.reduce((sum, one) => sum + amountRp(one), 0)

function party() {
  const bill = openBill()
  const prices = new Map<string, number>()
  /** Of each payment, the tip that came and was not given back. */
  const tips = new Map<string, number>()
  const tipOf = (id: string) => tips.get(id) ?? 0
  let isDiscounted = false
  const ownIds = (phone: number) => bill.orderIds().filter((id) => bill.phoneOf(id) === phone)
  const own = (phone: number) => bill.payments().filter((payment) => payment.phone === phone)
  const shown = (phone?: number) =>
    bill.payments().filter((one) => one.status === 'pending' && (phone === undefined || one.phone === phone))
  /** What the guest has paid and not got back, beyond what their cups cost; less than nothing where they owe. */
  const beyondRp = (phone: number) =>
    sumOf(own(phone), (payment) => amountsOf(payment).countingRp - tipOf(payment.id)) -
    sumOf(ownIds(phone), (id) => prices.get(id) ?? 0)

  function show(one: Extract<Step, { kind: 'name' | 'amount' }>) {
    const { remainderRp, openRp } = bill.standing()
    const covered = bill.payments().flatMap(({ covers = [] }) => covers)
    const isFree = (id: string) => !covered.some(({ orderId, amountRp }) => orderId === id && amountRp > 0)
    const names = one.kind === 'name' ? ownIds(one.guest).filter(isFree).slice(0, 2) : []
    const owesRp = -beyondRp(one.guest) - sumOf(shown(one.guest), ({ amountRp }) => amountRp)
    // A discount is the table's, so that nobody knows by themselves what they owe meanwhile.
    const wantedRp = one.kind === 'amount' ? (isDiscounted ? 0 : owesRp) : sumOf(names, totalRpOf)
    if (wantedRp <= 0 || wantedRp > Math.min(openRp, remainderRp) || (!isDiscounted && wantedRp > owesRp))
      return
    bill.show(wantedRp, { names, phone: one.guest, tipRp: one.tipRp })
  }
  function giveBack(payment: Payment | undefined, amountRp: number) {
    const place = bill.payments().findIndex(({ id }) => id === payment?.id)
    if (place >= 0) bill.refund(amountRp, place)
    if (payment && amountsOf(bill.payments()[place] ?? payment).refundableRp === 0) tips.delete(payment.id)
  }
  const totalRpOf = (id: string) => bill.totals().get(id) ?? 0

  function take(one: Step) {
    if ('guest' in one && 'rp' in one) {
      bill.order(one.rp, one.guest)
      prices.set(bill.orderIds().at(-1) ?? '', one.rp)
    } else if ('guest' in one) show(one)
    else if (one.kind === 'discount') {
      const wholeRp = sumOf(bill.orderIds(), (id) => prices.get(id) ?? 0)
      isDiscounted = one.permille > 0
      bill.discount(Math.floor((wholeRp * one.permille) / 1000))
    } else if (one.kind === 'received' || one.kind === 'expired') {
      const payment = shown()[one.place % Math.max(1, shown().length)]
      if (payment && one.kind === 'received') tips.set(payment.id, payment.tipRp)
      if (payment) bill.hear(payment.id, one.kind)
    } else if (one.kind === 'tip') {
      const tipped = bill.payments().filter(({ id }) => tipOf(id) > 0)
      const payment = tipped[one.place % Math.max(1, tipped.length)]
      if (!payment || bill.standing().overRp > 0) return
      giveBack(payment, tipOf(payment.id))
      tips.delete(payment.id)
      // What ends or goes back while a discount holds is the table's in part.
    } else if (!isDiscounted && 'rp' in one) {
      const payment = bill.payments()[one.place % Math.max(1, bill.payments().length)]
      const dueRp = bill.plan().find(({ paymentId }) => paymentId === payment?.id)?.amountRp ?? 0
      const isTips = payment && tipOf(payment.id) > 0 && one.rp > dueRp
      // What is beyond what is due may be the tip: that is given back by itself here, or all at once.
      giveBack(payment, isTips ? amountsOf(payment).refundableRp : one.rp)
    } else if (!isDiscounted && one.kind === 'end') bill.cancel(one.place)
    else if (!isDiscounted && one.kind === 'return') {
      for (const { paymentId, amountRp } of bill.plan()) {
        giveBack(
          bill.payments().find(({ id }) => id === paymentId),
          amountRp,
        )
      }
    }
  }
  function expectOwn() {
    const plan = new Map(bill.plan().map(({ paymentId, amountRp }) => [paymentId, amountRp]))
    // What goes back whole takes its tip along.
    for (const payment of bill.payments()) {
      const backRp = plan.get(payment.id) ?? 0
      if (backRp > 0 && backRp === amountsOf(payment).refundableRp) {
        plan.set(payment.id, backRp - tipOf(payment.id))
      }
    }
    expect(bill.standing().tipRp).toBe(sumOf([...tips.values()], (tipRp) => tipRp))
    for (const phone of GUESTS.filter((each) => shown(each).length === 0)) {
      const dueRp = sumOf(own(phone), ({ id }) => plan.get(id) ?? 0)
      expect({ phone, dueRp }).toEqual({ phone, dueRp: Math.max(0, beyondRp(phone)) })
    }
    if (shown().length > 0) return
    const owesRp = sumOf(GUESTS, (phone) => Math.max(0, -beyondRp(phone)))
    expect(bill.standing().remainderRp).toBe(owesRp)
  }
  return { take, expectOwn, isDiscounted: () => isDiscounted }
}

test('each guest owes and gets back what is theirs', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 10, maxLength: 30, size: 'max' }), (steps) => {
      const { take, expectOwn, isDiscounted } = party()
      for (const one of steps) {
        take(one)
        if (!isDiscounted()) expectOwn()
      }
    }),
    { numRuns: 1000 },
  )
})
