import { advance } from '#shared/ordering/order-status.ts'
import { MAX_UNPAID_PICKUPS_PER_OUTLET, MAX_UNPAID_PICKUPS_WITH_CODES } from '#shared/ordering/pickup.ts'
import type { Context } from '../../command.ts'
import { changeOrder, readOrder } from '../order.store.ts'
import { countIdlePickups, readForgettablePickup } from '../pay-first.store.ts'
import { endUnpaid, FORGOTTEN_AFTER_MS } from '../unpaid-ending.ts'
import { readUnansweredOfStrangers } from './pickup.store.ts'

/** So long a pick-up that is paid at the end has its place for sure: a barista in a rush looks up by then. */
export const UNANSWERED_AFTER_MS = 5 * 60_000

/**
 * True when one more may wait for its money here beside `unpaid` others. Where they have filled their room,
 * the oldest goes that nobody is paying; those that are being paid have room of their own.
 */
export async function hasRoomForUnpaid(context: Context, outletId: string, unpaid: number): Promise<boolean> {
  if (unpaid < MAX_UNPAID_PICKUPS_PER_OUTLET) return true
  const isRoomLeft =
    unpaid < MAX_UNPAID_PICKUPS_WITH_CODES &&
    (await countIdlePickups(context.tx, outletId)) < MAX_UNPAID_PICKUPS_PER_OUTLET
  if (isRoomLeft) return true
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
