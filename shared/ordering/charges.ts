// From the price of the lines to what is owed. Two official examples (Bapenda Jakarta, 2024) hold:
// Rp100,000 less 20 %, service 5 %, tax 10 % is 92,400 with service on the discounted price and
// 93,500 with service on the price before. Each charge is rounded once, half up, to whole rupiah.
import { permilleOf, taxWithin } from '../kernel/money.ts'
import type { Charges } from '../outlet/outlet.ts'
import type { Quote } from './order.ts'

/** The quote for `subtotalRp` of lines less `discountRp`. subtotal − discount + service + tax = total. */
export function quoteFor(subtotalRp: number, charges: Charges, discountRp = 0): Quote {
  const discountedRp = subtotalRp - discountRp
  const serviceBaseRp = charges.service.base === 'before_discount' ? subtotalRp : discountedRp
  const serviceRp = permilleOf(serviceBaseRp, charges.service.permille)
  const beforeTaxRp = discountedRp + serviceRp
  const { mode, permille } = charges.tax
  const taxRp = mode === 'exclusive' ? permilleOf(beforeTaxRp, permille) : 0
  const includedTaxRp = mode === 'inclusive' ? taxWithin(beforeTaxRp, permille) : 0
  return { subtotalRp, serviceRp, taxRp, totalRp: beforeTaxRp + taxRp, includedTaxRp }
}
