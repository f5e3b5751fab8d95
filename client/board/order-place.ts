import type { Order } from '#shared/ordering/order.ts'
import type { useWords } from '../i18n/staff/staff-words.ts'

/** Where an order goes, as it is spoken: its table, or the number by which it is fetched. */
export function orderPlace(
  { tableLabel, pickup }: Pick<Order, 'tableLabel' | 'pickup'>,
  { board }: ReturnType<typeof useWords>['value'],
): string {
  return tableLabel === null ? board.pickup.place(pickup?.code ?? '') : board.table(tableLabel)
}
