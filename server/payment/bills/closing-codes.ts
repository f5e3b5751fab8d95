import type { Order } from '#shared/ordering/order.ts'
import { isOwed } from '#shared/ordering/order-status.ts'
import { isPaymentOf } from '#shared/payment/bill/apart.ts'
import type { Context } from '../../command.ts'
import { learn, subjectOf } from '../learning.ts'
import { addMove } from '../money-moves.store.ts'
import { readPayments } from '../payment.store.ts'
import { askGateway } from '../tasks/task.store.ts'
import { readBill, readBillOfVisit } from './bill.store.ts'
import { closeNeedless } from './needless.ts'

/**
 * Closes the codes that are open for an order which has ended. For one apart from the table's, all of its own:
 * left open, they would keep the table from paying as much. For the table's, what is needless now.
 * Money that comes all the same is late money.
 */
export async function closeCodesOf(context: Context, order: Order): Promise<void> {
  if (isOwed(order.status)) return
  const known = await readBillOfVisit(context.tx, order.visitId)
  if (!known) return
  const isStrangers = order.payFirst?.state === 'awaited' && order.presence === 'unproven'
  for (const payment of isStrangers ? await readPayments(context.tx, known.id) : []) {
    if (payment.status !== 'pending' || !isPaymentOf(payment, order)) continue
    // Read anew: closing the one before has changed it.
    const bill = await readBill(context.tx, payment.billId)
    if (!bill) continue
    await learn(context, bill, payment, [{ kind: 'cancelled', atMs: context.nowMs }])
    await addMove(context, { ...subjectOf(payment), kind: 'cancelled', subject: payment.id, amountRp: 0 })
    if (payment.provider !== 'manual') await askGateway(context, 'expire', payment.id)
  }
  await closeNeedless(context, known.id)
}
