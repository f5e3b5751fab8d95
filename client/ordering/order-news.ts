import { isActive } from '#shared/ordering/order-status.ts'
import type { Moment, OrderView, SentOrder } from './order-views.ts'

/** Stands in for "closed" when the phone missed it: the house closes a visit after three idle hours. */
const LONG_AGO_MS = 12 * 60 * 60_000

/** How an order of this phone ended, or what the barista answered; null while there is nothing to tell. */
export function outcomeOf(view: OrderView): string | null {
  if (view.kind === 'unsent' || !view.isOwn) return null
  const { id, status, request } = view.order
  if (status === 'rejected' || status === 'cancelled' || status === 'no_show') return `${id} ${status}`
  return request?.answer && isActive(status) ? `${id} ${request.askedAtMs} ${request.answer}` : null
}

/** An outcome stays on top until it was read, so that nobody waits for coffee that will not come. */
export function isNews(view: OrderView, { readOutcomes }: Moment): boolean {
  const outcome = outcomeOf(view)
  return outcome !== null && !readOutcomes?.has(outcome)
}

/** True when the order still concerns somebody: it is under way, asks something, or its end was not read yet. */
export function isOpenMatter(view: OrderView, moment: Moment): boolean {
  return view.kind === 'unsent' || isActive(view.order.status) || isNews(view, moment)
}

/** True for an order of this phone's that stands in that visit: under way, or on its way there. */
export function standsIn(view: OrderView, visitId: string | undefined): boolean {
  if (view.kind === 'unsent') return view.row.name === 'order.place' && view.row.state === 'waiting'
  return view.isOwn && view.order.visitId === visitId && isActive(view.order.status)
}

/** What the barista said to a wish to change or to cancel, for as long as it was not read and still matters. */
export type RequestAnswer = 'changeAccepted' | 'changeDeclined' | 'cancelDeclined'

/** Null once the order is ready: then nothing is more urgent than that. */
export function unreadAnswer(view: OrderView, moment: Moment): RequestAnswer | null {
  if (view.kind === 'unsent' || view.order.status === 'ready' || !isNews(view, moment)) return null
  const { request, status } = view.order
  if (!request?.answer || !isActive(status)) return null
  if (request.kind === 'change') return request.answer === 'accepted' ? 'changeAccepted' : 'changeDeclined'
  // A wish to cancel that was granted is a cancelled order, which says so itself.
  return request.answer === 'declined' ? 'cancelDeclined' : null
}

/**
 * True for what may be folded away. What is being made stays in sight although the house has closed the visit, and
 * so does what ended with it: nobody may wait for an order that was rejected as the table closed.
 */
export function isPast(view: SentOrder, isVisitClosed: boolean, moment: Moment): boolean {
  const { order } = view
  if (isVisitClosed && !isActive(order.status) && !isNews(view, moment)) return true
  return moment.serverNowMs - (order.endedAtMs ?? order.placedAtMs) > LONG_AGO_MS
}
