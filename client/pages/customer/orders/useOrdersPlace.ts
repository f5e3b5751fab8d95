import { computed } from 'vue'
import { isActive } from '#shared/ordering/order-status.ts'
import { useOrdersWords } from '../../../i18n/orders/orders-words.ts'
import { orderNumber } from '../../../ordering/order-headline.ts'
import type { OrderView } from '../../../ordering/order-views.ts'
import type { Orders } from '../../../ordering/useOrders.ts'
import { useRecord } from '../../../sync/useLive.ts'
import { useSeat } from '../../../tables/useSeat.ts'

/**
 * The outlet and the table that the page speaks of: the focused order's, else that of the visit which has ended
 * (`closedTable`), else where this phone sits or last sat.
 */
export function useOrdersPlace(
  { history }: Pick<Orders, 'history'>,
  focus: () => OrderView | null,
  closedTable: () => string | null,
) {
  const w = useOrdersWords()
  const { seat, lastOutletId, askToJoin } = useSeat()
  askToJoin()
  const order = computed(() => {
    const view = focus()
    return view?.kind === 'sent' ? view.order : null
  })
  const outletId = computed(
    () =>
      order.value?.outletId ?? seat.value?.outletId ?? history.value[0]?.order.outletId ?? lastOutletId.value,
  )
  const outlet = useRecord('outlet', () => outletId.value)
  const tableLabel = computed(() => seat.value?.table?.label ?? null)
  return {
    outlet,
    menu: useRecord('menu', () => outletId.value),
    zone: computed(() => outlet.value?.zone ?? 'Asia/Jakarta'),
    tableLabel,
    token: computed(() => (tableLabel.value === null ? null : (seat.value?.token ?? null))),
    place: computed(() => {
      const ended = closedTable()
      const shown = ended !== null && order.value && !isActive(order.value.status) ? null : order.value
      const { pickup = null, tableLabel: label = null } = shown ?? {}
      const table = label ?? ended ?? tableLabel.value
      return [
        pickup ? w.value.pickup(pickup.code) : table && w.value.table(table),
        shown && orderNumber(shown.number),
      ]
        .filter(Boolean)
        .join(' · ')
    }),
  }
}
