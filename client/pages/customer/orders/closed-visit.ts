// How the page of the orders reads once the house has closed this phone's visit: that first, with what is left to
// pay; then what is still being made; then what ended, until it was read.
import { isActive } from '#shared/ordering/order-status.ts'
import type { OrderView } from '../../../ordering/order-views.ts'

export function isUnderWay(view: OrderView): boolean {
  return view.kind === 'unsent' || isActive(view.order.status)
}

/** What is under way before what has ended; within both the order that it came in. */
export function underWayFirst(views: readonly OrderView[]): readonly OrderView[] {
  return [...views.filter(isUnderWay), ...views.filter((view) => !isUnderWay(view))]
}

/**
 * True when the end of that visit is what the page has to say first. What this phone has ordered since, elsewhere or
 * not sent yet, comes before it. Ids begin with their time.
 */
export function isEndFirst(
  closedVisitId: string | null,
  current: readonly OrderView[],
  history: readonly OrderView[],
): boolean {
  if (closedVisitId === null) return false
  const isSince = (view: OrderView) => view.kind === 'unsent' || view.order.visitId > closedVisitId
  const isElsewhere = (view: OrderView) =>
    view.kind === 'sent' && view.order.visitId !== closedVisitId && isActive(view.order.status)
  return ![...current, ...history].some(isSince) && !current.some(isElsewhere)
}
