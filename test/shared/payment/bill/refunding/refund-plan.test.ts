import fc from 'fast-check'
import { test } from 'vitest'
import { openBill } from '../open-bill.ts'

const rp = fc.oneof(
  fc.constantFrom(11_000, 22_000, 33_000),
  fc.integer({ min: 1, max: 60 }).map((thousands) => thousands * 500),
)
const place = fc.nat({ max: 5 })
const guest = fc.constantFrom(1, 2, 3)
const sumRp = (all: readonly number[]) => all.reduce((sum, each) => sum + each, 0)

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
        const plan = bill.plan()
        for (const phone of [1, 2, 3]) {
          const own = bill.payments().filter((payment) => payment.phone === phone)
          const planned = plan.filter(({ paymentId }) => own.some(({ id }) => id === paymentId))
          const plannedRp = sumRp(planned.map(({ amountRp }) => amountRp))
          const endedRp = sumRp(ended.filter(([, by]) => by.phone === phone).map(([, by]) => by.rp))
          if (plannedRp > endedRp) throw new Error(`Phone ${phone} is proposed what others paid.`)
        }
      }
    }),
    { numRuns: 500 },
  )
})
