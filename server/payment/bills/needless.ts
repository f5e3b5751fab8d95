import { namedOrders } from '#shared/payment/bill/apart.ts'
import type { Payment } from '#shared/payment/payment.ts'
import type { Context } from '../../command.ts'
import { learn, subjectOf } from '../learning.ts'
import { addMove } from '../money-moves.store.ts'
import { askGateway } from '../tasks/task.store.ts'
import { readBill } from './bill.store.ts'
import { type Account, readAccount } from './bill-keeping.ts'

/**
 * Whether nobody should pay this any more. What was prepared for the till is cut there to what is open; a
 * gateway's code takes exactly what it asks for, so one that asks for more than is left would take too much.
 */
function isNeedless({ standing, sheet }: Account, payment: Payment): boolean {
  const named = namedOrders(payment)
  const isForNothing = named.size > 0 && !sheet.orders.some(({ orderId }) => named.has(orderId))
  if (standing.remainderRp === 0 || isForNothing) return true
  return payment.provider !== 'manual' && payment.amountRp > standing.remainderRp
}

/**
 * Closes the codes that a discount or a cancelled order has left without anything to pay, at their provider
 * too. Money that comes all the same is late money: a person decides.
 */
export async function closeNeedless(context: Context, billId: string): Promise<void> {
  const known = await readBill(context.tx, billId)
  if (!known) return
  const account = await readAccount(context.tx, known)
  const needless = account.payments.filter(
    (payment) => payment.status === 'pending' && isNeedless(account, payment),
  )
  for (const payment of needless) {
    // Read anew: closing the one before has changed it.
    const bill = (await readBill(context.tx, billId)) ?? known
    await learn(context, bill, payment, [{ kind: 'cancelled', atMs: context.nowMs }])
    await addMove(context, {
      ...subjectOf(payment),
      kind: 'cancelled',
      subject: payment.id,
      amountRp: 0,
      reason: 'the bill changed',
    })
    if (payment.provider !== 'manual') await askGateway(context, 'expire', payment.id)
  }
}
