import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { apportion, equalShares } from '#shared/payment/bill/apportion.ts'
import { billOf } from '#shared/payment/bill/bill.ts'
import { MIN_PART_RP, partByAmount, partByItem, partByShare, unitsOf } from '#shared/payment/bill/split.ts'
import { cashDue, changeFor } from '#shared/payment/cash.ts'
import { charges, discount, line, order, orders } from '../sample-bills.ts'

const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0)
const rp = fc.integer({ min: 0, max: 1_000_000_000 })

function sheetOf(...args: Parameters<typeof billOf>) {
  const sheet = billOf(...args)
  if (!sheet.ok) throw new Error(sheet.refusal.code)
  return sheet.value
}

describe('shares', () => {
  test('add up, and none is a rupiah from its exact part', () => {
    fc.assert(
      fc.property(rp, fc.array(rp, { minLength: 1, maxLength: 40 }), (amount, weights) => {
        const shares = apportion(amount, weights)
        expect(sum(shares)).toBe(amount)
        const whole = sum(weights)
        for (const [index, share] of shares.entries()) {
          if (whole > 0) expect(Math.abs(share - (amount * weights[index]!) / whole)).toBeLessThan(1.001)
        }
      }),
      { numRuns: 3000 },
    )
  })

  test('of 100,000 for three: the first bears the odd rupiah', () => {
    expect(equalShares(100_000, 3)).toEqual([33_334, 33_333, 33_333])
  })

  test('asked one after the other, equal shares are the same and close the bill', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50_000_000 }),
        fc.integer({ min: 1, max: 30 }),
        (amount, parts) => {
          let openRp = amount
          const asked: number[] = []
          for (let left = parts; left > 0 && openRp > 0; left--) {
            const part = partByShare(openRp, left)
            if (!part.ok) throw new Error(part.refusal.code)
            asked.push(part.value)
            openRp -= part.value
          }
          expect(openRp).toBe(0)
          expect(asked).toEqual(equalShares(amount, parts).filter((share) => share > 0))
        },
      ),
    )
  })

  test.each([0, -1, 1.5, 31])('%d payers are refused', (parts) => {
    expect(partByShare(1000, parts)).toMatchObject({ ok: false, refusal: { code: 'bill.parts_malformed' } })
  })
})

