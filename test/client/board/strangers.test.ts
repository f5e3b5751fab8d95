import { describe, expect, it } from 'vitest'
import type { Call } from '#shared/visits/call.ts'
import type { VisitPhone } from '#shared/visits/visit.ts'
import { boardView, waitingOrders } from '../../../client/board/board-view.ts'
import { crowdedTables, seenAt } from '../../../client/board/strangers/strangers.ts'
import { phonesOfVisit } from '../../../client/board/visits/visit-phones.ts'
import { NOON, orderId, sampleOrder, sampleRow } from './sample-orders.ts'

const A7 = 'tbl_00000000000000000000000007'
const B2 = 'tbl_00000000000000000000000012'
const unproven = (number: number, tableId = A7) => sampleOrder(number, { tableId, presence: 'unproven' })
const seen = (...numbers: number[]) => ({ ids: numbers.map(orderId), shortCode: 'K7PM' })
const deny = (...numbers: number[]) =>
  sampleRow('visit.deny_strangers', { tableId: A7, replaceCode: false, seen: seen(...numbers) })

describe('strangers at a table', () => {
  it('offers one answer for all once a second order waits for the barista’s look at the same table', () => {
    const accepted = sampleOrder(4, { tableId: B2, presence: 'unproven', status: 'accepted' })
    expect([...crowdedTables([unproven(1), unproven(2, B2), accepted])]).toEqual([])
    expect([...crowdedTables([unproven(1), unproven(2, B2), unproven(3)])]).toEqual([A7])
  })

  it('counts those that wait for their money too: the one answer rejects them as well', () => {
    const payFirst = { state: 'awaited' as const, untilMs: NOON + 900_000, releasedAtMs: null }
    const awaited = sampleOrder(2, { tableId: A7, presence: 'unproven', payFirst })
    const view = boardView([unproven(1), awaited, unproven(3, B2)], [], 0)
    expect(view.columns.placed).toHaveLength(2)
    expect([...crowdedTables(waitingOrders(view))]).toEqual([A7])
  })

  it('shows all unproven orders of the table as rejected and not sent yet, and no other order', () => {
    const proven = sampleOrder(3, { tableId: A7 })
    const { columns, recent } = boardView(
      [unproven(1), unproven(2), proven, unproven(4, B2)],
      [deny(1, 2)],
      0,
    )
    expect(columns.placed.map(({ order, pendingCount }) => [order.number, pendingCount])).toEqual([
      [3, 0],
      [4, 0],
    ])
    expect(recent.map(({ order, pendingCount }) => [order.status, order.reason?.code, pendingCount])).toEqual(
      [
        ['rejected', 'nobody_there', 1],
        ['rejected', 'nobody_there', 1],
      ],
    )
  })

  it('spares an order that was accepted on this board before, unsent as that is', () => {
    const accept = sampleRow('order.accept', { orderId: orderId(1), readyInMinutes: 5 })
    const { columns, recent } = boardView([unproven(1), unproven(2)], [accept, deny(1, 2)], 0)
    expect(columns.making.map(({ order }) => order.number)).toEqual([1])
    expect(recent.map(({ order }) => order.number)).toEqual([2])
  })

  it('leaves an order as it is that came after the tap', () => {
    const { columns } = boardView([unproven(1), unproven(2), unproven(3)], [deny(1, 2)], 0)
    expect(columns.placed.map(({ order, pendingCount }) => [order.number, pendingCount])).toEqual([[3, 0]])
  })

  it('means what stands at that table on this board: orders and calls nobody vouched for, phones that ask', () => {
    const visitId = sampleOrder(1).visitId
    const call = (id: string, more = {}) => ({ id, tableId: A7, isPresent: false, ...more }) as Call
    const phone = (number: number, state: VisitPhone['state'], visit = visitId) =>
      ({ id: `${visit}.${number}`, visitId: visit, state }) as VisitPhone
    expect(
      seenAt(
        { id: A7, shortCode: 'K7PM' },
        [unproven(1), sampleOrder(2, { tableId: A7 }), unproven(3, B2)],
        [call('cal_1'), call('cal_2', { isPresent: true }), call('cal_3', { tableId: B2 })],
        [phone(1, 'admitted'), phone(2, 'asking'), phone(3, 'asking', 'vis_other')],
      ),
    ).toEqual({ ids: [orderId(1), 'cal_1', `${visitId}.2`], shortCode: 'K7PM' })
  })

  it('shows them as waiting again once the server has refused', () => {
    const refused = { ...deny(1, 2), state: 'refused' as const }
    const { columns } = boardView([unproven(1), unproven(2)], [refused], 0)
    expect(columns.placed.map(({ pendingCount }) => pendingCount)).toEqual([0, 0])
  })
})

describe('the phones of a visit', () => {
  const visitId = 'vis_00000000000000000000000001'
  const phone = (number: number, more: Partial<VisitPhone> = {}): VisitPhone => ({
    id: `${visitId}.${number}`,
    rev: 1,
    visitId,
    outletId: 'out_00000000000000000000000001',
    tableLabel: 'A7',
    number,
    state: 'admitted',
    isVisitOpen: true,
    ...more,
  })

  it('stand in the order in which they came, without those of another visit or of one that is over', () => {
    const other = phone(3, { visitId: 'vis_00000000000000000000000002' })
    const over = phone(4, { isVisitOpen: false })
    const shown = phonesOfVisit([phone(10), phone(2), other, over], [], visitId)
    expect(shown.map((each) => each.phone.number)).toEqual([2, 10])
  })

  it('shows a removed one as out and not sent yet, until the server refuses', () => {
    const row = sampleRow('visit.remove_phone', { visitId, number: 2 })
    const shown = phonesOfVisit([phone(1), phone(2)], [row], visitId)
    expect(shown.map((each) => [each.phone.state, each.isPending])).toEqual([
      ['admitted', false],
      ['refused', true],
    ])
    const [, second] = phonesOfVisit([phone(1), phone(2)], [{ ...row, state: 'refused' }], visitId)
    expect(second?.phone.state).toBe('admitted')
  })
})
