import { describe, expect, it } from 'vitest'
import type { Payment } from '#shared/payment/payment.ts'
import type { Call } from '#shared/visits/call.ts'
import type { Visit } from '#shared/visits/visit.ts'
import { itemStatuses, loadOf, openCalls, openVisits } from '../../../client/board/desk-view.ts'
import { isNearCap, raisedCapRp, visitTotals } from '../../../client/board/visits/visit-totals.ts'
import { closedVisitIds, wayBack } from '../../../client/board/way-back.ts'
import { billFor, paid, paymentOf } from '../payment/sample-money.ts'
import { NOON, sampleOrder, sampleRow } from './sample-orders.ts'

const OUTLET = 'out_00000000000000000000000001'

function call(number: number, more: Partial<Call> = {}): Call {
  return {
    id: `cal_${String(number).padStart(26, '0')}`,
    rev: 1,
    outletId: OUTLET,
    tableId: 'tbl_00000000000000000000000001',
    tableLabel: 'A1',
    visitId: null,
    kind: 'water',
    note: '',
    state: 'open',
    placedAtMs: NOON + number,
    takenAtMs: null,
    takenBy: null,
    doneAtMs: null,
    isPresent: true,
    ...more,
  }
}

function visit(tableLabel: string, more: Partial<Visit> = {}): Visit {
  return {
    id: `vis_${tableLabel.toLowerCase().padStart(26, '0')}`,
    rev: 1,
    outletId: OUTLET,
    tableId: 'tbl_00000000000000000000000001',
    tableLabel,
    status: 'open',
    openedAtMs: NOON,
    closedAtMs: null,
    capRp: 1_500_000,
    ...more,
  }
}

describe('the desk without a network', () => {
  it('shows a call as taken by me and lets a finished one go, before either was sent', () => {
    const rows = [
      sampleRow('call.take', { callId: call(2).id }),
      sampleRow('call.finish', { callId: call(1).id }),
    ]
    const shown = openCalls([call(2), call(1), call(3, { state: 'withdrawn' })], rows, 'Dina')
    expect(shown.map(({ id, state, takenBy }) => [id, state, takenBy])).toEqual([
      [call(2).id, 'taken', 'Dina'],
    ])
  })

  it('lists open tables as people count them, with a raised limit and without a closed one', () => {
    const rows = [
      sampleRow('visit.raise_cap', { visitId: visit('A10').id, capRp: 2_000_000 }),
      sampleRow('visit.close', { visitId: visit('A1').id, seenOrderIds: [] }),
    ]
    const shown = openVisits([visit('A10'), visit('A2'), visit('A1')], rows)
    expect(shown.map(({ tableLabel, capRp }) => [tableLabel, capRp])).toEqual([
      ['A2', 1_500_000],
      ['A10', 2_000_000],
    ])
  })

  it('marks an item sold out by the server’s clock, and back on, per outlet', () => {
    const soldOut = sampleRow('menu.sold_out', {
      outletId: OUTLET,
      itemId: 'kopi',
      until: 'time',
      minutes: 30,
    })
    const other = sampleRow('menu.sold_out', {
      outletId: 'out_2',
      itemId: 'teh',
      until: 'told',
      minutes: null,
    })
    const status = itemStatuses([], [soldOut, other], OUTLET, 5000)
    expect(status.get('kopi')?.soldOut).toEqual({
      until: 'time',
      endsAtMs: soldOut.createdAtMs + 5000 + 1_800_000,
    })
    expect(status.has('teh')).toBe(false)
    const backOn = sampleRow('menu.back_on', { outletId: OUTLET, itemId: 'kopi' })
    expect(itemStatuses([], [soldOut, backOn], OUTLET, 0).get('kopi')?.soldOut).toBeNull()
  })

  it('is as busy as last wished for here', () => {
    const load = { mode: 'busy' as const, addMinutes: 10, message: null }
    const row = sampleRow('outlet.set_load', { outletId: OUTLET, load })
    expect(loadOf({ id: OUTLET } as never, [row])).toEqual(load)
    expect(loadOf(undefined, []).mode).toBe('normal')
  })
})

describe('one tap back', () => {
  const { visitId } = sampleOrder(1)
  const closed = closedVisitIds([visit('A1', { id: visitId, status: 'closed' }), visit('A2')], [])

  it('leads back to be answered only while the table’s visit is open', () => {
    for (const status of ['rejected', 'accepted'] as const) {
      expect(wayBack(sampleOrder(1, { status }), closed)).toBeNull()
      expect(wayBack(sampleOrder(1, { status, visitId: visit('A2').id }), closed)).toBe('placed')
    }
    const made = (['preparing', 'ready', 'served'] as const).map((status) =>
      wayBack(sampleOrder(1, { status }), closed),
    )
    expect(made).toEqual(['accepted', 'preparing', 'ready'])
  })

  it('takes a table closed on this device for closed, but not where that was refused', () => {
    const closing = (state: 'waiting' | 'refused') =>
      closedVisitIds([visit('A2')], [sampleRow('visit.close', { visitId: visit('A2').id }, { state })])
    expect([...closing('waiting')]).toEqual([visit('A2').id])
    expect([...closing('refused')]).toEqual([])
  })
})

describe('what a table owes', () => {
  it('counts what is not rejected or cancelled, and what is unfinished', () => {
    const { visitId } = sampleOrder(1)
    const orders = [
      sampleOrder(1, { status: 'served' }),
      sampleOrder(2),
      sampleOrder(3, { status: 'rejected' }),
      sampleOrder(4, { visitId: 'vis_00000000000000000000000009' }),
    ]
    expect(visitTotals(orders, [], [], visitId)).toEqual({
      owedRp: 44_000,
      orderCount: 2,
      activeCount: 1,
      unansweredCount: 1,
      unansweredRp: 22_000,
    })
  })

  it('counts no more what was paid, nor an order of a phone that nobody has seen there', () => {
    const { visitId } = sampleOrder(1)
    const orders = [sampleOrder(1, { status: 'served' }), sampleOrder(2, { status: 'served' })]
    const bill = { ...billFor(orders), visitId }
    const owedAfter = (...payments: Payment[]) => visitTotals(orders, [bill], payments, visitId).owedRp
    const half = paymentOf(22_000, { billId: bill.id, tipRp: 5000, askedRp: 27_000 })
    expect(owedAfter(half)).toBe(44_000)
    expect(owedAfter(paid(half))).toBe(22_000)
    expect(owedAfter(paid(half), paid(paymentOf(30_000, { billId: bill.id })))).toBe(0)
    expect(owedAfter(paid(paymentOf(22_000)))).toBe(44_000)
    const unseen = [sampleOrder(3, { presence: 'unproven' }), sampleOrder(4, { presence: 'proven' })]
    expect(visitTotals(unseen, [], [], visitId)).toMatchObject({ owedRp: 22_000, orderCount: 2 })
  })

  it('warns from four fifths of the limit and raises by half a million', () => {
    expect([isNearCap(1_199_999, 1_500_000), isNearCap(1_200_000, 1_500_000)]).toEqual([false, true])
    expect([raisedCapRp(100, 1_500_000), raisedCapRp(1_700_000, 1_500_000)]).toEqual([2_000_000, 2_200_000])
  })
})
