import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatDifferenceRp, formatRp, isRp, MAX_RP, permilleOf, taxWithin } from '#shared/kernel/money.ts'

describe('money is whole rupiah', () => {
  test.each([
    [0, 'Rp0'],
    [500, 'Rp500'],
    [1000, 'Rp1.000'],
    [18_000, 'Rp18.000'],
    [1_500_000, 'Rp1.500.000'],
    [1_000_000_000, 'Rp1.000.000.000'],
    [-500, '-Rp500'],
    [-12_500, '-Rp12.500'],
  ])('%i is written %s', (amountRp, text) => {
    expect(formatRp(amountRp)).toBe(text)
  })

  test.each([
    [0, ''],
    [5000, '+Rp5.000'],
    [-7000, '-Rp7.000'],
  ])('a difference of %i is written "%s"', (amountRp, text) => {
    expect(formatDifferenceRp(amountRp)).toBe(text)
  })

  test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, MAX_RP + 1])('%d is no amount', (amount) => {
    expect(isRp(amount)).toBe(false)
    expect(() => permilleOf(amount, 100)).toThrow()
    expect(() => taxWithin(amount, 100)).toThrow()
  })

  test.each([
    [20_000, 100, 2000],
    [10_005, 100, 1001],
    [10_004, 100, 1000],
    [1, 500, 1],
    [1, 499, 0],
    [33_333, 75, 2500],
  ])('%i at %i permille is %i, rounded half up', (amountRp, permille, expected) => {
    expect(permilleOf(amountRp, permille)).toBe(expected)
  })

  test('rounding is never off by more than half a rupiah', () => {
    const amount = fc.integer({ min: 0, max: MAX_RP })
    fc.assert(
      fc.property(amount, fc.integer({ min: 0, max: 200 }), (amountRp, permille) => {
        const exact = (amountRp * permille) / 1000
        expect(Math.abs(permilleOf(amountRp, permille) - exact)).toBeLessThanOrEqual(0.5)
      }),
    )
  })

  test('110,000 with 10 % inside holds 10,000 of tax; a net price plus its tax always holds that tax', () => {
    expect(taxWithin(110_000, 100)).toBe(10_000)
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: MAX_RP / 2 }),
        fc.integer({ min: 0, max: 100 }),
        (netRp, permille) => {
          const taxRp = permilleOf(netRp, permille)
          expect(taxWithin(netRp + taxRp, permille)).toBe(taxRp)
        },
      ),
    )
  })
})
