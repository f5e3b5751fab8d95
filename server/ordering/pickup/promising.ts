import { isAwaitingPayment, type Order } from '#shared/ordering/order.ts'
import { isUnready } from '#shared/ordering/order-status.ts'
import { acceptedAtMs, movedPickup } from '#shared/ordering/pickup.ts'
import { requotedMs, startAtMs } from '#shared/ordering/promise.ts'
import { readyInMinutes, workMinutes } from '#shared/ordering/queue.ts'
import { checkSlot, nextSlot } from '#shared/ordering/slots.ts'
import { readOutlet } from '../../outlet/outlet.store.ts'
import type { Reader } from '../../platform/database/database.ts'
import { countBaristas } from '../../staff/staff.store.ts'
import { readBar } from './bar.ts'

const MINUTE_MS = 60_000

/** A moment's look at the books, within a transaction or beside it. */
type Look = { readonly tx: Reader; readonly nowMs: number }

/**
 * The barista's promise. Of a pick-up it is never before the moment that was wanted: who comes at five
 * shall not find a coffee that was ready at three.
 */
export async function promisedBy(
  { tx, nowMs }: Look,
  order: Order,
  inMinutes: number,
): Promise<Partial<Order>> {
  const readyAtMs = nowMs + inMinutes * MINUTE_MS
  const { pickup } = order
  if (!pickup) return { promisedAtMs: readyAtMs }
  const pickupAtMs = acceptedAtMs(pickup, readyAtMs)
  const baristas = await countBaristas(tx, order.outletId, nowMs)
  return {
    promisedAtMs: pickupAtMs,
    pickup: {
      ...movedPickup(pickup, pickupAtMs, 'barista'),
      firstPromisedAtMs: pickup.firstPromisedAtMs ?? pickupAtMs,
      startAtMs: startAtMs(pickupAtMs, workMinutes(order.lines), baristas),
    },
  }
}

/** When the bar as it is now can have the order ready, on the full minute. */
async function estimateMs({ tx, nowMs }: Look, order: Order): Promise<number | null> {
  const outlet = await readOutlet(tx, order.outletId)
  if (!outlet) return null
  const minutes = workMinutes(order.lines)
  const begunAtMs = order.preparingAtMs
  if (order.status === 'preparing' && begunAtMs !== null) {
    return Math.max(nowMs + MINUTE_MS, begunAtMs + Math.ceil(minutes) * MINUTE_MS)
  }
  const { queuedMinutes, baristas } = await readBar(tx, outlet, nowMs, order.id)
  const inMinutes = readyInMinutes(minutes, queuedMinutes, baristas, outlet.load)
  return Math.ceil((nowMs + inMinutes * MINUTE_MS) / MINUTE_MS) * MINUTE_MS
}

/** The told moment, or the next that is free beside all that is certain: more may wait for their money than fit. */
async function roomFor({ tx, nowMs }: Look, order: Order, toldMs: number): Promise<number> {
  const outlet = await readOutlet(tx, order.outletId)
  if (!outlet) return toldMs
  const bar = { ...(await readBar(tx, outlet, nowMs, order.id)), held: [] }
  const minutes = workMinutes(order.lines)
  const slot = checkSlot(bar, minutes, toldMs)
  // What has become too soon while it was paid for is timed by the estimate, to the minute.
  return slot.ok || slot.refusal.code !== 'pickup.full' ? toldMs : (nextSlot(bar, minutes, toldMs) ?? toldMs)
}

/**
 * The pick-up as it is promised once its money has come: at the moment that was told, or, where paying took
 * too long for it, at the first that is true. Only now it is promised for the first time.
 */
export async function timedAfterPaying(context: Look, order: Order): Promise<Order> {
  const { pickup } = order
  if (!pickup) return order
  const roomAtMs = await roomFor(context, order, pickup.pickupAtMs)
  const pickupAtMs = Math.max(roomAtMs, (await estimateMs(context, order)) ?? 0)
  const baristas = await countBaristas(context.tx, order.outletId, context.nowMs)
  const beginAtMs = startAtMs(pickupAtMs, workMinutes(order.lines), baristas)
  return {
    ...order,
    pickup: {
      ...pickup,
      pickupAtMs,
      firstPromisedAtMs: pickup.firstPromisedAtMs ?? pickupAtMs,
      startAtMs: Math.max(context.nowMs, beginAtMs),
    },
  }
}

/** The pick-up with a new promise when the old one has slipped; null while it holds, or nothing is promised. */
export async function requoted(context: Look, order: Order): Promise<Order | null> {
  const { pickup } = order
  if (!pickup || !isUnready(order.status) || isAwaitingPayment(order) || pickup.firstPromisedAtMs === null)
    return null
  // Before its time to begin, the bar has done nothing late.
  if (order.heldAtMs !== null || context.nowMs < pickup.startAtMs) return null
  const estimate = await estimateMs(context, order)
  const pickupAtMs = estimate === null ? null : requotedMs(pickup.pickupAtMs, estimate)
  if (pickupAtMs === null) return null
  return {
    ...order,
    promisedAtMs: order.promisedAtMs === null ? null : pickupAtMs,
    pickup: movedPickup(pickup, pickupAtMs, 'queue'),
  }
}
