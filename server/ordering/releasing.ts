import { assert } from '#shared/kernel/assert.ts'
import type { Order, PayFirst } from '#shared/ordering/order.ts'
import type { Context } from '../command.ts'
import { changeOrder } from './order.store.ts'
import { timedAfterPaying } from './pickup/promising.ts'

/** Lets an order that waited for its money come to the board as new, its phone proven to be there. */
export async function releaseOrder(
  context: Context,
  order: Order,
  state: Exclude<PayFirst['state'], 'awaited'>,
): Promise<Order> {
  assert(order.payFirst !== null, 'only what waits for its money is released')
  const timed = await timedAfterPaying(context, order)
  const payFirst = { ...order.payFirst, state, releasedAtMs: context.nowMs }
  const isNews = order.presence === 'unproven'
  const released = await changeOrder(context, { ...timed, payFirst, presence: 'proven' }, state)
  if (isNews) context.emit({ type: 'presence.confirmed', visitId: order.visitId, phone: order.phone })
  return released
}
