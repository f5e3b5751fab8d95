import type { Context } from '../../command.ts'
import { learn, subjectOf } from '../learning.ts'
import { addMove } from '../money-moves.store.ts'
import { readBill } from './bill.store.ts'
import { readAccount } from './bill-keeping.ts'

/**
 * Gives up what phones prepared for the till where nothing is left to pay: after a discount or a cancelled
 * order such a code could only be refused until its time is over. Codes of gateways may be paid meanwhile.
 */
export async function closeNeedless(context: Context, billId: string): Promise<void> {
  const bill = await readBill(context.tx, billId)
  if (!bill) return
  const { standing, payments } = await readAccount(context.tx, bill)
  const prepared = payments.filter(({ status, provider }) => status === 'pending' && provider === 'manual')
  if (standing.remainderRp > 0) return
  for (const payment of prepared) {
    await learn(context, bill, payment, [{ kind: 'cancelled', atMs: context.nowMs }])
    await addMove(context, {
      ...subjectOf(payment),
      kind: 'cancelled',
      subject: payment.id,
      amountRp: 0,
      reason: 'nothing left to pay',
    })
  }
}
