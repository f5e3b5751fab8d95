import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { quoteFor } from '#shared/ordering/charges.ts'
import type { Charges } from '#shared/outlet/outlet.ts'

function charges(
  servicePermille: number,
  base: Charges['service']['base'],
  mode: Charges['tax']['mode'],
  taxPermille = 100,
): Charges {
  return {
    service: { label: { id: 'Layanan', en: 'Service' }, permille: servicePermille, base },
    tax: { label: { id: 'PB1', en: 'PB1 tax' }, permille: taxPermille, mode },
  }
}

describe('service and tax follow the official examples', () => {
  test('100,000 less 20 %, service 5 % on what is left, tax 10 %: 92,400', () => {
    expect(quoteFor(100_000, charges(50, 'after_discount', 'exclusive'), 20_000)).toEqual({
      subtotalRp: 100_000,
      serviceRp: 4000,
      taxRp: 8400,
      totalRp: 92_400,
      includedTaxRp: 0,
    })
  })

  test('the same with service on the price before the discount: 93,500', () => {
    expect(quoteFor(100_000, charges(50, 'before_discount', 'exclusive'), 20_000)).toMatchObject({
      serviceRp: 5000,
      taxRp: 8500,
      totalRp: 93_500,
    })
  })

  test('tax inside the prices is told and not added', () => {
    expect(quoteFor(110_000, charges(0, 'after_discount', 'inclusive'))).toEqual({
      subtotalRp: 110_000,
      serviceRp: 0,
      taxRp: 0,
      totalRp: 110_000,
      includedTaxRp: 10_000,
    })
  })

  test('without tax there is none', () => {
    expect(quoteFor(50_000, charges(50, 'after_discount', 'none'))).toMatchObject({
      taxRp: 0,
      totalRp: 52_500,
    })
  })

  const anyCharges = fc.record({
    service: fc.record({
      label: fc.constant({ id: 'Layanan', en: 'Service' }),
      permille: fc.integer({ min: 0, max: 200 }),
      base: fc.constantFrom('after_discount' as const, 'before_discount' as const),
    }),
    tax: fc.record({
      label: fc.constant({ id: 'PB1', en: 'PB1 tax' }),
      permille: fc.integer({ min: 0, max: 100 }),
      mode: fc.constantFrom('exclusive' as const, 'inclusive' as const, 'none' as const),
    }),
  })

  test('lines less discount, service and tax always add up to the total, in whole rupiah', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 500_000_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        anyCharges,
        (subtotalRp, share, each) => {
          const discountRp = Math.floor(subtotalRp * share)
          const quote = quoteFor(subtotalRp, each, discountRp)
          expect(quote.subtotalRp - discountRp + quote.serviceRp + quote.taxRp).toBe(quote.totalRp)
          for (const amountRp of Object.values(quote)) {
            expect(Number.isSafeInteger(amountRp) && amountRp >= 0).toBe(true)
          }
          expect(quote.includedTaxRp).toBeLessThanOrEqual(quote.totalRp)
        },
      ),
    )
  })

  test('whoever orders more never pays less', () => {
    const amount = fc.integer({ min: 0, max: 250_000_000 })
    fc.assert(
      fc.property(amount, amount, anyCharges, (aRp, moreRp, each) => {
        expect(quoteFor(aRp + moreRp, each).totalRp).toBeGreaterThanOrEqual(quoteFor(aRp, each).totalRp)
      }),
    )
  })
})
