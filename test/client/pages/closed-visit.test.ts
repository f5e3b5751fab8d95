import { expect, it } from 'vitest'
import type { Order } from '#shared/ordering/order.ts'
import type { VisitPhone } from '#shared/visits/visit.ts'
import { closedVisitEn } from '../../../client/i18n/customer/closed-visit.en.ts'
import { closedVisitId } from '../../../client/i18n/customer/closed-visit.id.ts'
import type { OrderView } from '../../../client/ordering/order-views.ts'
import {
  closedVisit,
  endOf,
  isEndFirst,
  underWayFirst,
  wayBack,
} from '../../../client/pages/customer/orders/closed-visit.ts'
import type { Seat } from '../../../client/tables/seat.ts'
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

const NOON = 1_790_000_000_000
const phone: VisitPhone = {
  id: `${CLOSED}.2`,
  rev: 1,
  visitId: CLOSED,
  outletId: 'out_1',
  tableLabel: 'A4',
  number: 2,
  state: 'admitted',
  isVisitOpen: false,
  closedAtMs: NOON,
}
const seat: Seat = {
  token: '0123456789abcdef',
  outletId: 'out_1',
  table: { id: 'tbl_1', label: 'A4', areaName: 'Dalam' },
  scannedAtMs: NOON - 60_000,
}
const elsewhere: Seat = { ...seat, table: { id: 'tbl_2', label: 'B1', areaName: 'Dalam' } }

it('speaks of the closed visit of a friend who had ordered nothing, until a scan is heard', () => {
  expect(closedVisit(phone, false, seat)).toBe(phone)
  expect(closedVisit(phone, false, { ...seat, scannedAtMs: NOON + 1, isUnheard: true })).toBe(phone)
  expect(closedVisit(phone, false, { ...seat, scannedAtMs: NOON + 1 })).toBeNull()
  expect(closedVisit({ ...phone, isVisitOpen: true }, false, seat)).toBeNull()
})

it('leaves a visit without an order of this phone where it was, at another table or on another day', () => {
  expect(closedVisit(phone, false, elsewhere)).toBeNull()
  expect(closedVisit(phone, false, null)).toBeNull()
  expect(closedVisit(phone, true, null)).toBe(phone)
  expect(closedVisit(phone, true, elsewhere)).toBe(phone)
  expect(closedVisit(null, false, seat)).toBeNull()
})

it('asks for a scan once only: not when one waits to be sent, nor when one was heard', () => {
  expect(wayBack(phone, seat)).toBe('toScan')
  expect(wayBack(phone, null)).toBe('toScan')
  expect(wayBack(phone, { ...elsewhere, isUnheard: true })).toBe('toScan')
  expect(wayBack(phone, { ...seat, scannedAtMs: NOON - 60_000, isUnheard: true })).toBe('unheard')
  expect(wayBack(phone, { ...seat, scannedAtMs: NOON + 1 })).toBeNull()
})

it('tells a phone that nobody had let in no loss of what it never saw', () => {
  for (const state of ['asking', 'refused'] as const) {
    for (const hasOrdered of [true, false]) {
      const end = endOf(closedVisitId, { ...phone, state }, hasOrdered, seat)
      expect(Object.values(end).join(' ')).not.toMatch(/lagi di HP ini|terlihat lagi|Duduk di sini lagi/)
      expect([end.title, end.again]).toEqual([
        'Meja ini sudah ditutup',
        'Duduk di sini? Pindai lagi kode di meja.',
      ])
      expect(end.text).toBe(hasOrdered ? closedVisitId.outside.own : closedVisitId.outside.text)
      const inEnglish = endOf(closedVisitEn, { ...phone, state }, hasOrdered, seat)
      expect(Object.values(inEnglish).join(' ')).not.toMatch(/no longer|again\?/)
    }
  }
})

it('tells the party what it no longer sees, with or without an order of its own', () => {
  expect(endOf(closedVisitId, phone, true, seat).text).toBe(closedVisitId.others)
  expect(endOf(closedVisitId, phone, false, seat)).toEqual({
    title: closedVisitId.title,
    text: closedVisitId.nothingOwn,
    again: closedVisitId.again.toScan,
  })
  expect(endOf(closedVisitId, phone, false, { ...seat, scannedAtMs: NOON + 1 }).again).toBe('')
})
