import type { Order } from '#shared/ordering/order.ts'
import type { Payment } from '#shared/payment/payment.ts'
import { amountsOf } from '#shared/payment/payment-status.ts'
import type { VisitPhone } from '#shared/visits/visit.ts'

/** This phone's place in the order's visit, as far as it is known. */
export type PaidPlace = Pick<VisitPhone, 'isVisitOpen' | 'remainderRp'> | undefined

/**
 * True where money that came may be for this order: it was paid first, or the bill was paid since it stands there,
 * or its table was closed and by the till's books less is missing than it cost.
 */
export function mayBePaid(
  order: Pick<Order, 'payFirst' | 'placedAtMs' | 'status' | 'quote'>,
  payments: readonly Payment[],
  place?: PaidPlace,
): boolean {
  if (order.payFirst?.state === 'paid') return true
  // What nobody has accepted is on no bill of a table that was closed.
  if (place?.isVisitOpen === false && place.remainderRp !== undefined) {
    return order.status !== 'placed' && place.remainderRp < order.quote.totalRp
  }
  return payments.some((payment) => {
    const { receivedRp, returnedRp } = amountsOf(payment)
    return payment.createdAtMs >= order.placedAtMs && receivedRp > returnedRp
  })
}