describe('by item', () => {
  test('all cups together are the total, whatever charges and discount', () => {
    fc.assert(
      fc.property(orders, discount, (ordered, off) => {
        const sheet = sheetOf(ordered, off)
        const units = unitsOf(sheet)
        expect(sum(units.map(({ shareRp }) => shareRp))).toBe(sheet.sums.totalRp)
        expect(new Set(units.map(({ key }) => key)).size).toBe(units.length)
      }),
      { numRuns: 3000 },
    )
  })

  test('whoever picks first and whichever part is given back, the bill closes to the rupiah', () => {
    fc.assert(
      fc.property(orders, discount, fc.infiniteStream(fc.nat(6)), (ordered, off, choices) => {
        const sheet = sheetOf(ordered, off)
        const parts: { keys: readonly string[]; amountRp: number }[] = []
        const taken = () => new Set(parts.flatMap(({ keys }) => keys))
        for (let turn = 0; turn < 400; turn++) {
          const openRp = sheet.sums.totalRp - sum(parts.map(({ amountRp }) => amountRp))
          if (openRp === 0) break
          const free = unitsOf(sheet).filter(({ key, shareRp }) => !taken().has(key) && shareRp > 0)
          const pick = free[choices.next().value % free.length]!
          const part = partByItem(
            sheet,
            taken(),
            [{ orderId: pick.orderId, line: pick.line, quantity: 1 }],
            openRp,
          )
          if (!part.ok) throw new Error(part.refusal.code)
          parts.push({ keys: part.value.unitKeys, amountRp: part.value.amountRp })
          // An expired code gives its cups back, once in a while.
          if (turn < 60 && choices.next().value === 0) parts.splice(choices.next().value % parts.length, 1)
        }
        expect(sum(parts.map(({ amountRp }) => amountRp))).toBe(sheet.sums.totalRp)
      }),
      { numRuns: 200 },
    )
  })

  const held = charges(50, 'after_discount', 'exclusive')
  const sheet = sheetOf([order(1, [line(20_000, 2), line(10_000)], held)])
  const { orderId } = sheet.orders[0]!

  test('a cup carries its service and tax', () => {
    expect(partByItem(sheet, new Set(), [{ orderId, line: 0, quantity: 1 }], 57_750)).toEqual({
      ok: true,
      value: { unitKeys: [`${orderId}/0/0`], amountRp: 23_100, shareRp: 23_100 },
    })
  })

  test('a cup that is taken is not taken twice', () => {
    const taken = new Set([`${orderId}/0/0`])
    expect(partByItem(sheet, taken, [{ orderId, line: 0, quantity: 2 }], 57_750)).toMatchObject({
      ok: false,
      refusal: { code: 'bill.item_taken', left: 1 },
    })
    expect(partByItem(sheet, taken, [{ orderId, line: 9, quantity: 1 }], 57_750)).toMatchObject({
      ok: false,
      refusal: { code: 'bill.item_unknown' },
    })
  })

  test('a part is never more than what is open', () => {
    expect(partByItem(sheet, new Set(), [{ orderId, line: 0, quantity: 2 }], 30_000)).toMatchObject({
      // Others pay the rest of these two cups: the payer is told by how much the part was cut.
      value: { amountRp: 30_000, shareRp: 46_200 },
    })
    expect(partByItem(sheet, new Set(), [{ orderId, line: 0, quantity: 2 }], 0)).toMatchObject({
      refusal: { code: 'bill.nothing_open' },
    })
  })
})

test.each([
  [50_000, 50_000, null],
  [50_000, 20_000, null],
  [500, 500, null],
  [50_000, 999, 'bill.part_too_small'],
  [50_000, 0, 'bill.part_too_small'],
  [50_000, 1500.5, 'bill.part_too_small'],
  [50_000, 50_001, 'bill.part_too_large'],
  [50_000, 50_000 - MIN_PART_RP + 1, 'bill.remainder_too_small'],
  [0, 1000, 'bill.nothing_open'],
])('of %i open, %d by amount: %s', (openRp, amountRp, code) => {
  expect(partByAmount(openRp, amountRp)).toMatchObject(
    code === null ? { ok: true, value: amountRp } : { ok: false, refusal: { code } },
  )
})

describe('cash', () => {
  test.each([
    [38_450, 100, 'nearest', 38_500],
    [38_449, 100, 'nearest', 38_400],
    [38_499, 100, 'down', 38_400],
    [38_250, 500, 'nearest', 38_500],
    [38_451, 1, 'nearest', 38_451],
    [40, 100, 'nearest', 0],
  ] as const)('%i to %i, %s, is %i', (exactRp, stepRp, direction, dueRp) => {
    expect(cashDue(exactRp, { stepRp, direction })).toEqual({ exactRp, roundingRp: dueRp - exactRp, dueRp })
  })

  test('rounding is always less than the step', () => {
    fc.assert(
      fc.property(
        rp,
        fc.constantFrom(1, 100, 500, 1000),
        fc.constantFrom('nearest', 'down'),
        (exactRp, stepRp, direction) => {
          const due = cashDue(exactRp, { stepRp, direction } as Parameters<typeof cashDue>[1])
          expect(due.exactRp + due.roundingRp).toBe(due.dueRp)
          expect(due.dueRp % stepRp).toBe(0)
          expect(Math.abs(due.roundingRp)).toBeLessThan(stepRp)
        },
      ),
    )
  })

  test('change, or what is missing', () => {
    expect(changeFor(38_500, 50_000)).toEqual({ ok: true, value: 11_500 })
    expect(changeFor(38_500, 38_000)).toEqual({
      ok: false,
      refusal: { code: 'payment.too_little_cash', missingRp: 500 },
    })
  })
})
