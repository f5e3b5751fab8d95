import type { Order } from '#shared/ordering/order.ts'
import { isOwed } from '#shared/ordering/order-status.ts'
import type { amountsOf } from '#shared/payment/payment-status.ts'

type Amounts = Pick<ReturnType<typeof amountsOf>, 'receivedRp' | 'returnedRp'>

/** What this phone's own orders came to, less what it paid itself: all that it knows once the table's bill is closed. */
export function leftOfOwn(orders: readonly Order[], amounts: readonly Amounts[]): number {
  const owedRp = orders
    .filter(({ status }) => isOwed(status) && status !== 'placed')
    .reduce((sum, { quote }) => sum + quote.totalRp, 0)
  const paidRp = amounts.reduce((sum, { receivedRp, returnedRp }) => sum + receivedRp - returnedRp, 0)
  return Math.max(0, owedRp - paidRp)
}
