import { isAwaitingPayment } from '#shared/ordering/order.ts'
import { advance } from '#shared/ordering/order-status.ts'
import type { Context } from '../command.ts'
import { changeOrder, readOrder } from './order.store.ts'

/** So long an unpaid order that nobody vouches for has its place for sure: time to open a banking app. */
export const FORGOTTEN_AFTER_MS = 3 * 60_000

/** Ends an order whose money did not come, if it still waits for it; answers whether it did. */
export async function endUnpaid(context: Context, orderId: string | undefined): Promise<boolean> {
  const order = orderId === undefined ? undefined : await readOrder(context.tx, orderId)
  if (!order || !isAwaitingPayment(order)) return false
  const ended = advance(order, 'cancelled', context.nowMs)
  if (!ended.ok) return false
  // Nobody at the bar has looked at it: it never came there.
  const reason = { code: 'unpaid', text: '' } as const
  await changeOrder(context, { ...ended.value, seenAtMs: order.seenAtMs, reason }, 'cancelled')
  return true
}
