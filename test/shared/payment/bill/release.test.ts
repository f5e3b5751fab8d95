import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PayFirst } from '#shared/ordering/order.ts'
import type { BillSheet } from '#shared/payment/bill/bill.ts'
import { releasedOrders } from '#shared/payment/bill/release.ts'
import type { Payment } from '#shared/payment/payment.ts'
import { NO_FACTS } from '#shared/payment/payment-facts.ts'

type State = PayFirst['state'] | null
type Drawn = { readonly totalRp: number; readonly state: State }

const orderId = (index: number) => `ord_${index}`

/** Orders of one cup each, oldest first. */
function sheetOf(drawn: readonly Drawn[]): BillSheet {
  const sums = { discountRp: 0, serviceRp: 0, taxRp: 0, includedTaxRp: 0 }
  const orders = drawn.map(({ totalRp }, index) => ({
    ...sums,
    subtotalRp: totalRp,
    totalRp,
    orderId: orderId(index),
    lines: [{ quantity: 1, unitRp: totalRp }],
    charges: {},
  }))
  return { orders, sums: { ...sums, subtotalRp: 0, totalRp: 0 } } as unknown as BillSheet
}

/** Those from `apartFrom` on are each of a phone of its own that nobody has let in: 1 is that of the first. */
const ordersOf = (drawn: readonly Drawn[], apartFrom = drawn.length) =>
  drawn.map(({ state }, index) => ({
    id: orderId(index),
    status: 'placed' as const,
    presence: index >= apartFrom ? ('unproven' as const) : ('proven' as const),
    phone: index + 1,
    payFirst: state && { state, untilMs: 9, releasedAtMs: null },
  }))

function paid(amountRp: number, cups: readonly number[] | null = null, receivedRp = amountRp): Payment {
  const unitKeys = cups?.map((index) => `${orderId(index)}/0/0`)
  const receipts = receivedRp === 0 ? [] : [{ ref: 'r', amountRp: receivedRp, atMs: 1 }]
  const part = unitKeys ? { kind: 'items', unitKeys } : { kind: 'amount' }
  const facts = { ...NO_FACTS, receipts }
  return { amountRp, askedRp: amountRp, roundingRp: 0, tipRp: 0, part, facts } as unknown as Payment
}

/** Ten were paid, and so much of them is being returned. */
function returning(amountRp: number): Payment {
  const payment = paid(10)
  const refunds = [{ refundId: 'rfd_01', amountRp, stage: 'requested' }]
  return { ...payment, facts: { ...payment.facts, refunds } } as unknown as Payment
}

const released = (drawn: readonly Drawn[], payments: readonly Payment[]) =>
  releasedOrders(sheetOf(drawn), ordersOf(drawn), payments).map((id) => Number(id.slice(4)))

const waiting = (totalRp: number): Drawn => ({ totalRp, state: 'awaited' })

describe('money releases orders that wait for it', () => {
  test.each([
    ['nothing without money', [waiting(10)], [], []],
    ['the one that is paid', [waiting(10)], [paid(10)], [0]],
    ['none by a part of its price', [waiting(10)], [paid(9)], []],
    ['the oldest first', [waiting(10), waiting(10)], [paid(10)], [0]],
    ['a younger one where the money does not reach the older', [waiting(10), waiting(5)], [paid(6)], [1]],
    ['the cup that is named, whatever its age', [waiting(10), waiting(5)], [paid(5, [1])], [1]],
    ['as far as it reaches', [waiting(10), waiting(5), waiting(7)], [paid(16)], [0, 1]],
    ['not by money that released another', [{ totalRp: 10, state: 'paid' }, waiting(10)], [paid(10)], []],
    [
      'not held up by what may be paid at the end',
      [{ totalRp: 50, state: null }, waiting(10)],
      [paid(10)],
      [1],
    ],
    ['nor by what a manager let pass', [{ totalRp: 50, state: 'waived' }, waiting(10)], [paid(10)], [1]],
    [
      'not by what a manager let pass, and was paid at the end',
      [{ totalRp: 10, state: 'waived' }, waiting(10)],
      [paid(10)],
      [],
    ],
    [
      'not by what was owed at the end and is paid',
      [{ totalRp: 10, state: null }, waiting(10)],
      [paid(10)],
      [],
    ],
    ['not by a part of their price that names all cups', [waiting(10)], [paid(1, [0])], []],
    ['not by money that is on its way back', [waiting(10)], [returning(10)], []],
    ['by what stays of it', [waiting(6)], [returning(4)], [0]],
    ['not by what goes back to its payer', [waiting(10)], [{ ...paid(10), freedRp: 10 } as Payment], []],
    ['not by a payment that came short', [waiting(10)], [paid(10, [0], 9)], []],
    [
      'by what was named and what was not, together',
      [waiting(10), waiting(5)],
      [paid(10, [0]), paid(5)],
      [0, 1],
    ],
  ] as const)('%s', (_, drawn, payments, expected) => {
    expect(released(drawn, payments)).toEqual(expected)
  })

  test.each([
    ['by no money but that which names it', [paid(10)], []],
    ['by its own phone', [{ ...paid(10, [0]), phone: 1 }], [0]],
    ['by the till', [{ ...paid(10, [0]), phone: null }], [0]],
    ['not by another phone', [{ ...paid(10, [0]), phone: 2 }], []],
    ['not by too little', [{ ...paid(10, [0], 9), phone: 1 }], []],
  ] as const)('of a phone that nobody has let in: %s', (_, payments, expected) => {
    const drawn = [waiting(10), waiting(9)]
    const ids = releasedOrders(sheetOf(drawn), ordersOf(drawn, 0), payments as readonly Payment[])
    expect(ids).toEqual(expected.map(orderId))
  })

  test('what came short for such an order releases nothing of the table', () => {
    const drawn = [waiting(9), waiting(10)]
    const short = { ...paid(10, [1], 9), phone: 2 } as Payment
    expect(releasedOrders(sheetOf(drawn), ordersOf(drawn, 1), [short])).toEqual([])
  })

  test('never more than was paid, whatever was named, in 2000 tries', () => {
    const order = fc.record({
      totalRp: fc.integer({ min: 1, max: 20 }),
      state: fc.constantFrom('awaited', 'paid', null),
    })
    fc.assert(
      fc.property(
        fc.array(order, { minLength: 1, maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 4 }),
        fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { maxLength: 3 }),
        (drawn, amounts, cups) => {
          const named = cups
            .filter((cup) => cup < drawn.length)
            .map((cup) => paid(drawn[cup]?.totalRp ?? 0, [cup]))
          const payments = [...named, ...amounts.map((amount) => paid(amount))]
          const ids = released(drawn as readonly Drawn[], payments)
          const releasedRp = ids.reduce((sum, index) => sum + (drawn[index]?.totalRp ?? 0), 0)
          const paidRp = payments.reduce((sum, { amountRp }) => sum + amountRp, 0)
          expect(releasedRp).toBeLessThanOrEqual(paidRp)
          for (const index of ids) expect(drawn[index]?.state).toBe('awaited')
        },
      ),
      { numRuns: 2000 },
    )
  })
})
