import { isActive } from '#shared/ordering/order-status.ts'
import { isNews, isOpenMatter } from './order-news.ts'
import { bornAtMs, type Moment, type OrderView, type Situation, situationOf } from './order-views.ts'

const urgency: Readonly<Record<Situation, number>> = {
  ready: 0,
  stale: 1,
  refused: 1,
  unsure: 1,
  arrived: 1,
  rejected: 2,
  // Its time to pay runs out.
  unpaid: 2.5,
  // Nobody at the bar knows of it: a guest who looks has to see that before anything else under way.
  waiting: 3,
  unseen: 4,
  preparing: 5,
  held: 6,
  accepted: 7,
  later: 7.5,
  seen: 8,
  placed: 9,
  unproven: 9,
  sending: 10,
  served: 11,
  no_show: 2,
  cancelled: 12,
}

const JUST_SENT = -1
const NEWS = 0.5
/** News of an earlier table, below what this phone has under way at the one where it sits. */
const EARLIER = 15
const OTHERS = 20
const FINISHED = 40

/** Sent, and neither the barista nor the guest has anything to say about it yet. */
const unanswered: ReadonlySet<Situation> = new Set([
  'sending',
  'waiting',
  'unproven',
  'unseen',
  'placed',
  'seen',
])

/**
 * This phone's own first, so that nobody looks for what they sent, or misses what became of it, below a friend's
 * order; then the others'. The newest of its own leads until it was answered: whoever has just ordered looks for that.
 * What ended at an earlier table takes the page's head from nothing that is under way at this one.
 * Then the most urgent, then the one that is due earlier. Finished ones last, newest first.
 */
export function byUrgency(views: readonly OrderView[], moment: Moment): OrderView[] {
  const isOther = (view: OrderView) => (view.kind === 'sent' && !view.isOwn ? 1 : 0)
  const newest = newestOwn(views)
  const tableNow = latestTable(views)
  const rank = (view: OrderView) => {
    if (!isOpenMatter(view, moment)) return FINISHED
    const situation = situationOf(view, moment)
    if (isOfEarlierTable(view, tableNow)) return EARLIER
    if (view === newest && unanswered.has(situation)) return JUST_SENT
    // A cancellation is told as well, but was wished for: it takes the headline from nothing under way.
    const isUrgentNews = situation !== 'ready' && situation !== 'cancelled' && isNews(view, moment)
    return (isUrgentNews ? NEWS : urgency[situation]) + isOther(view) * OTHERS
  }
  const dueAtMs = (view: OrderView) => {
    if (rank(view) === FINISHED) return -bornAtMs(view)
    return view.kind === 'sent' ? (view.order.promisedAtMs ?? bornAtMs(view)) : bornAtMs(view)
  }
  return [...views].sort((a, b) => rank(a) - rank(b) || isOther(a) - isOther(b) || dueAtMs(a) - dueAtMs(b))
}

/** The visit at a table in which an order of this phone's is under way. Ids begin with their time. */
function latestTable(views: readonly OrderView[]): string | null {
  return views.reduce<string | null>((latest, view) => {
    if (view.kind === 'unsent' || !view.isOwn || view.order.pickup || !isActive(view.order.status))
      return latest
    return latest !== null && latest > view.order.visitId ? latest : view.order.visitId
  }, null)
}

/** Ended at a table that this phone has left for the next one. */
function isOfEarlierTable(view: OrderView, tableNow: string | null): boolean {
  if (view.kind === 'unsent' || view.order.pickup || tableNow === null) return false
  return !isActive(view.order.status) && view.order.visitId < tableNow
}

function newestOwn(views: readonly OrderView[]): OrderView | undefined {
  return views
    .filter((view) => view.kind === 'unsent' || view.isOwn)
    .reduce<OrderView | undefined>(
      (newest, view) => (newest && bornAtMs(newest) >= bornAtMs(view) ? newest : view),
      undefined,
    )
}
