import type { Order } from '#shared/ordering/order.ts'
import { callNameOf } from '#shared/ordering/pickup.ts'
import { useWords } from '../../i18n/staff/staff-words.ts'
import { useBoard } from '../useBoard.ts'

/** Where an order goes, by name. The same table is another party's once the visit of the order is closed. */
export function usePartyPlace(): (order: Order) => string {
  const t = useWords()
  const board = useBoard()
  return (order) => {
    const place = callNameOf(order)
    return board.tableEndOf(order) === 'closed' ? t.value.board.counts.gone(place) : place
  }
}
