import { expect, it } from 'vitest'
import { openVisits } from '../../../../client/board/desk-view.ts'
import { unansweredIds } from '../../../../client/board/visits/visit-totals.ts'
import { refusalSentence } from '../../../../client/i18n/dictionary.ts'
import { staffEn } from '../../../../client/i18n/staff/staff.en.ts'
import { staffId } from '../../../../client/i18n/staff/staff.id.ts'
import { NOON, orderId, sampleOrder, sampleRow } from '../sample-orders.ts'

const visitId = 'vis_00000000000000000000000001'
const refusal = { code: 'visit.new_orders', numbers: [7, 112] }

it('closes a table with the names of what waits for an answer there, and of nothing else', () => {
  const orders = [
    sampleOrder(1),
    sampleOrder(2, { status: 'accepted' }),
    sampleOrder(3, { presence: 'unproven' }),
    sampleOrder(4, { visitId: 'vis_00000000000000000000000002' }),
  ]
  expect(unansweredIds(orders, visitId)).toEqual([orderId(1), orderId(3)])
})

it('shows the table again when it was not closed, and names the orders that came', () => {
  const visit = {
    id: visitId,
    rev: 1,
    outletId: 'out_00000000000000000000000001',
    tableId: 'tbl_00000000000000000000000007',
    tableLabel: 'A7',
    status: 'open' as const,
    openedAtMs: NOON,
    closedAtMs: null,
    capRp: 1_500_000,
  }
  const args = { visitId, seenOrderIds: [orderId(1)] }
  expect(openVisits([visit], [sampleRow('visit.close', args)])).toEqual([])
  expect(openVisits([visit], [sampleRow('visit.close', args, { state: 'refused', refusal })])).toEqual([
    visit,
  ])
  expect(refusalSentence(staffId.refusal, refusal)).toMatch(/^Tidak ditutup: .* pesanan baru #007, #112\./)
  expect(refusalSentence(staffEn.refusal, refusal)).toMatch(/^Not closed; new since then: #007, #112\./)
})
