import { type ComputedRef, computed, watch } from 'vue'
import type { Order } from '#shared/ordering/order.ts'
import { isActive } from '#shared/ordering/order-status.ts'
import type { VisitPhone } from '#shared/visits/visit.ts'
import { database, type StoredRecord } from '../sync/db.ts'
import { newest, useLive, useOutbox } from '../sync/useLive.ts'
import { billsOf, type TableBill } from './bill/table-bill.ts'
import { dropCancelled } from './order-drop.ts'
import { isNews } from './order-news.ts'
import { byUrgency } from './order-urgency.ts'
import {
  type Moment,
  mergeOrders,
  type OrderRecord,
  type OrderView,
  type SentOrder,
  type Situation,
  situationOf,
} from './order-views.ts'
import { useMoment } from './useMoment.ts'

/** Stands in for "closed" when the phone missed it: the house closes a visit after three idle hours. */
const LONG_AGO_MS = 12 * 60 * 60_000

type OrderFacts = {
  readonly records: readonly OrderRecord[]
  /** Visits of this phone that the house has closed. */
  readonly closedVisitIds: ReadonlySet<string>
  /** Phones of a visit, as far as they can be seen from here. */
  readonly phonesByVisitId: ReadonlyMap<string, number>
}

const isOwnStream = (row: StoredRecord) => row.stream.startsWith('customer:')

async function readFacts(): Promise<OrderFacts> {
  const { records } = database()
  const orderRows = await records.where('kind').equals('order').toArray()
  const phoneRows = await records.where('kind').equals('visit_phone').toArray()
  const ownIds = new Set(orderRows.filter(isOwnStream).map((row) => row.id))
  const ownPhones = newest<'visit_phone'>(phoneRows.filter(isOwnStream))
  return {
    records: newest<'order'>(orderRows).map((order) => ({ order, isOwn: ownIds.has(order.id) })),
    closedVisitIds: new Set(ownPhones.filter((phone) => !phone.isVisitOpen).map((phone) => phone.visitId)),
    phonesByVisitId: countPhones(newest<'visit_phone'>(phoneRows)),
  }
}

function countPhones(phones: readonly VisitPhone[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { visitId, state } of phones) {
    if (state === 'admitted') counts.set(visitId, (counts.get(visitId) ?? 0) + 1)
  }
  return counts
}

export type Orders = {
  /** False until this phone's storage was read once. */
  readonly isRead: ComputedRef<boolean>
  /** Unsent orders and those of open visits, the most urgent first. */
  readonly current: ComputedRef<OrderView[]>
  /** This phone's own orders of earlier visits, newest first. */
  readonly history: ComputedRef<SentOrder[]>
  readonly bills: ComputedRef<TableBill[]>
  readonly moment: ComputedRef<Moment>
  readonly phonesAt: (visitId: string) => number
  readonly situation: (view: OrderView) => Situation
}

/** What this phone has ordered and may see of its table: the merge of what the server said and what waits here. */
export function useOrders(): Orders {
  const facts = useLive<OrderFacts | null>(readFacts, null)
  const outbox = useOutbox()
  watch(outbox, (rows) => void dropCancelled(rows))
  const moment = useMoment()
  const views = computed(() => mergeOrders(facts.value?.records ?? [], outbox.value))
  const isPast = (view: OrderView) => view.kind === 'sent' && isOver(view, facts.value, moment.value)
  const current = computed(() =>
    byUrgency(
      views.value.filter((view) => !isPast(view)),
      moment.value,
    ),
  )
  const history = computed(() =>
    views.value.filter((view): view is SentOrder => view.kind === 'sent' && view.isOwn && isPast(view)),
  )
  const isAtOpenTable = (order: Order) =>
    order.pickup === null && !facts.value?.closedVisitIds.has(order.visitId)
  return {
    isRead: computed(() => facts.value !== null),
    current,
    history,
    // Of a closed visit only what is under way is left in sight, which is not its bill.
    bills: computed(() =>
      billsOf(
        current.value.filter((view) => view.kind === 'sent').filter(({ order }) => isAtOpenTable(order)),
      ),
    ),
    moment,
    phonesAt: (visitId) => facts.value?.phonesByVisitId.get(visitId) ?? 0,
    situation: (view) => situationOf(view, moment.value),
  }
}

/** What is still being made stays in sight although the house has closed the visit: it is on its way all the same. */
function isOver(view: SentOrder, facts: OrderFacts | null, moment: Moment): boolean {
  const { order } = view
  // The visit of a pick-up ends with it: how it ended must not go by unread.
  const isToRead = order.pickup !== null && isNews(view, moment)
  if (facts?.closedVisitIds.has(order.visitId) && !isActive(order.status) && !isToRead) return true
  return moment.serverNowMs - (order.endedAtMs ?? order.placedAtMs) > LONG_AGO_MS
}
