import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { refundPlan } from '#shared/payment/bill/refunding/refund-plan.ts'
import { billStatusOf, partsOf, standingOf } from '#shared/payment/bill/standing.ts'
import { type Bill, billSchema, type Payment, paymentSchema } from '#shared/payment/payment.ts'
import { NO_FACTS, type PaymentEvent } from '#shared/payment/payment-facts.ts'
import { advancePayment, amountsOf } from '#shared/payment/payment-status.ts'

const ulid = (number: number) => String(number).padStart(26, '0')

type Wish = { amountRp: number; tipRp?: number; roundingRp?: number; method?: Payment['method'] }

function payment(
  number: number,
  { amountRp, tipRp = 0, roundingRp = 0, method = 'qris' }: Wish,
  ...events: readonly PaymentEvent[]
): Payment {
  const made: Payment = {
    id: `pay_${ulid(number)}`,
    rev: 1,
    billId: `bil_${ulid(1)}`,
    outletId: `out_${ulid(1)}`,
    phone: 1,
    method,
    provider: 'practice',
    part: { kind: 'amount' },
    amountRp,
    tipRp,
    roundingRp,
    askedRp: amountRp + tipRp + roundingRp,
    status: 'pending',
    facts: NO_FACTS,
    providerRef: null,
    code: null,
    qrText: null,
    expiresAtMs: null,
    cash: null,
    confirmed: null,
    createdAtMs: number,
  }
  return events.reduce<Payment>((one, event) => advancePayment(one, event), made)
}

const received = (amountRp: number, atMs = 10): PaymentEvent => ({
  kind: 'received',
  ref: 'a',
  amountRp,
  atMs,
})
/** Asked for here: its id begins with a time. */
const refund = (amountRp: number): PaymentEvent => ({
  kind: 'refund',
  refundId: `rfd_01${ulid(1).slice(2)}`,
  amountRp,
  stage: 'succeeded',
  atMs: 20,
})

describe('a bill of 100,000 paid by three', () => {
  const one = payment(1, { amountRp: 33_334 }, received(33_334))
  const cash = payment(2, { amountRp: 33_333, roundingRp: -33, method: 'cash' }, received(33_300))
  const shown = payment(3, { amountRp: 33_333 })

  test('what is being paid is not open to others', () => {
    expect(standingOf(100_000, [one, cash, shown])).toMatchObject({
      paidRp: 66_667,
      roundingRp: -33,
      pendingRp: 33_333,
      remainderRp: 33_333,
      openRp: 0,
      isPaid: false,
    })
  })

  test('an expired code is open again', () => {
    const gone = advancePayment(shown, { kind: 'expired', atMs: 99 })
    expect(standingOf(100_000, [one, cash, gone])).toMatchObject({ pendingRp: 0, openRp: 33_333 })
  })

  test('the last one closes it', () => {
    const standing = standingOf(100_000, [one, cash, advancePayment(shown, received(33_333))])
    expect(standing).toMatchObject({ remainderRp: 0, overRp: 0, excessRp: 0, isPaid: true })
    expect(billStatusOf(standing, 1, false)).toBe('paid')
  })

  test('a cancelled order makes the newest payment give back first', () => {
    const all = [one, cash, advancePayment(shown, received(33_333))]
    const { overRp } = standingOf(60_000, all)
    expect(overRp).toBe(40_000)
    expect(refundPlan(overRp, all)).toEqual([
      { paymentId: shown.id, amountRp: 33_333 },
      { paymentId: cash.id, amountRp: 6667 },
    ])
  })

  test('a cash part that goes back whole takes its rounding along', () => {
    expect(refundPlan(33_333, [cash])).toEqual([{ paymentId: cash.id, amountRp: 33_300 }])
    const up = payment(5, { amountRp: 33_350, roundingRp: 50, method: 'cash' }, received(33_400))
    expect(refundPlan(33_350, [up])).toEqual([{ paymentId: up.id, amountRp: 33_400 }])
    expect(refundPlan(20_000, [up])).toEqual([{ paymentId: up.id, amountRp: 20_000 }])
    expect(standingOf(13_350, [advancePayment(up, refund(20_000))])).toMatchObject({
      overRp: 0,
      remainderRp: 0,
      roundingRp: 50,
    })
  })

  test('money that came late waits for a person and goes back whole', () => {
    const late = payment(4, { amountRp: 50_000 }, { kind: 'expired', atMs: 5 }, received(50_000))
    expect(standingOf(50_000, [late])).toMatchObject({ paidRp: 0, excessRp: 50_000, remainderRp: 50_000 })
    expect(refundPlan(0, [late])).toEqual([{ paymentId: late.id, amountRp: 50_000 }])
  })
})

test('a tip is not the bill’s, and is the first to fall short', () => {
  expect(partsOf(payment(1, { amountRp: 50_000, tipRp: 5000 }, received(55_000)))).toEqual({
    towardsBillRp: 50_000,
    roundingRp: 0,
    tipRp: 5000,
  })
  expect(partsOf(payment(1, { amountRp: 50_000, tipRp: 5000 }, received(52_000)))).toEqual({
    towardsBillRp: 50_000,
    roundingRp: 0,
    tipRp: 2000,
  })
})

