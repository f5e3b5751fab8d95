import { expect, it } from 'vitest'
import type { Order } from '#shared/ordering/order.ts'
import type { OrderView } from '../../../client/ordering/order-views.ts'
import { isEndFirst, underWayFirst } from '../../../client/pages/customer/orders/closed-visit.ts'
import { sampleOrder, sampleRow } from '../board/sample-orders.ts'

const visitOf = (count: number) => `vis_${String(count).padStart(26, '0')}`
const CLOSED = visitOf(5)

function sent(number: number, more: Partial<Order>): OrderView {
  const order = sampleOrder(number, { visitId: CLOSED, ...more })
  return { kind: 'sent', id: order.id, order, isOwn: true, ask: null }
}
const unsent: OrderView = {
  kind: 'unsent',
  id: 'ord_1',
  row: sampleRow('order.place', {}),
  args: null,
  ask: null,
}

it('puts what is still being made before what has ended, and a new order with it', () => {
  const views = [
    sent(3, { status: 'rejected' }),
    sent(5, { status: 'rejected' }),
    sent(4, { status: 'accepted' }),
    unsent,
    sent(2, { status: 'cancelled' }),
  ]
  expect(underWayFirst(views).map((view) => (view.kind === 'sent' ? view.order.number : 'unsent'))).toEqual([
    4,
    'unsent',
    3,
    5,
    2,
  ])
})

it('says first that the visit was closed, while its own orders are made or refused too', () => {
  expect(isEndFirst(CLOSED, [], [])).toBe(true)
  expect(isEndFirst(CLOSED, [sent(4, { status: 'accepted' }), sent(3, { status: 'rejected' })], [])).toBe(
    true,
  )
  expect(isEndFirst(CLOSED, [], [sent(1, { status: 'served', visitId: visitOf(4) })])).toBe(true)
})

it('leaves the head to what was ordered since, and to what is made elsewhere', () => {
  expect(isEndFirst(null, [sent(4, { status: 'accepted' })], [])).toBe(false)
  expect(isEndFirst(CLOSED, [unsent], [])).toBe(false)
  expect(isEndFirst(CLOSED, [sent(9, { status: 'preparing', visitId: visitOf(4) })], [])).toBe(false)
  expect(isEndFirst(CLOSED, [], [sent(9, { status: 'served', visitId: visitOf(6) })])).toBe(false)
})
