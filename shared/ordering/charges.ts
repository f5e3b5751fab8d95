// From the price of the lines to what is owed. Two official examples (Bapenda Jakarta, 2024) hold:
// Rp100,000 less 20 %, service 5 %, tax 10 % is 92,400 with service on the discounted price and
// 93,500 with service on the price before. Each charge is rounded once, half up, to whole rupiah.
import { permilleOf, taxWithin } from '../kernel/money.ts'
import type { OrderType } from '../menu/menu.ts'
import type { Charges, Outlet } from '../outlet/outlet.ts'
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

/**
 * The charges that hold for this kind of order. Service is charged for being served at a table; who
 * fetches a cup at the counter owes none, unless the outlet says so. Tax is owed on both alike.
 */
export function chargesFor(
  { charges, pickup }: Pick<Outlet, 'charges' | 'pickup'>,
  orderType: OrderType,
): Charges {
  if (orderType === 'table' || pickup.isServiceCharged) return charges
  return { ...charges, service: { ...charges.service, permille: 0 } }
}
