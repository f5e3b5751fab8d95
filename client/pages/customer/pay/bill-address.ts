import type { RouteLocationNormalizedLoaded } from 'vue-router'
import type { TableMoney } from '../../../payment/bill/bill-view.ts'
import type { WantedBill } from '../../../payment/bill/useTableMoney.ts'

/** A pick-up's bill is named in the address; a table's needs no name, it is the one where the phone sits. */
export function wantedBill({ query }: RouteLocationNormalizedLoaded): WantedBill {
  return { visitId: typeof query.visit === 'string' ? query.visit : null }
}

export function billQuery(money: TableMoney | null): Readonly<Record<string, string>> {
  return money?.pickup ? { visit: money.visitId } : {}
}

/** Where the orders of this bill are shown. */
export function ownPage(money: TableMoney | null): string {
  return money?.pickup ? `/pickup/${money.pickup.orderId}` : '/orders'
}
