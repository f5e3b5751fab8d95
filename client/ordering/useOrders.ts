import { type ComputedRef, computed, watch } from 'vue'
import type { Order } from '#shared/ordering/order.ts'
import type { VisitPhone } from '#shared/visits/visit.ts'
import { recordsOf } from '../sync/read-records.ts'
import type { StoredRecord } from '../sync/stored-rows.ts'
import { newest, useLive, useOutbox } from '../sync/useLive.ts'
import { billsOf, type TableBill } from './bill/table-bill.ts'
import { dropCancelled } from './order-drop.ts'
import { isPast } from './order-news.ts'
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

type OrderFacts = {
  readonly records: readonly OrderRecord[]
  /** Visits of this phone that the house has closed. */
  readonly closedVisitIds: ReadonlySet<string>
  /** Phones of a visit, as far as they can be seen from here. */
  readonly phonesByVisitId: ReadonlyMap<string, number>
}

const isOwnStream = (row: StoredRecord) => row.stream.startsWith('customer:')

async function readFacts(): Promise<OrderFacts> {
  const orderRows = await recordsOf({ kind: 'order' })
  const phoneRows = await recordsOf({ kind: 'visit_phone' })
  const ownIds = new Set(orderRows.filter(isOwnStream).map((row) => row.id))
  const ownPhones = newest<'visit_phone'>(phoneRows.filter(isOwnStream))
  const backs = new Map(
    ownPhones.map(({ visitId, dueBackRp = 0, returnedRp = 0 }) => [
      visitId,
      { dueRp: dueBackRp, returnedRp },
    ]),
  )
  return {
    records: newest<'order'>(orderRows).map((order) => ({
      order,
      isOwn: ownIds.has(order.id),
      back: backs.get(order.visitId),
    })),
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
  const isOver = (view: OrderView): view is SentOrder =>
    view.kind === 'sent' && isPast(view, isVisitClosed(view), moment.value)
  const isVisitClosed = ({ order }: SentOrder) => facts.value?.closedVisitIds.has(order.visitId) ?? false
  const current = computed(() =>
    byUrgency(
      views.value.filter((view) => !isOver(view)),
      moment.value,
    ),
  )
  const history = computed(() => views.value.filter((view): view is SentOrder => isOver(view) && view.isOwn))
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
