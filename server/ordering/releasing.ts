import { assert } from '#shared/kernel/assert.ts'
import type { Order, PayFirst } from '#shared/ordering/order.ts'
import type { Context } from '../command.ts'
import { changeOrder } from './order.store.ts'
import { timedAfterPaying } from './pickup/promising.ts'

/** Why it may be made: its own phone paid, somebody else did (at the till), or a manager let it pass. */
export type Release = 'own' | 'others' | 'waived'

/** Lets an order that waited for its money come to the board as new. Who paid for themselves is let in. */
export async function releaseOrder(context: Context, order: Order, by: Release): Promise<Order> {
  assert(order.payFirst !== null, 'only what waits for its money is released')
  const state: PayFirst['state'] = by === 'waived' ? 'waived' : 'paid'
  const timed = await timedAfterPaying(context, order)
  const payFirst = { ...order.payFirst, state, releasedAtMs: context.nowMs }
  const isNews = order.presence === 'unproven'
  const released = await changeOrder(context, { ...timed, payFirst, presence: 'proven' }, state)
  const { visitId, phone } = order
  if (isNews && by === 'waived') context.emit({ type: 'presence.confirmed', visitId, phone })
  if (isNews && by === 'own') context.emit({ type: 'presence.paid', visitId, phone })
  return released
}

/** Keeps the time of a pick-up that was paid although it could have waited; strangers' free orders hold none. */
export async function bookOrder(context: Context, order: Order): Promise<void> {
  const isFree = order.quote.totalRp === 0
  if (isFree || order.payFirst !== null || !order.pickup || order.pickup.firstPromisedAtMs !== null) return
  await changeOrder(context, await timedAfterPaying(context, order), 'paid')
}
