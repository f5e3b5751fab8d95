// A receipt after money went back. The bill then owes less, or nothing, and "total Rp0" beside a payment
// explains nothing: what was ordered and is no longer owed is named, so that ordered − ended = total, and
// paid − returned = kept, each stand on their own. What an ended order would have cost under a discount
// nobody has reckoned: there it is named without a sum.
import type { Order } from '../../ordering/order.ts'
import { isOwed } from '../../ordering/order-status.ts'
import type { Payment } from '../payment.ts'
import { amountsOf } from '../payment-status.ts'
import { isPaymentOf } from './apart.ts'
import type { BillSheet } from './bill.ts'
import { standingOf } from './standing.ts'

type Ordered = Pick<Order, 'id' | 'number' | 'status' | 'phone' | 'presence' | 'quote'>

/** What of all payments came, went back, is on its way back, and stays; in whole rupiah. Less than nothing stays where more went back than came. */
export type MoneyKept = {
  readonly receivedRp: number
  readonly returnedRp: number
  readonly returningRp: number
  readonly keptRp: number
}

export function moneyKept(payments: readonly Payment[]): MoneyKept {
  const amounts = payments.map((payment) => amountsOf(payment))
  const sumOf = (amountRp: (one: (typeof amounts)[number]) => number) =>
    amounts.reduce((sum, one) => sum + amountRp(one), 0)
  const receivedRp = sumOf((one) => one.receivedRp)
  const returnedRp = sumOf((one) => one.returnedRp)
  const returningRp = sumOf((one) => one.returningRp)
  return { receivedRp, returnedRp, returningRp, keptRp: receivedRp - returnedRp }
}

/** What was ordered, with the orders that have ended, in whole rupiah; null where a discount makes it no sum of both. */
export function orderedRp({ sums }: Pick<BillSheet, 'sums'>, endedRp: number): number | null {
  return sums.discountRp === 0 ? sums.totalRp + endedRp : null
}

/**
 * The orders of a visit that ended without being owed, oldest first; none while no money went back, is about
 * to, or has to. A stranger's are told only where their own money came.
 */
export function endedOrders<O extends Ordered>(
  totalRp: number,
  orders: readonly O[],
  payments: readonly Payment[],
): readonly O[] {
  const { returnedRp, returningRp } = moneyKept(payments)
  if (returnedRp + returningRp + standingOf(totalRp, payments).overRp === 0) return []
  const paid = payments.filter((payment) => amountsOf(payment).receivedRp > 0)
  return orders
    .filter(({ status }) => !isOwed(status))
    .filter((order) => order.presence === 'proven' || paid.some((payment) => isPaymentOf(payment, order)))
    .sort((a, b) => a.number - b.number)
}
