import 'fake-indexeddb/auto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Bill, Payment } from '#shared/payment/payment.ts'
import { NO_FACTS } from '#shared/payment/payment-facts.ts'
import { forgetOldRecords } from '../../../client/staff/forget-old-records.ts'
import { database, openDatabase } from '../../../client/sync/db.ts'
import { billFor, NOW, orderOf, paid, paymentOf } from '../payment/sample-money.ts'

const DAY_MS = 86_400_000
const VISIT = 'vis_00000000000000000000000001'
const LATER = NOW + 3 * DAY_MS

let opened = 0
beforeEach(() => {
  openDatabase(`meja-staff-${opened++}`)
})
afterEach(() => database().close())

const order = { ...orderOf(1, [[20_000, 1]], VISIT), endedAtMs: NOW }
const openBill: Bill = billFor([order])
const closedBill: Bill = { ...openBill, status: 'closed', paidAtMs: NOW, closedAtMs: NOW }
const payment: Payment = paid(paymentOf(22_000, { billId: openBill.id }))
const pending: Payment = { ...payment, status: 'pending', facts: NO_FACTS }
const visit = { id: VISIT, closedAtMs: NOW, status: 'closed' }
const phone = { id: `${VISIT}.1`, visitId: VISIT, isVisitOpen: false }
const call = { id: 'cal_1', doneAtMs: NOW }
const refund = { id: 'rfd_1', paymentId: payment.id, stage: 'succeeded', requestedAtMs: NOW }
const print = { id: 'prt_1', billId: openBill.id, state: 'printed', isSeen: false, endedAtMs: NOW }

/** A table that paid and left; `change` replaces what a test tells otherwise, null leaves it out. */
const table = {
  order: order as unknown,
  visit: visit as unknown,
  visit_phone: phone as unknown,
  call: call as unknown,
  bill: closedBill as unknown,
  payment: payment as unknown,
  refund: refund as unknown,
  print: print as unknown,
}

async function leftOf(change: Partial<typeof table>, nowMs = LATER): Promise<string> {
  for (const [kind, body] of Object.entries({ ...table, ...change })) {
    if (body === null) continue
    await database().records.put({
      stream: 'desk:out_1',
      kind,
      id: (body as { id: string }).id,
      rev: 1,
      body,
    })
  }
  await forgetOldRecords(nowMs)
  return (await database().records.toArray())
    .map(({ kind }) => kind)
    .sort()
    .join(' ')
}

const ALL = 'bill call order payment print refund visit visit_phone'
const MONEY = 'bill order payment print refund visit visit_phone'

test('of a table that paid and left days ago nothing stays on the tablet', async () => {
  expect(await leftOf({})).toBe('')
})

test('of the same table on the same day everything stays', async () => {
  expect(await leftOf({}, NOW + DAY_MS)).toBe(ALL)
})

test('what is set up stays, whatever its age', async () => {
  await database().records.put({ stream: 'desk:out_1', kind: 'menu', id: 'out_1', rev: 1, body: {} })
  expect(await leftOf({})).toBe('menu')
})

const waiting: readonly (readonly [string, Partial<typeof table>])[] = [
  ['a bill that nobody closed', { bill: openBill }],
  ['a bill that was paid and not closed', { bill: { ...openBill, status: 'paid', paidAtMs: NOW } }],
  ['a closed bill that was not paid', { payment: null }],
  ['a payment that is under way', { payment: pending }],
  ['a refund under way', { refund: { ...refund, stage: 'sent' } }],
  ['a refund that is asked for', { refund: { ...refund, stage: 'requested' } }],
  [
    'money that came twice',
    {
      payment: {
        ...payment,
        status: 'paid_twice',
        facts: {
          ...NO_FACTS,
          receipts: ['a', 'b'].map((ref) => ({ ref, amountRp: 22_000, atMs: NOW })),
        },
      },
    },
  ],
  [
    'money for an order that is no longer owed',
    { bill: { ...closedBill, sums: { ...closedBill.sums, totalRp: 11_000 } } },
  ],
]
for (const [name, change] of waiting) {
  test(`${name} stays with all that belongs to it`, async () => {
    const left = await leftOf(change)
    expect(left).toBe(change.payment === null ? MONEY.replace('payment ', '').replace('refund ', '') : MONEY)
  })
}

test('a failed print stays until somebody has read that it failed', async () => {
  const failed = { ...print, state: 'failed' }
  expect(await leftOf({ print: failed })).toBe('print')
  expect(await leftOf({ print: { ...failed, isSeen: true } })).toBe('')
})

test('a print that waits stays', async () => {
  expect(await leftOf({ print: { ...print, state: 'waiting', endedAtMs: null } })).toBe('print')
})

test('a phone stays while its visit is open or was closed only now', async () => {
  expect(await leftOf({ visit_phone: { ...phone, isVisitOpen: true } })).toBe('visit_phone')
  expect(await leftOf({ visit: { ...visit, closedAtMs: LATER - DAY_MS } })).toBe('visit visit_phone')
})

test('what was served days ago at a table that is still open stays, though nobody asked for its bill', async () => {
  const unbilled = { bill: null, payment: null, refund: null, print: null, call: null }
  const open = { ...visit, status: 'open', closedAtMs: null }
  const left = await leftOf({ ...unbilled, visit: open, visit_phone: { ...phone, isVisitOpen: true } })
  expect(left).toBe('order visit visit_phone')
})

test('a bill that was emptied, and a pick-up that nobody came for, wait for nobody', async () => {
  const emptied = { ...openBill, status: 'void', sums: { ...openBill.sums, totalRp: 0 } }
  expect(await leftOf({ payment: null, bill: emptied })).toBe('')
  expect(await leftOf({ payment: null, bill: { ...closedBill, tableLabel: null } })).toBe('')
})

test('a payment whose bill this tablet never saw goes once it is settled', async () => {
  expect(await leftOf({ bill: null, payment: pending })).toBe('payment refund')
  expect(await leftOf({ bill: null })).toBe('')
})
