// Pick-ups paid at the end that nobody has accepted. Whoever sent them is nowhere to be seen yet.
import { isAwaitingPayment, type Order } from '#shared/ordering/order.ts'

/** From so many on, one answer for all of them is worth a place on the board. */
export const MANY_UNANSWERED = 3

export function isUnanswered(order: Order): boolean {
  const { pickup, status } = order
  return (
    pickup !== null && status === 'placed' && pickup.firstPromisedAtMs === null && !isAwaitingPayment(order)
  )
}
