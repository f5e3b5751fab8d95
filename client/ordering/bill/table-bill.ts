import { isOwed } from '#shared/ordering/order-status.ts'
import { callNameOf } from '#shared/ordering/pickup.ts'
import type { SentOrder } from '../order-views.ts'

/** What the orders of one visit come to, as far as this phone may see them. */
export type TableBill = {
  readonly visitId: string
  readonly tableLabel: string
  readonly orders: number
  readonly totalRp: number
  readonly ownRp: number
}

export function billsOf(views: readonly SentOrder[]): TableBill[] {
  const bills = new Map<string, TableBill>()
  for (const { order, isOwn } of views) {
    if (!isOwed(order.status)) continue
    const { totalRp } = order.quote
    const before = bills.get(order.visitId)
    bills.set(order.visitId, {
      visitId: order.visitId,
      tableLabel: callNameOf(order),
      orders: (before?.orders ?? 0) + 1,
      totalRp: (before?.totalRp ?? 0) + totalRp,
      ownRp: (before?.ownRp ?? 0) + (isOwn ? totalRp : 0),
    })
  }
  return [...bills.values()]
}