test.each([
  [141, 2000, -141],
  [300, 2100, -400],
])('cash that is rounded down pays for its part beside a tip: %i + %i %i', (amountRp, tipRp, roundingRp) => {
  const cash = payment(1, { amountRp, tipRp, roundingRp, method: 'cash' }, received(2000))
  expect(partsOf(cash)).toEqual({ towardsBillRp: amountRp, roundingRp, tipRp })
  expect(standingOf(amountRp, [cash])).toMatchObject({ remainderRp: 0, overRp: 0 })
  const freed = { ...cash, covers: [], freedRp: amountRp }
  expect(refundPlan(amountRp, [freed])).toEqual([{ paymentId: cash.id, amountRp: 2000 }])
})

test('a bill without owed orders is void unless money is in it', () => {
  expect(billStatusOf(standingOf(0, []), 0, false)).toBe('void')
  expect(billStatusOf(standingOf(0, [payment(1, { amountRp: 5000 }, received(5000))]), 0, false)).toBe('paid')
  expect(billStatusOf(standingOf(0, []), 1, true)).toBe('closed')
})

describe('always', () => {
  const any = fc
    .record({
      amountRp: fc.integer({ min: 0, max: 100_000 }),
      tipRp: fc.constantFrom(0, 0, 5000),
      roundingRp: fc.constantFrom(0, 50, -49),
      gotRp: fc.integer({ min: -60_000, max: 60_000 }),
      backRp: fc.option(fc.integer({ min: 1, max: 100_000 }), { nil: null }),
      isLate: fc.boolean(),
    })
    .map(({ gotRp, backRp, isLate, ...wish }, index = 0) => {
      const sound = {
        ...wish,
        roundingRp: wish.amountRp + wish.roundingRp < 0 ? 0 : wish.roundingRp,
        method: 'cash' as const,
      }
      const askedRp = sound.amountRp + sound.tipRp + sound.roundingRp
      const events: PaymentEvent[] = [received(Math.max(1, gotRp < 0 ? askedRp : gotRp))]
      if (backRp !== null) events.push(refund(backRp))
      if (isLate) events.push({ kind: 'expired', atMs: 5 })
      return payment(index, sound, ...events)
    })

  test('the parts of a payment add up to what counts, and the bill’s sums to the money', () => {
    fc.assert(
      fc.property(
        fc.array(any, { maxLength: 5 }),
        fc.integer({ min: 0, max: 300_000 }),
        (payments, owedRp) => {
          let countingRp = 0
          for (const one of payments) {
            const parts = partsOf(one)
            expect(parts.towardsBillRp + parts.roundingRp + parts.tipRp).toBe(amountsOf(one).countingRp)
            expect(parts.towardsBillRp).toBeGreaterThanOrEqual(0)
            countingRp += amountsOf(one).countingRp
          }
          const standing = standingOf(owedRp, payments)
          expect(standing.paidRp + standing.roundingRp + standing.tipRp).toBe(countingRp)
          expect(standing.paidRp + standing.remainderRp + standing.undecidedRp).toBe(owedRp + standing.overRp)
          const planned = refundPlan(standing.overRp, payments)
          for (const { paymentId, amountRp } of planned) {
            const holding = payments.filter(({ id }) => id === paymentId)
            expect(amountRp).toBeLessThanOrEqual(
              Math.max(...holding.map((one) => amountsOf(one).refundableRp)),
            )
          }
        },
      ),
      { numRuns: 5000 },
    )
  })

  test('a record is what its schema says', () => {
    expect(v.safeParse(paymentSchema, payment(1, { amountRp: 5000 }, received(5000))).success).toBe(true)
    expect(v.safeParse(paymentSchema, { ...payment(1, { amountRp: 5000 }), askedRp: 4000 }).success).toBe(
      false,
    )
    expect(v.safeParse(paymentSchema, payment(1, { amountRp: 5000, roundingRp: 50 })).success).toBe(false)
  })

  test('a bill that does not add up is no bill', () => {
    const sums = {
      subtotalRp: 100_000,
      discountRp: 20_000,
      serviceRp: 4000,
      taxRp: 8400,
      totalRp: 92_400,
      includedTaxRp: 0,
    }
    const bill: Bill = {
      id: `bil_${ulid(1)}`,
      rev: 1,
      outletId: `out_${ulid(1)}`,
      visitId: null,
      tableLabel: null,
      code: '700000000005',
      status: 'open',
      orders: [],
      discount: null,
      sums,
      openedAtMs: 1,
      paidAtMs: null,
      closedAtMs: null,
    }
    expect(v.safeParse(billSchema, bill).success).toBe(true)
    expect(v.safeParse(billSchema, { ...bill, sums: { ...sums, totalRp: 92_401 } }).success).toBe(false)
  })
})
