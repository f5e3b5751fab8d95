// What shared/ordering/order-status.ts says of an order's status, as a statement asks for it: `status IN ${ended}`.
// Here since a visit's closing is the first to ask.
import { raw } from 'sql-template-tag'
import { ORDER_STATUSES, type OrderStatus } from '#shared/ordering/order.ts'
import { isActive, isOwed, isUnready } from '#shared/ordering/order-status.ts'

const listOf = (belongs: (status: OrderStatus) => boolean) =>
  raw(`('${ORDER_STATUSES.filter(belongs).join("', '")}')`)

export const unready = listOf(isUnready)
export const ended = listOf((status) => !isActive(status))
export const unowed = listOf((status) => !isOwed(status))
