import { describe, expect, it } from 'vitest'
import type { Visit } from '#shared/visits/visit.ts'
import { cashierId } from '../../../../client/i18n/cashier/cashier.id.ts'
import { closedWords } from '../../../../client/payment/cashier/bill/closed-words.ts'
import { entryHeadline, isApartOnly } from '../../../../client/payment/cashier/bill/entry-headline.ts'
import { type DeskMoney, entriesOf, onShelf } from '../../../../client/payment/cashier/money/cashier-view.ts'
import { billFor, charges, makeId, NOW, orderOf, paid, paymentOf } from '../sample-money.ts'

function visitAt(tableLabel: string): Visit {
  return {
    id: makeId('vis'),
    rev: 1,
    outletId: makeId('out'),
    tableId: makeId('tbl'),
    tableLabel,
    status: 'open',
    openedAtMs: NOW,
    closedAtMs: null,
    capRp: 500_000,
  }
}
const NOTHING: DeskMoney = { bills: [], payments: [], refunds: [], orders: [], visits: [] }

describe('The cashier’s list', () => {
  it('holds tables before they ask for the bill, by label, A2 before A10', () => {
    const visits = [visitAt('A10'), visitAt('A2')]
    const orders = visits.map(({ id }) => orderOf(1, [[20_000, 1]], id))
    const entries = entriesOf({ ...NOTHING, visits, orders }, charges)
    expect(entries.map(({ tableLabel, bill, isOwing }) => [tableLabel, bill, isOwing])).toEqual([
      ['A2', null, true],
      ['A10', null, true],
    ])
    expect(entries[0]?.view.standing.remainderRp).toBe(22_000)
  })

  it('leaves out what nobody has been seen to order, as the server does', () => {
    const visit = visitAt('A1')
    const order = { ...orderOf(1, [[20_000, 1]], visit.id), status: 'placed', presence: 'unproven' } as const
    expect(entriesOf({ ...NOTHING, visits: [visit], orders: [order] }, charges)).toEqual([])
  })

  it('holds what a stranger is to pay first apart from the bill, to be taken by its cups', () => {
    const visit = visitAt('A1')
    const payFirst = { state: 'awaited', untilMs: NOW + 900_000, releasedAtMs: null } as const
    const waiting = { status: 'placed', presence: 'unproven', payFirst } as const
    const theirs = { ...orderOf(2, [[20_000, 3]], visit.id), ...waiting }
    const own = orderOf(1, [[20_000, 1]], visit.id)
    const money = { ...NOTHING, visits: [visit], orders: [own, theirs] }
    const [entry] = entriesOf(money, charges)
    expect(entry?.view.standing.openRp).toBe(22_000)
    expect(entry?.apart.sums.totalRp).toBe(66_000)
    const [alone] = entriesOf({ ...money, orders: [theirs] }, charges)
    expect(alone).toMatchObject({ isOwing: true, view: { standing: { openRp: 0 } } })
    const { list, payment: words } = cashierId
    // The table owes nothing: the stranger's sum stands there, and whose it is beside it, never "Rp0".
    expect([entry, alone].map((each) => each && isApartOnly(each))).toEqual([false, true])
    expect(alone && entryHeadline(alone, list, words.played)).toBe('Rp66.000')
    expect(entry && entryHeadline(entry, list, words.played)).toBe('Rp22.000')
    const bill = { ...billFor([own, theirs]), visitId: visit.id }
    const payment = { ...paymentOf(66_000, { billId: bill.id }), status: 'pending' as const }
    const [paying] = entriesOf({ ...money, bills: [bill], payments: [payment] }, charges)
    expect(paying?.apart.orders).toEqual([])
    expect(paying?.view).toMatchObject({ isWhole: true, standing: { openRp: 22_000 } })
  })

  it('gives one guest’s money back and takes what another owes', () => {
    const visit = visitAt('A7')
    const order = orderOf(2, [[20_000, 1]], visit.id)
    const bill = { ...billFor([order]), visitId: visit.id }
    const cash = { billId: bill.id, provider: 'manual', method: 'cash', covers: [], freedRp: 33_000 } as const
    const payment = paid(paymentOf(33_000, cash))
    const money = { ...NOTHING, visits: [visit], orders: [order], bills: [bill], payments: [payment] }
    const entries = entriesOf(money, charges)
    const [entry] = entries
    expect(entry && entryHeadline(entry, cashierId.list, cashierId.payment.played)).toBe(
      'Kembalikan Rp33.000 · Sisa Rp22.000',
    )
    expect([onShelf(entries, 'owing').length, onShelf(entries, 'matters').length]).toEqual([1, 1])
    expect(entry?.matters.map(({ refundRp }) => refundRp)).toEqual([33_000])
  })

  it('keeps an entry the same when its bill is made, and moves it on when it is paid', () => {
    const visit = visitAt('A7')
    const order = orderOf(1, [[20_000, 1]], visit.id)
    const bill = { ...billFor([order]), visitId: visit.id }
    const [before] = entriesOf({ ...NOTHING, visits: [visit], orders: [order] }, charges)
    const [opened] = entriesOf({ ...NOTHING, visits: [visit], orders: [order], bills: [bill] }, charges)
    expect(opened?.id).toBe(before?.id)
    const payment = paid(paymentOf(22_000, { billId: bill.id }))
    const all = { visits: [visit], orders: [order], bills: [{ ...bill, status: 'paid' as const }] }
    const settled = entriesOf({ ...NOTHING, ...all, payments: [payment] }, charges)
    expect(onShelf(settled, 'owing')).toEqual([])
    const headlineOf = (entries: typeof settled) =>
      entries.map((each) => entryHeadline(each, cashierId.list, cashierId.payment.played))
    // Paid by practice: nothing came.
    expect(headlineOf(settled)).toEqual(['SIMULASI: Lunas'])
    const inCash = [{ ...payment, provider: 'manual' as const, method: 'cash' as const }]
    expect(headlineOf(entriesOf({ ...NOTHING, ...all, payments: inCash }, charges))).toEqual(['Lunas'])
    // Given back in the provider's pages, and not decided about: neither paid nor to be collected.
    const back = { refundId: 'rfd_00000000001', amountRp: 5000, stage: 'succeeded' as const }
    const online = { ...payment, provider: 'xendit' as const, facts: { ...payment.facts, refunds: [back] } }
    const undecided = entriesOf({ ...NOTHING, ...all, payments: [online] }, charges)
    expect(headlineOf(undecided)).toEqual(['Ada uang kembali yang belum diputuskan'])
    expect(onShelf(undecided, 'matters')).toHaveLength(1)
    // Cancelled after it was paid: the sum to hand back stands where "paid" stood.
    const cancelled = { ...order, status: 'cancelled' as const }
    const empty = {
      ...billFor([]),
      id: bill.id,
      visitId: visit.id,
      status: 'closed' as const,
      closedAtMs: NOW,
    }
    const over = { ...NOTHING, visits: [visit], orders: [cancelled], bills: [empty] }
    expect(headlineOf(entriesOf({ ...over, payments: inCash }, charges))).toEqual(['Kembalikan Rp22.000'])
    expect(headlineOf(entriesOf({ ...over, payments: [payment] }, charges))).toEqual(['Ditutup'])
    expect(onShelf(settled, 'settled').map(({ id }) => id)).toEqual([visit.id])
  })

  it('keeps a table that was closed before it paid, billed or not, until it has', () => {
    const visit = { ...visitAt('A7'), status: 'closed', closedAtMs: NOW } as const
    const order = orderOf(1, [[20_000, 1]], visit.id)
    const money = { ...NOTHING, visits: [visit], orders: [order] }
    expect(onShelf(entriesOf(money, charges), 'owing')).toMatchObject([{ bill: null, tableLabel: 'A7' }])
    const bill = { ...billFor([order]), visitId: visit.id, status: 'closed', closedAtMs: NOW } as const
    expect(onShelf(entriesOf({ ...money, bills: [bill] }, charges), 'owing')).toHaveLength(1)
    const payments = [paid(paymentOf(22_000, { billId: bill.id }))]
    expect(onShelf(entriesOf({ ...money, bills: [bill], payments }, charges), 'owing')).toEqual([])
  })

  it('tells a party that has gone from the one that sits there now, also when the till made its bill later', () => {
    const gone = { ...visitAt('A7'), status: 'closed', closedAtMs: NOW - 60_000 } as const
    const [here, next] = [visitAt('A7'), visitAt('B1')]
    const orders = [gone, here, next].map(({ id }) => orderOf(1, [[20_000, 1]], id))
    const money = { ...NOTHING, visits: [gone, here, next], orders }
    const late = { ...billFor(orders.slice(0, 1)), visitId: gone.id }
    for (const bills of [[], [late], [{ ...late, status: 'closed', closedAtMs: NOW - 60_000 } as const]]) {
      const entries = onShelf(entriesOf({ ...money, bills }, charges), 'owing')
      expect(entries.map(({ tableLabel, closedAtMs }) => [tableLabel, closedAtMs])).toEqual([
        ['A7', null],
        ['B1', null],
        ['A7', NOW - 60_000],
      ])
      const said = entries.map((entry) => closedWords(entry, cashierId.list, () => '19.40'))
      expect(said).toEqual(['', '', 'Sudah ditutup 19.40'])
    }
  })

  it('lists no table that was closed and owes nothing', () => {
    const visit = { ...visitAt('A7'), status: 'closed', closedAtMs: NOW } as const
    expect(entriesOf({ ...NOTHING, visits: [visit] }, charges)).toEqual([])
    const order = { ...orderOf(1, [[20_000, 1]], visit.id), status: 'cancelled' } as const
    expect(entriesOf({ ...NOTHING, visits: [visit], orders: [order] }, charges)).toEqual([])
  })

  it('shows what a person must look at on its own shelf, too', () => {
    const visit = visitAt('A7')
    const order = orderOf(1, [[20_000, 1]], visit.id)
    const bill = { ...billFor([order]), visitId: visit.id }
    const short = paymentOf(22_000, { billId: bill.id, status: 'short' })
    const facts = { ...short.facts, receipts: [{ ref: 'a', amountRp: 10_000, atMs: NOW }] }
    const payments = [{ ...short, facts }]
    const entries = entriesOf(
      { ...NOTHING, visits: [visit], orders: [order], bills: [bill], payments },
      charges,
    )
    expect(onShelf(entries, 'matters')).toHaveLength(1)
    expect(onShelf(entries, 'owing')).toHaveLength(1)
  })
})
