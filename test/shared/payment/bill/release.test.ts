import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PayFirst } from '#shared/ordering/order.ts'
import { coversFor, sumRp } from '#shared/payment/bill/covering.ts'
import { releasedOrders } from '#shared/payment/bill/release.ts'
import type { Payment } from '#shared/payment/payment.ts'
import { NO_FACTS } from '#shared/payment/payment-facts.ts'

type State = PayFirst['state'] | null
type Drawn = { readonly totalRp: number; readonly state: State }

const orderId = (index: number) => `ord_${index}`

/** Orders of one cup each, oldest first. */
const owedOf = (drawn: readonly Drawn[]) =>
  drawn.map(({ totalRp }, index) => ({ orderId: orderId(index), totalRp, phone: index + 1 }))

/** Those from `apartFrom` on are each of a phone of its own that nobody has let in: 1 is that of the first. */
const ordersOf = (drawn: readonly Drawn[], apartFrom = drawn.length) =>
  drawn.map(({ state }, index) => ({
    id: orderId(index),
    status: 'placed' as const,
    presence: index >= apartFrom ? ('unproven' as const) : ('proven' as const),
    phone: index + 1,
    payFirst: state && { state, untilMs: 9, releasedAtMs: null },
  }))

/** Pays so much of each order, by its place; of what it asks for, `receivedRp` has come. */
function paid(
  covers: Readonly<Record<number, number>>,
  { isNaming = false, receivedRp = sumRp(Object.values(covers)) } = {},
): Payment {
  const places = Object.keys(covers).map(Number)
  const amountRp = sumRp(Object.values(covers))
  return {
    amountRp,
    askedRp: amountRp,
    roundingRp: 0,
    tipRp: 0,
    status: receivedRp === 0 ? 'pending' : 'paid',
    part: isNaming
      ? { kind: 'items', unitKeys: places.map((place) => `${orderId(place)}/0/0`) }
      : { kind: 'amount' },
    covers: places.map((place) => ({ orderId: orderId(place), amountRp: covers[place] })),
    facts: { ...NO_FACTS, receipts: receivedRp === 0 ? [] : [{ ref: 'r', amountRp: receivedRp, atMs: 1 }] },
  } as unknown as Payment
}

/** The same, and so much of it is being returned. */
function returning(payment: Payment, amountRp: number): Payment {
  const refunds = [{ refundId: 'rfd_01', amountRp, stage: 'requested' }]
  return { ...payment, facts: { ...payment.facts, refunds } } as unknown as Payment
}

const released = (drawn: readonly Drawn[], payments: readonly Payment[]) =>
  releasedOrders(owedOf(drawn), ordersOf(drawn), payments).map((id) => Number(id.slice(4)))

const waiting = (totalRp: number): Drawn => ({ totalRp, state: 'awaited' })

describe('money releases orders that wait for it', () => {
  test.each([
    ['nothing without money', [waiting(10)], [], []],
    ['nothing by a code that nobody has paid', [waiting(10)], [paid({ 0: 10 }, { receivedRp: 0 })], []],
    ['the one that is paid', [waiting(10)], [paid({ 0: 10 })], [0]],
    ['what costs nothing', [waiting(0)], [], [0]],
    ['none by a part of its price', [waiting(10)], [paid({ 0: 9 })], []],
    ['the one that it is for, whatever its age', [waiting(10), waiting(10)], [paid({ 1: 10 })], [1]],
    ['all that it is for', [waiting(10), waiting(5), waiting(7)], [paid({ 0: 10, 2: 7 })], [0, 2]],
    [
      'not by money that released another',
      [{ totalRp: 10, state: 'paid' }, waiting(10)],
      [paid({ 0: 10 })],
      [],
    ],
    [
      'not held up by what may be paid at the end',
      [{ totalRp: 50, state: null }, waiting(10)],
      [paid({ 1: 10 })],
      [1],
    ],
    [
      'nor by what a manager let pass',
      [{ totalRp: 50, state: 'waived' }, waiting(10)],
      [paid({ 1: 10 })],
      [1],
    ],
    [
      'not by what a manager let pass, and was paid at the end',
      [{ totalRp: 10, state: 'waived' }, waiting(10)],
      [paid({ 0: 10 })],
      [],
    ],
    ['not by money that is on its way back', [waiting(10)], [returning(paid({ 0: 10 }), 10)], []],
    [
      'by what stays of it, what it was for first',
      [waiting(6), waiting(4)],
      [returning(paid({ 0: 6, 1: 4 }), 4)],
      [0],
    ],
    [
      'not by what goes back to its payer',
      [waiting(10)],
      [{ ...paid({ 0: 10 }), covers: [], freedRp: 10 }],
      [],
    ],
    ['not by a payment that came short', [waiting(10)], [paid({ 0: 10 }, { receivedRp: 9 })], []],
    [
      'by several payments together',
      [waiting(10), waiting(5)],
      [paid({ 0: 6 }), paid({ 0: 4, 1: 5 })],
      [0, 1],
    ],
  ] as const)('%s', (_, drawn, payments, expected) => {
    expect(released(drawn, payments)).toEqual(expected)
  })

  const named = { isNaming: true }
  test.each([
    ['by no money but that which names it', [{ ...paid({ 0: 10 }), phone: 1 }], []],
    ['by its own phone', [{ ...paid({ 0: 10 }, named), phone: 1 }], [0]],
    ['by the till', [{ ...paid({ 0: 10 }, named), phone: null }], [0]],
    ['not by another phone', [{ ...paid({ 0: 10 }, named), phone: 2 }], []],
    ['not by too little', [{ ...paid({ 0: 10 }, { ...named, receivedRp: 9 }), phone: 1 }], []],
  ] as const)('of a phone that nobody has let in: %s', (_, payments, expected) => {
    const drawn = [waiting(10), waiting(9)]
    expect(releasedOrders(owedOf(drawn), ordersOf(drawn, 0), payments)).toEqual(expected.map(orderId))
  })

  test('never more than was paid, whoever pays for what, in 2000 tries', () => {
    const order = fc.record({
      totalRp: fc.integer({ min: 1, max: 20 }),
      state: fc.constantFrom('awaited' as const, 'paid' as const, null),
    })
    const paying = fc.record({
      amountRp: fc.integer({ min: 1, max: 40 }),
      phone: fc.integer({ min: 1, max: 6 }),
    })
    fc.assert(
      fc.property(
        fc.array(order, { minLength: 1, maxLength: 6 }),
        fc.array(paying, { maxLength: 5 }),
        (drawn, wishes) => {
          const payments: Payment[] = []
          for (const { amountRp, phone } of wishes) {
            const covers = coversFor({ amountRp, phone, named: new Map() }, owedOf(drawn), payments)
            const places = covers.map((cover) => [Number(cover.orderId.slice(4)), cover.amountRp])
            payments.push(paid(Object.fromEntries(places)))
          }
          const ids = released(drawn, payments)
          const releasedRp = ids.reduce((sum, index) => sum + (drawn[index]?.totalRp ?? 0), 0)
          expect(releasedRp).toBeLessThanOrEqual(sumRp(payments.map(({ amountRp }) => amountRp)))
          for (const index of ids) expect(drawn[index]?.state).toBe('awaited')
        },
      ),
      { numRuns: 2000 },
    )
  })
})
