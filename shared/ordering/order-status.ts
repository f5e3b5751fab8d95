// The life of an order as a table. Forward moves are the barista's work; backward moves undo a slip
// of the finger by exactly one step; everything else is refused.
import { ok, type Result, refuse } from '../kernel/result.ts'
import type { Order, OrderStatus } from './order.ts'

const next: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  placed: ['accepted', 'rejected', 'cancelled'],
  accepted: ['preparing', 'ready', 'cancelled', 'placed'],
  preparing: ['ready', 'cancelled', 'accepted'],
  ready: ['served', 'no_show', 'preparing'],
  served: ['ready'],
  rejected: ['placed'],
  cancelled: [],
  // Who comes after all still gets the drink.
  no_show: ['ready', 'served'],
}

/** The moves that take an order one step back. */
const undoes: Readonly<Partial<Record<OrderStatus, OrderStatus>>> = {
  accepted: 'placed',
  preparing: 'accepted',
  ready: 'preparing',
  served: 'ready',
  rejected: 'placed',
  no_show: 'ready',
}

type IllegalMove = {
  readonly code: 'order.illegal_move'
  readonly from: OrderStatus
  readonly to: OrderStatus
}

/** True when the order still needs work or an answer. */
export function isActive(status: OrderStatus): boolean {
  return status === 'placed' || status === 'accepted' || status === 'preparing' || status === 'ready'
}

/** True until the order is ready, or has ended without. */
export function isUnready(status: OrderStatus): boolean {
  return isActive(status) && status !== 'ready'
}

/** True when the order's total counts towards the bill. */
export function isOwed(status: OrderStatus): boolean {
  return status !== 'rejected' && status !== 'cancelled'
}

/** The status that one step back leads to, or null where there is no way back. */
export function stepBack(status: OrderStatus): OrderStatus | null {
  return undoes[status] ?? null
}

/**
 * The order after moving to `to` at `atMs` (epoch milliseconds, the server's).
 * Going back clears the moments that no longer happened. `rev` is left to the store.
 */
export function advance(order: Order, to: OrderStatus, atMs: number): Result<Order, IllegalMove> {
  const isNobodys = to === 'no_show' && order.pickup === null
  if (!next[order.status].includes(to) || isNobodys) {
    return refuse({ code: 'order.illegal_move', from: order.status, to })
  }
  const kept = undoes[order.status] === to ? withoutMoments(order, to) : order
  return ok({ ...kept, status: to, ...momentsOf(kept, to, atMs) })
}

function withoutMoments(order: Order, to: OrderStatus): Order {
  const back = { ...order, servedAtMs: null, endedAtMs: null, reason: null }
  if (to === 'ready') return back
  back.readyAtMs = null
  if (to === 'preparing') return back
  back.preparingAtMs = null
  back.madeBy = null
  if (to === 'accepted') return back
  return { ...back, acceptedAtMs: null, promisedAtMs: null }
}

function momentsOf(order: Order, to: OrderStatus, atMs: number): Partial<Order> {
  switch (to) {
    case 'accepted':
      return { acceptedAtMs: order.acceptedAtMs ?? atMs, seenAtMs: order.seenAtMs ?? atMs }
    case 'preparing':
      return { preparingAtMs: order.preparingAtMs ?? atMs, heldAtMs: null }
    case 'ready':
      return { readyAtMs: order.readyAtMs ?? atMs, heldAtMs: null }
    case 'served':
      return { servedAtMs: atMs, endedAtMs: atMs }
    case 'no_show':
      return { endedAtMs: atMs }
    case 'rejected':
    case 'cancelled':
      return { endedAtMs: atMs, heldAtMs: null, seenAtMs: order.seenAtMs ?? atMs }
    case 'placed':
      return {}
  }
}
