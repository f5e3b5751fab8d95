import { ok, refuse } from '#shared/kernel/result.ts'
import { MAX_ASKS_PER_ORDER } from '#shared/ordering/order.ts'
import { advance, isUnready } from '#shared/ordering/order-status.ts'
import { command, worksAt } from '../command.ts'
import { changeOrder, countAsks, readOrder, readOrderOwner, wasMade } from './order.store.ts'

export const askingCommandList = [
  command('order.ask', {
    who: 'phone',
    async handle(context, { orderId, kind, note }) {
      const { actor, tx, nowMs } = context
      const order = await readOrder(tx, orderId)
      // Only the phone that ordered may ask; anybody else's order is answered like none at all.
      const isOwn = actor.kind === 'customer' && (await readOrderOwner(tx, orderId)) === actor.id
      if (!order || !isOwn) return refuse({ code: 'order.unknown' })
      if (!isUnready(order.status)) {
        return refuse({ code: 'order.over', status: order.status })
      }
      if (kind === 'cancel' && order.status === 'placed') {
        const cancelled = advance(order, 'cancelled', nowMs)
        if (!cancelled.ok) return cancelled
        await changeOrder(
          context,
          { ...cancelled.value, reason: { code: 'asked', text: note.trim() } },
          'cancelled',
        )
        return ok({ orderId, status: 'cancelled' })
      }
      if ((await countAsks(tx, orderId)) >= MAX_ASKS_PER_ORDER) return refuse({ code: 'order.asked_often' })
      const request = { kind, note: note.trim(), askedAtMs: nowMs, answer: null }
      await changeOrder(context, { ...order, request }, `asked_${kind}`)
      return ok({ orderId, status: order.status })
    },
  }),

  command('order.answer', {
    who: 'barista',
    async handle(context, { orderId, isAccepted }) {
      const order = await readOrder(context.tx, orderId)
      if (!order) return refuse({ code: 'order.unknown' })
      if (!worksAt(context.actor, order.outletId)) return refuse({ code: 'session.wrong_outlet' })
      if (!order.request || order.request.answer !== null) return refuse({ code: 'order.no_request' })
      const request = { ...order.request, answer: isAccepted ? ('accepted' as const) : ('declined' as const) }
      if (!isAccepted || order.request.kind === 'change') {
        await changeOrder(context, { ...order, request }, isAccepted ? 'change_accepted' : 'request_declined')
        return ok({ orderId, status: order.status })
      }
      if (await wasMade(context.tx, orderId)) return refuse({ code: 'order.made_already' })
      const cancelled = advance(order, 'cancelled', context.nowMs)
      if (!cancelled.ok) return cancelled
      const reason = { code: 'asked' as const, text: order.request.note }
      await changeOrder(context, { ...cancelled.value, request, reason }, 'cancelled')
      return ok({ orderId, status: 'cancelled' })
    },
  }),
]
