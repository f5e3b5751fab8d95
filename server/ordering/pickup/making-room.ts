import { advance } from '#shared/ordering/order-status.ts'
import type { Context } from '../../command.ts'
import { changeOrder, readOrder } from '../order.store.ts'
import { readForgettablePickup } from '../pay-first.store.ts'
import { endUnpaid, FORGOTTEN_AFTER_MS } from '../unpaid-ending.ts'
import { readUnansweredOfStrangers } from './pickup.store.ts'

/** So long a pick-up that is paid at the end has its place for sure: a barista in a rush looks up by then. */
export const UNANSWERED_AFTER_MS = 5 * 60_000

/** Makes room where unpaid orders have filled theirs: of those that nobody is paying, the oldest goes. */
export async function forgetUnpaid(context: Context, outletId: string): Promise<boolean> {
  const beforeMs = context.nowMs - FORGOTTEN_AFTER_MS
  return endUnpaid(context, await readForgettablePickup(context.tx, outletId, beforeMs))
}

/**
 * Makes room where ten phones that never fetched anything ring at a bar that does not answer: the oldest
 * goes that nobody has looked at. Without it they would close pick-up for all until somebody answers.
 */
export async function giveUpUnanswered(context: Context, outletId: string): Promise<boolean> {
  const beforeMs = context.nowMs - UNANSWERED_AFTER_MS
  for (const orderId of await readUnansweredOfStrangers(context.tx, outletId, beforeMs)) {
    const order = await readOrder(context.tx, orderId)
    if (!order || order.seenAtMs !== null) continue
    const ended = advance(order, 'rejected', context.nowMs)
    if (!ended.ok) continue
    await changeOrder(context, { ...ended.value, reason: { code: 'too_busy', text: '' } }, 'rejected')
    return true
  }
  return false
}
