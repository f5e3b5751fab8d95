import { advance } from '#shared/ordering/order-status.ts'
import { MAX_UNPAID_PICKUPS_PER_OUTLET, MAX_UNPAID_PICKUPS_WITH_CODES } from '#shared/ordering/pickup.ts'
import type { Context } from '../../command.ts'
import { givingWay, type Held } from '../giving-way.ts'
import { changeOrder, readOrder } from '../order.store.ts'
import { countIdlePickups, readHeldPickups } from '../pay-first.store.ts'
import { endUnpaid, FORGOTTEN_AFTER_MS } from '../unpaid-ending.ts'
import { readUnansweredOfStrangers } from './pickup.store.ts'

/** So long a pick-up that is paid at the end has its place for sure: a barista in a rush looks up by then. */
export const UNANSWERED_AFTER_MS = 5 * 60_000

/**
 * True when one more may wait for its money here beside `unpaid` others. Where they have filled their room,
 * one gives way: the oldest that nobody is paying, or of who floods. Those that are being paid have room of
 * their own.
 */
export async function hasRoomForUnpaid(context: Context, outletId: string, unpaid: number): Promise<boolean> {
  if (unpaid < MAX_UNPAID_PICKUPS_PER_OUTLET) return true
  const isRoomLeft =
    unpaid < MAX_UNPAID_PICKUPS_WITH_CODES &&
    (await countIdlePickups(context.tx, outletId)) < MAX_UNPAID_PICKUPS_PER_OUTLET
  if (isRoomLeft) return true
  const held = await readHeldPickups(context.tx, outletId)
  const some =
    unpaid < MAX_UNPAID_PICKUPS_WITH_CODES ? held.filter(({ codeSinceMs }) => codeSinceMs === null) : held
  return endUnpaid(context, givingWay(some, context.origin(), context.nowMs - FORGOTTEN_AFTER_MS))
}

/**
 * Makes room where ten phones that never fetched anything ring at a bar that does not answer: one that nobody
 * has looked at gives way. Without it they would close pick-up for all until somebody answers.
 */
export async function giveUpUnanswered(context: Context, outletId: string): Promise<boolean> {
  const held: Held[] = []
  for (const row of await readUnansweredOfStrangers(context.tx, outletId)) {
    const order = await readOrder(context.tx, row.order_id)
    const isSure = row.has_money === 1 || !order || order.seenAtMs !== null
    const { origin, placed_at_ms: placedAtMs } = row
    held.push({ id: row.order_id, origin, placedAtMs, isSure, codeSinceMs: null, isPromised: false })
  }
  const orderId = givingWay(held, context.origin(), context.nowMs - UNANSWERED_AFTER_MS)
  const order = orderId === undefined ? undefined : await readOrder(context.tx, orderId)
  const ended = order && advance(order, 'rejected', context.nowMs)
  if (!ended?.ok) return false
  await changeOrder(context, { ...ended.value, reason: { code: 'too_busy', text: '' } }, 'rejected')
  return true
}
