import { computed } from 'vue'
import { useClosedVisitWords } from '../../../i18n/customer/closed-visit-words.ts'
import type { Orders } from '../../../ordering/useOrders.ts'
import { ordersOfClosed } from '../../../payment/bill/closed-bill.ts'
import { useSeat } from '../../../tables/useSeat.ts'
import { useVisit } from '../../../visits/useVisit.ts'
import { closedVisit, isEndFirst, wayBack } from './closed-visit.ts'

/** The end of this phone's visit, as the page of its orders tells it. */
export function useClosedVisit({ current, history }: Pick<Orders, 'current' | 'history'>) {
  const w = useClosedVisitWords()
  const { seat } = useSeat()
  const { ownPhone } = useVisit()

  /** This phone's orders of the closed visit: what they owe is said while one is still made, too. */
  const orders = computed(() => {
    const views = [...history.value, ...current.value]
    return ordersOfClosed(
      ownPhone.value,
      views.flatMap((view) => (view.kind === 'sent' && view.isOwn ? [view.order] : [])),
    )
  })
  const visit = computed(() => closedVisit(ownPhone.value, orders.value.length > 0, seat.value))
  const isFirst = computed(() => isEndFirst(visit.value?.visitId ?? null, current.value, history.value))
  /** Of the money: a phone that had ordered nothing knows no more of it than the till's books say. */
  const bill = computed(() => {
    const { remainderRp, dueBackRp, returnedRp } = visit.value ?? {}
    if (orders.value.length === 0 && remainderRp === undefined && dueBackRp === undefined) return null
    return { orders: orders.value, remainderRp, dueBackRp, returnedRp }
  })
  const text = computed(() => {
    if (!visit.value) return ''
    const way = wayBack(visit.value, seat.value)
    const { others, nothingOwn, again } = w.value
    return [orders.value.length > 0 ? others : nothingOwn, way && again[way]].filter(Boolean).join(' ')
  })
  return { orders, visit, isFirst, bill, text }
}
