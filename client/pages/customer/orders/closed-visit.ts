// How the page of the orders reads once the house has closed this phone's visit: that first, with what is left to
// pay; then what is still being made; then what ended, until it was read.
import { isActive } from '#shared/ordering/order-status.ts'
import type { VisitPhone } from '#shared/visits/visit.ts'
import type { ClosedVisitWords } from '../../../i18n/customer/closed-visit.id.ts'
import type { OrderView } from '../../../ordering/order-views.ts'
import { isSeatLeft, type Seat } from '../../../tables/seat.ts'

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

/**
 * How this phone sits down there again: by a scan, or it has scanned and nobody has heard of that yet. Null once the
 * scan was heard: it sits there.
 */
export function wayBack(phone: VisitPhone, seat: Seat | null): 'toScan' | 'unheard' | null {
  if (seat?.isUnheard && isAt(phone, seat)) return 'unheard'
  return seat === null || !isAt(phone, seat) || isSeatLeft(seat, [phone]) ? 'toScan' : null
}

/**
 * What the end means for this phone, and how it sits down there again. One that nobody had let in, or that was sent
 * away, never saw the table's things, and is not told that it lost them.
 */
export function endOf(
  words: ClosedVisitWords,
  phone: VisitPhone,
  hasOrdered: boolean,
  seat: Seat | null,
): { readonly title: string; readonly text: string; readonly again: string } {
  const way = wayBack(phone, seat)
  if (phone.state === 'admitted') {
    const text = hasOrdered ? words.others : words.nothingOwn
    return { title: words.title, text, again: way === null ? '' : words.again[way] }
  }
  const { title, text, own, toScan } = words.outside
  const again = way === 'toScan' ? toScan : way === null ? '' : words.again[way]
  return { title, text: hasOrdered ? own : text, again }
}

/**
 * The closed visit that the page speaks of: one in which this phone had ordered, else one that it was in at the very
 * table where it last scanned a code. On another day, or at another table, that is past.
 */
export function closedVisit(
  phone: VisitPhone | null,
  hasOrdered: boolean,
  seat: Seat | null,
): VisitPhone | null {
  if (phone === null || phone.isVisitOpen) return null
  if (hasOrdered) return phone
  return seat !== null && isAt(phone, seat) && wayBack(phone, seat) !== null ? phone : null
}

function isAt({ outletId, tableLabel }: VisitPhone, { outletId: at, table }: Seat): boolean {
  return outletId === at && table !== null && table.label === tableLabel
}
