import type { Order } from '#shared/ordering/order.ts'
import type { Payment } from '#shared/payment/payment.ts'
import { amountsOf } from '#shared/payment/payment-status.ts'

/** True where money that came may be for this order: it was paid first, or the bill was paid since it stands there. */
export function mayBePaid(
  order: Pick<Order, 'payFirst' | 'placedAtMs'>,
  payments: readonly Payment[],
): boolean {
  if (order.payFirst?.state === 'paid') return true
  return payments.some((payment) => {
    const { receivedRp, returnedRp } = amountsOf(payment)
    return payment.createdAtMs >= order.placedAtMs && receivedRp > returnedRp
  })
}
