import { ok, refuse } from '#shared/kernel/result.ts'
import { isAwaitingPayment } from '#shared/ordering/order.ts'
import { command, worksAt } from '../../command.ts'
import { readOrder } from '../../ordering/order.store.ts'
import { approve, checkPin } from '../approval.ts'
import { addMove } from '../money-moves.store.ts'

export const payFirstCommandList = [
  command('payment.waive', {
    who: 'barista',
    prepare: checkPin,
    async handle(context, { orderId, reason, approval }, check) {
      const order = await readOrder(context.tx, orderId)
      if (!order) return refuse({ code: 'order.unknown' })
      if (!worksAt(context.actor, order.outletId)) return refuse({ code: 'session.wrong_outlet' })
      const approved = await approve(context, approval, check, order.outletId)
      if ('answer' in approved) return approved.answer
      if (order.payFirst?.state === 'waived') return ok({ ok: true, orderId })
      if (!isAwaitingPayment(order)) return refuse({ code: 'order.not_awaited', status: order.status })
      context.emit({ type: 'order.waived', orderId })
      await addMove(context, {
        kind: 'waived',
        subject: orderId,
        outletId: order.outletId,
        amountRp: 0,
        approvedBy: approved.by.name,
        reason: `${reason} (#${order.number}, ${order.quote.totalRp} Rp)`,
      })
      return ok({ ok: true, orderId })
    },
  }),
]
