import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { quoteFor } from '#shared/ordering/charges.ts'
import { type BillLine, billLines, billOf } from '#shared/payment/bill/bill.ts'
import { charges, discount, line, order, orders } from '../sample-bills.ts'

function sheetOf(...args: Parameters<typeof billOf>) {
  const sheet = billOf(...args)
  if (!sheet.ok) throw new Error(sheet.refusal.code)
  return sheet.value
}

const amountRp = (entry: BillLine) => (entry.kind === 'included_tax' ? 0 : entry.amountRp)
const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0)

describe('the two official examples of Jakarta', () => {
  const off = { kind: 'rate', permille: 200 } as const
  test.each([
    ['on the discounted price', 'after_discount', 4000, 8400, 92_400],
    ['on the price before', 'before_discount', 5000, 8500, 93_500],
  ] as const)('service %s', (_, base, serviceRp, taxRp, totalRp) => {
    const held = charges(50, base, 'exclusive')
    const whole = sheetOf([order(1, [line(100_000)], held)], off)
    expect(whole.sums).toEqual({
      subtotalRp: 100_000,
      discountRp: 20_000,
      serviceRp,
      taxRp,
      totalRp,
      includedTaxRp: 0,
    })
    const inThree = [line(50_000), line(30_000), line(10_000, 2)].map((one, index) =>
      order(index, [one], held),
    )
    expect(sheetOf(inThree, off).sums).toEqual(whole.sums)
  })
})

describe('a bill adds up', () => {
  test('lines, discount, charges and rounding are the total, in 100,000 bills', () => {
    let rich = 0
    fc.assert(
      fc.property(orders, discount, fc.integer({ min: -999, max: 999 }), (ordered, off, roundingRp) => {
        const sheet = sheetOf(ordered, off)
        const { sums } = sheet
        const total = sum(billLines(sheet, roundingRp).map(amountRp))
        if (total !== sums.totalRp + roundingRp)
          throw new Error(`${total} is not ${sums.totalRp} + ${roundingRp}`)
        if (sums.subtotalRp - sums.discountRp + sums.serviceRp + sums.taxRp !== sums.totalRp)
          throw new Error('sums')
        if (!Object.values(sums).every((amount) => Number.isSafeInteger(amount) && amount >= 0))
          throw new Error('whole')
        if (sheet.orders.length > 1 && sums.discountRp > 0 && sums.taxRp > 0) rich += 1
      }),
      { numRuns: 100_000 },
    )
    expect(rich).toBeGreaterThan(10_000)
  })

  test('without a discount the bill is to the rupiah the sum of what each order showed', () => {
    fc.assert(
      fc.property(orders, (ordered) => {
        const shown = ordered.filter(({ status }) => status !== 'cancelled' && status !== 'rejected')
        const { sums } = sheetOf(ordered)
        for (const field of ['subtotalRp', 'serviceRp', 'taxRp', 'includedTaxRp', 'totalRp'] as const) {
          expect(sums[field]).toBe(sum(shown.map(({ quote }) => quote[field])))
        }
      }),
      { numRuns: 2000 },
    )
  })

  test('charging each order stays within a rupiah an order of charging the whole', () => {
    const held = charges(50, 'after_discount', 'exclusive')
    const prices = fc.array(fc.integer({ min: 1, max: 90_000 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(prices, discount, (list, off) => {
        const { sums } = sheetOf(
          list.map((price, index) => order(index, [line(price)], held)),
          off,
        )
        const once = quoteFor(sums.subtotalRp, held, sums.discountRp)
        expect(Math.abs(sums.totalRp - once.totalRp)).toBeLessThanOrEqual(1.1 * list.length + 1)
      }),
    )
  })

  test('settings that change during a visit leave earlier orders as they were shown, and both are listed', () => {
    const before = order(1, [line(20_000)], charges(0, 'after_discount', 'inclusive'))
    const after = order(2, [line(20_000)], charges(50, 'after_discount', 'exclusive'))
    const sheet = sheetOf([before, after])
    expect(sheet.sums.totalRp).toBe(20_000 + 23_100)
    expect(billLines(sheet)).toEqual([
      { kind: 'item', orderId: before.id, line: 0, amountRp: 20_000 },
      { kind: 'item', orderId: after.id, line: 0, amountRp: 20_000 },
      { kind: 'service', label: { id: 'Layanan', en: 'Service' }, permille: 50, amountRp: 1000 },
      { kind: 'tax', label: { id: 'PB1', en: 'PB1 tax' }, permille: 100, amountRp: 2100 },
      { kind: 'included_tax', label: { id: 'PB1', en: 'PB1 tax' }, permille: 100, informativeRp: 1818 },
    ])
  })

  test('what an order showed stands, even where today’s formula would say otherwise', () => {
    const shown = order(1, [line(20_000)], charges(50, 'after_discount', 'exclusive'))
    const older = { ...shown, quote: { ...shown.quote, taxRp: 2099, totalRp: 23_099 } }
    expect(sheetOf([older]).sums.totalRp).toBe(23_099)
  })

  test('a discount never exceeds the price, and a shop that owes no tax adds none', () => {
    const sheet = sheetOf([order(1, [line(9000)], charges(0, 'after_discount', 'none'))], {
      kind: 'amount',
      amountRp: 50_000,
    })
    expect(sheet.sums).toMatchObject({ discountRp: 9000, taxRp: 0, totalRp: 0 })
  })

  test('cancelled and rejected orders owe nothing; an empty bill is zero', () => {
    const held = charges(50, 'after_discount', 'exclusive')
    expect(
      sheetOf([order(1, [line(9000)], held, 'cancelled'), order(2, [line(9000)], held, 'rejected')]).sums
        .totalRp,
    ).toBe(0)
    expect(sheetOf([]).sums.totalRp).toBe(0)
  })

  test('a bill beyond what the house handles is refused', () => {
    const dear = { ...order(1, [line(1000)], charges(0, 'after_discount', 'none')) }
    const huge = { ...dear, quote: { ...dear.quote, subtotalRp: 500_000_001 } }
    expect(billOf([huge])).toMatchObject({ ok: false, refusal: { code: 'bill.too_expensive' } })
  })
})
