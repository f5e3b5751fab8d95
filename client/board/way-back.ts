import type { Order, OrderStatus } from '#shared/ordering/order.ts'
import { stepBack } from '#shared/ordering/order-status.ts'
import type { Visit } from '#shared/visits/visit.ts'
import type { OutboxRow } from '../sync/stored-rows.ts'
import { unsentCloses } from './visits/table-end.ts'

/** Visits that are closed, or will be once this device is heard. */
export function closedVisitIds(visits: readonly Visit[], rows: readonly OutboxRow[]): ReadonlySet<string> {
  const closing = unsentCloses(rows).map(({ visitId }) => visitId)
  const closed = visits.filter(({ status }) => status === 'closed').map(({ id }) => id)
  return new Set([...closed, ...closing])
}

/** Where one tap back leads; null where nothing does: what nobody answered ended at a table ended with its visit for good. */
export function wayBack(
  { status, visitId, pickup }: Pick<Order, 'status' | 'visitId' | 'pickup'>,
  closedIds: ReadonlySet<string>,
): OrderStatus | null {
  const to = stepBack(status)
  return to === 'placed' && pickup === null && closedIds.has(visitId) ? null : to
}
