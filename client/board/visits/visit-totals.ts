// What a visit owes and how much of it is unfinished, from its orders.
import type { Order } from '#shared/ordering/order.ts'
import { isActive, isOwed } from '#shared/ordering/order-status.ts'

export type VisitTotals = {
  readonly owedRp: number
  readonly orderCount: number
  readonly activeCount: number
}

/** From here on towards its cap a visit is shown as nearly full, in permille. */
const NEAR_CAP_PERMILLE = 800
const RAISE_BY_RP = 500_000

export function visitTotals(orders: readonly Order[], visitId: string): VisitTotals {
  const owed = orders.filter((order) => order.visitId === visitId && isOwed(order.status))
  return {
    owedRp: owed.reduce((sum, order) => sum + order.quote.totalRp, 0),
    orderCount: owed.length,
    activeCount: owed.filter((order) => isActive(order.status)).length,
  }
}

/** True when the next order may well be refused for the visit's cap. */
export function isNearCap(owedRp: number, capRp: number): boolean {
  return owedRp * 1000 >= capRp * NEAR_CAP_PERMILLE
}

/** The cap after one tap: half a million more than the present one, or than what is owed already. */
export function raisedCapRp(owedRp: number, capRp: number): number {
  return Math.min(100_000_000, Math.max(capRp, owedRp) + RAISE_BY_RP)
}
