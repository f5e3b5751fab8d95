// Why a person has to look at a payment, by its bill as well: what it brought too little is a matter only until
// what it was for has been paid, or is no longer owed.
import type { Payment } from '../../payment.ts'
import { type Attention, attentionTo } from '../../payment-status.ts'
import { type Owed, uncovered } from '../covering.ts'

/** True while money that is here does not pay for all of what this payment is for. `payments`: all of the bill. */
export function isStillMissing(
  { covers }: Payment,
  orders: readonly Owed[],
  payments: readonly Payment[],
): boolean {
  const left = uncovered(
    orders,
    payments.filter(({ status }) => status !== 'pending'),
  )
  return [...left].some(
    ([id, rp]) => rp > 0 && (covers ?? [{ orderId: id }]).some((one) => one.orderId === id),
  )
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
