import fc from 'fast-check'
import { quoteFor } from '#shared/ordering/charges.ts'
import type { OrderLine } from '#shared/ordering/order.ts'
import type { Charges } from '#shared/outlet/outlet.ts'
import type { BillOrder, Discount } from '#shared/payment/bill/bill.ts'

export function charges(
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

export function line(unitRp: number, quantity = 1): OrderLine {
  return {
    itemId: 'kopi',
    name: { id: 'Kopi', en: 'Coffee' },
    choices: [],
    quantity,
    unitRp,
    prepMinutes: 3,
    note: '',
  }
}

export function order(
  number: number,
  lines: readonly OrderLine[],
  held: Charges,
  status: BillOrder['status'] = 'served',
): BillOrder {
  const subtotalRp = lines.reduce((sum, { unitRp, quantity }) => sum + unitRp * quantity, 0)
  const id = `ord_${String(number).padStart(26, '0')}`
  return { id, status, lines, quote: quoteFor(subtotalRp, held), charges: held }
}

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
const anyLine = fc.tuple(fc.integer({ min: 0, max: 250_000 }), fc.integer({ min: 1, max: 6 }))
const anyStatus = fc.constantFrom<BillOrder['status']>(
  'placed',
  'served',
  'served',
  'ready',
  'cancelled',
  'rejected',
)

export const orders: fc.Arbitrary<readonly BillOrder[]> = fc
  .array(fc.tuple(fc.array(anyLine, { minLength: 1, maxLength: 5 }), anyCharges, anyStatus), { maxLength: 5 })
  .map((list) =>
    list.map(([lines, held, status], index) =>
      order(
        index,
        lines.map(([unitRp, quantity]) => line(unitRp, quantity)),
        held,
        status,
      ),
    ),
  )

export const discount: fc.Arbitrary<Discount | null> = fc.oneof(
  fc.constant(null),
  fc.integer({ min: 0, max: 1000 }).map((permille) => ({ kind: 'rate' as const, permille })),
  fc.integer({ min: 0, max: 400_000 }).map((amountRp) => ({ kind: 'amount' as const, amountRp })),
)
