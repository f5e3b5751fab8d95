import { computed } from 'vue'
import { useClosedVisitWords } from '../../../i18n/customer/closed-visit-words.ts'
import type { Orders } from '../../../ordering/useOrders.ts'
import { hasMoneyNews, ordersOfClosed } from '../../../payment/bill/closed-bill.ts'
import { useSeat } from '../../../tables/useSeat.ts'
import { useVisit } from '../../../visits/useVisit.ts'
import { closedVisit, endOf, isEndFirst } from './closed-visit.ts'

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
  /**
   * Of the money, where it concerns this phone. One that had ordered nothing may have paid for the table: which
   * payments were for this visit goes by the visit, not by its orders.
   */
  const bill = computed(() => {
    if (!visit.value || !hasMoneyNews(orders.value, visit.value)) return null
    const { visitId, remainderRp, dueBackRp, returnedRp } = visit.value
    return { visitId, orders: orders.value, remainderRp, dueBackRp, returnedRp }
  })
  /** What the page's head says, when this comes first. */
  const head = computed(() => {
    if (!visit.value || !isFirst.value) return null
    const { title, text, again } = endOf(w.value, visit.value, orders.value.length > 0, seat.value)
    return { title, text: [text, again].filter(Boolean).join(' ') }
  })
  return { orders, visit, isFirst, bill, head }
}
