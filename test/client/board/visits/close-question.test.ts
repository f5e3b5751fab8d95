import { expect, it } from 'vitest'
import { closeFacts, isAskedOtherwise, ordersSince } from '../../../../client/board/visits/close-question.ts'
import { rejectedByClosing, tableEnds } from '../../../../client/board/visits/table-end.ts'
import { NOON, orderId, sampleOrder, sampleRow } from '../sample-orders.ts'

const visitId = 'vis_00000000000000000000000001'
const other = 'vis_00000000000000000000000002'
const facts = (orders: readonly ReturnType<typeof sampleOrder>[], calls = 0) =>
  closeFacts(orders, [], [], calls, visitId)

it('asks with what stands at the table: to be rejected, being made, to be paid, called', () => {
  const orders = [sampleOrder(1), sampleOrder(2, { status: 'accepted' }), sampleOrder(3, { visitId: other })]
  expect(facts(orders, 2)).toEqual({
    unansweredIds: [orderId(1)],
    unansweredRp: 22_000,
    makingCount: 1,
    leftRp: 22_000,
    callCount: 2,
  })
})

it('asks anew, naming the orders, once one has come since; at another table it changes nothing', () => {
  const asked = facts([sampleOrder(1)])
  expect(isAskedOtherwise(asked, facts([sampleOrder(1), sampleOrder(2, { visitId: other })]))).toBe(false)
  const now = facts([sampleOrder(1), sampleOrder(9)])
  expect([isAskedOtherwise(asked, now), ordersSince(asked, now)]).toEqual([true, [orderId(9)]])
})

it('asks anew without naming any when what was asked is answered, or somebody calls', () => {
  const asked = facts([sampleOrder(1)])
  for (const now of [facts([sampleOrder(1, { status: 'accepted' })]), facts([sampleOrder(1)], 1)]) {
    expect([isAskedOtherwise(asked, now), ordersSince(asked, now)]).toEqual([true, []])
  }
})

it('knows a visit that is closed from one that only this device has closed so far', () => {
  const visit = (id: string, status: 'open' | 'closed', tableId: string | null = 'tbl_1') => ({
    ...{ id, status, tableId, rev: 1, outletId: 'out_1', tableLabel: 'A7', openedAtMs: NOON },
    ...{ closedAtMs: null, capRp: 0 },
  })
  const close = sampleRow('visit.close', { visitId })
  const ends = tableEnds(
    [visit(visitId, 'open'), visit(other, 'closed'), visit('vis_3', 'closed', null)],
    [close],
  )
  expect([...ends]).toEqual([
    [visitId, 'closing'],
    [other, 'closed'],
  ])
  expect(tableEnds([visit(visitId, 'open')], [{ ...close, state: 'refused' }]).size).toBe(0)
  expect(tableEnds([visit(visitId, 'closed')], [close]).get(visitId)).toBe('closed')
})

it('says of an unanswered order what the unsent closing will do to it, and of none once another has come', () => {
  const close = (seenOrderIds?: readonly string[]) =>
    sampleRow('visit.close', seenOrderIds ? { visitId, seenOrderIds } : { visitId })
  const orders = [sampleOrder(1), sampleOrder(2, { status: 'accepted' }), sampleOrder(3, { visitId: other })]
  expect([...rejectedByClosing(orders, [close([orderId(1)])])]).toEqual([orderId(1)])
  expect([...rejectedByClosing(orders, [close()])]).toEqual([orderId(1)])
  expect([...rejectedByClosing([...orders, sampleOrder(4)], [close([orderId(1)])])]).toEqual([])
  expect([...rejectedByClosing(orders, [{ ...close([orderId(1)]), state: 'refused' }])]).toEqual([])
})
