import { ok, refuse } from '#shared/kernel/result.ts'
import { isAwaitingPayment, type Order, type OrderStatus } from '#shared/ordering/order.ts'
import { advance, isUnready } from '#shared/ordering/order-status.ts'
import { actorName, type Context, command, worksAt } from '../command.ts'
import { readVisit } from '../visits/visit.store.ts'
import { changeOrder, readOrder, wasMade } from './order.store.ts'
import { promisedBy } from './pickup/promising.ts'

async function orderAtDesk(context: Context, orderId: string) {
  const order = await readOrder(context.tx, orderId)
  if (!order) return refuse({ code: 'order.unknown' })
  if (!worksAt(context.actor, order.outletId)) return refuse({ code: 'session.wrong_outlet' })
  return ok(order)
}

/** Where the order stands, and why it ended: whoever moved it must hear that the guest had cancelled it. */
function standing({ status, reason }: Order) {
  return { status, reason: reason?.code ?? null }
}

/** Moves the order when its table allows it; one that is already there is left as it is. */
async function moveTo(context: Context, order: Order, to: OrderStatus, more: Partial<Order> = {}) {
  const moved = advance(order, to, context.nowMs)
  if (!moved.ok) return refuse({ ...moved.refusal, reason: order.reason?.code ?? null })
  const changed = await changeOrder(context, { ...moved.value, ...more }, to)
  return ok({ orderId: changed.id, status: changed.status })
}

export const makingCommandList = [
  command('order.see', {
    who: 'barista',
    async handle(context, { orderIds }) {
      for (const orderId of new Set(orderIds)) {
        const order = await readOrder(context.tx, orderId)
        if (!order || order.seenAtMs !== null || !worksAt(context.actor, order.outletId)) continue
        // It has not come to the board yet: nobody is to make it before it is paid.
        if (isAwaitingPayment(order)) continue
        await changeOrder(context, { ...order, seenAtMs: context.nowMs }, 'seen')
      }
      return ok({})
    },
  }),

  command('order.accept', {
    who: 'barista',
    async handle(context, { orderId, readyInMinutes }) {
      const found = await orderAtDesk(context, orderId)
      if (!found.ok) return found
      const order = found.value
      if (order.status === 'accepted') return ok({ orderId, status: order.status })
      // A tap that waited on another board must not pull back what was started since.
      if (order.status !== 'placed') return refuse({ code: 'order.moved_meanwhile', ...standing(order) })
      if (isAwaitingPayment(order)) return refuse({ code: 'order.payment_awaited' })
      if (order.presence === 'unproven') {
        context.emit({ type: 'presence.confirmed', visitId: order.visitId, phone: order.phone })
      }
      return moveTo(context, order, 'accepted', {
        presence: 'proven',
        ...(await promisedBy(context, order, readyInMinutes)),
      })
    },
  }),

  command('order.reject', {
    who: 'barista',
    async handle(context, { orderId, reason, text }) {
      const found = await orderAtDesk(context, orderId)
      if (!found.ok) return found
      if (found.value.status === 'rejected') return ok({ orderId, status: 'rejected' })
      if (await wasMade(context.tx, orderId)) return refuse({ code: 'order.made_already' })
      const { visitId, phone, presence } = found.value
      if (reason === 'nobody_there' && presence === 'unproven') {
        context.emit({ type: 'presence.denied', visitId, phone })
      }
      return moveTo(context, found.value, 'rejected', { reason: { code: reason, text: text.trim() } })
    },
  }),

  command('order.move', {
    who: 'barista',
    async handle(context, { orderId, from, to }) {
      const found = await orderAtDesk(context, orderId)
      if (!found.ok) return found
      const order = found.value
      if (order.status === to) return ok({ orderId, status: to })
      if (order.status !== from) return refuse({ code: 'order.moved_meanwhile', ...standing(order) })
      // Back to where it was never answered, it would leave the bill as soon as the table is closed.
      const isTakenBack = to === 'placed' || to === 'cancelled'
      if (isTakenBack && isUnready(from) && (await wasMade(context.tx, orderId))) {
        return refuse({ code: 'order.made_already' })
      }
      // Closing answered its orders for good: one brought back would be owed by nobody, and never end.
      // A pick-up opens its own visit again.
      const isBack = to === 'placed' && order.pickup === null
      if (isBack && (await readVisit(context.tx, order.visitId))?.status === 'closed') {
        return refuse({ code: 'order.visit_closed' })
      }
      // Accepting carries a promise, rejecting and cancelling a reason: they have commands of their own.
      if ((to === 'accepted' && from === 'placed') || to === 'rejected' || to === 'cancelled') {
        return refuse({ code: 'order.illegal_move', from, to })
      }
      const makes = to === 'preparing' && from === 'accepted' ? { madeBy: actorName(context.actor) } : {}
      // Whoever is served sits there.
      if (to === 'served') context.emit({ type: 'visit.active', visitId: order.visitId })
      return moveTo(context, order, to, makes)
    },
  }),

  command('order.hold', {
    who: 'barista',
    async handle(context, { orderId, isHeld }) {
      const found = await orderAtDesk(context, orderId)
      if (!found.ok) return found
      const order = found.value
      if (!isUnready(order.status) || isAwaitingPayment(order)) {
        return refuse({ code: 'order.over', ...standing(order) })
      }
      const heldAtMs = isHeld ? (order.heldAtMs ?? context.nowMs) : null
      await changeOrder(context, { ...order, heldAtMs }, isHeld ? 'held' : 'resumed')
      return ok({ orderId })
    },
  }),

  command('order.promise', {
    who: 'barista',
    async handle(context, { orderId, readyInMinutes }) {
      const found = await orderAtDesk(context, orderId)
      if (!found.ok) return found
      const order = found.value
      if (order.status !== 'accepted' && order.status !== 'preparing') {
        return refuse({ code: 'order.over', ...standing(order) })
      }
      const promised = { ...order, ...(await promisedBy(context, order, readyInMinutes)) }
      await changeOrder(context, promised, 'promised')
      return ok({ orderId, promisedAtMs: promised.promisedAtMs })
    },
  }),
]
