// Why a person has to look at a payment, by its bill as well: what it brought too little is a matter only until
// what it was for has been paid, or is no longer owed.
import type { Payment } from '../../payment.ts'
import { type Attention, attentionTo } from '../../payment-status.ts'
import { type Owed, sumRp, uncovered } from '../covering.ts'

/** What money that is here does not pay of what this payment is for, in rupiah. `payments`: all of the bill. */
export function lackingRp(
  { covers }: Payment,
  orders: readonly Owed[],
  payments: readonly Payment[],
): number {
  const left = uncovered(
    orders,
    payments.filter(({ status }) => status !== 'pending'),
  )
  const isFor = (id: string) => covers === undefined || covers.some(({ orderId }) => orderId === id)
  return sumRp([...left].map(([id, rp]) => (isFor(id) ? rp : 0)))
}

export function isStillMissing(...of: Parameters<typeof lackingRp>): boolean {
  return lackingRp(...of) > 0
}

export function openMatters(
  payment: Payment,
  orders: readonly Owed[],
  payments: readonly Payment[],
): readonly Attention[] {
  const reasons = attentionTo(payment)
  if (!reasons.includes('short') || isStillMissing(payment, orders, payments)) return reasons
  return reasons.filter((reason) => reason !== 'short')
}
