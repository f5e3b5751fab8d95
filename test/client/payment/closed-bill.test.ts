import { describe, expect, it } from 'vitest'
import type { VisitPhone } from '#shared/visits/visit.ts'
import { billLinkId } from '../../../client/i18n/payment/bill-link.id.ts'
import { mayBePaid } from '../../../client/ordering/request/paid-for.ts'
import {
  backTo,
  closedNews,
  earlierDebts,
  hasMoneyNews,
  leftOfOwn,
  ordersOfClosed,
  paymentsOfVisit,
  returnedByTill,
} from '../../../client/payment/bill/closed-bill.ts'
import { makeId, NOW, orderOf, paid, paymentOf } from './sample-money.ts'

const HOUR = 60 * 60_000
const order = (status: 'served' | 'placed' | 'rejected') => ({
  ...orderOf(1, [[20_000, 1]], visitId),
  status,
})
const visitId = makeId('vis')

describe('what a phone knows of its money after the table was closed', () => {
  it('counts its own orders that were accepted, less what it paid itself', () => {
    const orders = [order('served'), order('placed'), order('rejected')]
    expect(leftOfOwn(orders, [])).toBe(22_000)
    expect(leftOfOwn(orders, [{ receivedRp: 12_000, returnedRp: 2_000 }])).toBe(12_000)
    expect(leftOfOwn(orders, [{ receivedRp: 30_000, returnedRp: 0 }])).toBe(0)
  })

  it('goes by what the till says is left of the bill, whoever paid', () => {
    expect(closedNews(22_000, 0)).toEqual([{ kind: 'settled' }])
    expect(closedNews(22_000, 68_200)).toEqual([{ kind: 'owed', amountRp: 68_200, isOwn: true }])
    expect(closedNews(0, 46_200)).toEqual([{ kind: 'owed', amountRp: 46_200, isOwn: false }])
  })

  it('speaks of money that comes back, and thanks nobody before', () => {
    expect(closedNews(0, 0, 22_000)).toEqual([{ kind: 'back', amountRp: 22_000 }])
    expect(closedNews(30_800, 0, 22_000)).toEqual([{ kind: 'back', amountRp: 22_000 }])
  })

  it('speaks of both where one guest gets money back and another owes', () => {
    expect(closedNews(0, 9000, 22_000)).toEqual([
      { kind: 'back', amountRp: 22_000 },
      { kind: 'owed', amountRp: 9000, isOwn: false },
    ])
  })

  it('says that it comes back at the till only where this phone paid there', () => {
    const till = paid(paymentOf(22_000, { provider: 'manual', method: 'cash' }))
    const qris = paid(paymentOf(22_000, { provider: 'xendit' }))
    expect(backTo([till], 22_000)).toBe('till')
    expect(backTo([qris], 20_000)).toBe('bank')
    expect(backTo([], 22_000)).toBe('unknown')
    expect(backTo([qris], 30_000)).toBe('unknown')
    expect(backTo([qris, till], 20_000)).toBe('unknown')
    expect(billLinkId.closed.back.bank('Rp20.000')).not.toMatch(/di kasir/)
  })

  it('says what was given back, but not twice what its own payments say', () => {
    expect(returnedByTill([], 27_500)).toBe(27_500)
    const refunds = [{ refundId: makeId('rfd'), amountRp: 22_000, stage: 'succeeded' as const }]
    const own = paid(paymentOf(22_000, { provider: 'xendit' }))
    expect(returnedByTill([{ ...own, facts: { ...own.facts, refunds } }], 27_500)).toBe(5500)
  })

  it('says no more than what it did not pay itself where the table had no bill', () => {
    expect(closedNews(22_000, undefined)).toEqual([{ kind: 'left', amountRp: 22_000 }])
    expect(closedNews(0, undefined)).toEqual([{ kind: 'settled' }])
  })
})

describe('the payments of a phone in the visit that was closed', () => {
  const outletId = makeId('out')
  const earlier = paymentOf(9000, { outletId })
  const here = makeId('vis')
  const place: VisitPhone = {
    id: `${here}.2`,
    rev: 1,
    visitId: here,
    outletId,
    tableLabel: 'A5',
    number: 2,
    state: 'admitted',
    isVisitOpen: false,
  }
  const forAll = paid(paymentOf(22_000, { provider: 'xendit', outletId, phone: 2 }))

  it('are known though it had ordered nothing there: it may have paid for the table', () => {
    expect(paymentsOfVisit([place], [earlier, forAll], [])).toEqual([forAll])
    expect(backTo(paymentsOfVisit([place], [forAll], []), 22_000)).toBe('bank')
  })

  it('are none of its earlier table, of another outlet, or of another number', () => {
    const others = [
      { ...earlier, phone: 2 },
      paymentOf(9000, { phone: 2 }),
      paymentOf(9000, { outletId, phone: 3 }),
    ]
    expect(paymentsOfVisit([place], others, [])).toEqual([])
    expect(paymentsOfVisit([], [forAll], [])).toEqual([])
  })

  it('go by the bill where that is known: a pick-up’s is not the table’s', () => {
    const bill = (visitId: string) => ({ id: forAll.billId, visitId })
    expect(paymentsOfVisit([place], [forAll], [bill(makeId('vis'))])).toEqual([])
    expect(paymentsOfVisit([place], [forAll], [bill(here)])).toEqual([forAll])
  })

  it('count from the moment in which the visit began: a bill that is paid first begins with it', () => {
    const sameMoment = `bil_${here.slice(4, 14)}${'0'.repeat(16)}`
    expect(paymentsOfVisit([place], [{ ...forAll, billId: sameMoment }], [])).toHaveLength(1)
  })

  it('count with both numbers of a phone that had lost its place', () => {
    const again = { ...place, id: `${here}.4`, number: 4 }
    expect(paymentsOfVisit([place, again], [forAll, { ...forAll, phone: 4 }], [])).toHaveLength(2)
  })

  it('are spoken of where it had ordered, or was told what the till’s books say', () => {
    expect(hasMoneyNews([], {})).toBe(false)
    expect(hasMoneyNews([], { remainderRp: 0 })).toBe(true)
    expect(hasMoneyNews([], { dueBackRp: 5000 })).toBe(true)
    expect(hasMoneyNews([order('rejected')], {})).toBe(true)
  })
})

describe('the orders of a table that was closed', () => {
  const making = { ...orderOf(1, [[20_000, 1]], visitId), status: 'preparing' as const }
  const elsewhere = orderOf(1, [[20_000, 1]], makeId('vis'))

  it('hold one that is still being made: what it owes is said all the same', () => {
    const orders = ordersOfClosed({ visitId, isVisitOpen: false }, [making, elsewhere])
    expect(orders).toEqual([making])
    expect(closedNews(leftOfOwn(orders, []), 22_000)).toEqual([
      { kind: 'owed', amountRp: 22_000, isOwn: true },
    ])
  })

  it('are none while the party sits there', () => {
    expect(ordersOfClosed({ visitId, isVisitOpen: true }, [making])).toEqual([])
    expect(ordersOfClosed(null, [making])).toEqual([])
  })
})

describe('what an earlier table of this phone still owes', () => {
  const phoneAt = (change: Partial<VisitPhone> = {}): VisitPhone => ({
    id: `${visitId}.1`,
    rev: 1,
    visitId,
    outletId: makeId('out'),
    tableLabel: 'A7',
    number: 1,
    state: 'admitted',
    isVisitOpen: false,
    remainderRp: 68_200,
    ...change,
  })
  const ordered = [{ visitId, placedAtMs: NOW }]
  const debts = (phones: readonly VisitPhone[], nowMs = NOW + HOUR) =>
    earlierDebts(phones, ordered, null, nowMs)
  const debt = { kind: 'owed', visitId, tableLabel: 'A7', amountRp: 68_200 }

  it('stays in sight at the next table, until it was paid or a day is over', () => {
    const next = phoneAt({ visitId: makeId('vis'), tableLabel: 'B2', isVisitOpen: true })
    expect(debts([phoneAt(), next])).toEqual([debt])
    expect(debts([phoneAt({ remainderRp: 0 }), next])).toEqual([])
    expect(debts([phoneAt(), next], NOW + 25 * HOUR)).toEqual([])
  })

  it('is money that comes back from there, where it is', () => {
    const back = phoneAt({ remainderRp: 0, dueBackRp: 22_000 })
    expect(debts([back])).toEqual([{ ...debt, kind: 'back', amountRp: 22_000 }])
    expect(debts([{ ...back, remainderRp: 68_200 }])).toEqual([
      { ...debt, kind: 'back', amountRp: 22_000 },
      debt,
    ])
  })

  it('is money that was given back, once it was', () => {
    const done = phoneAt({ remainderRp: 0, returnedRp: 22_000 })
    expect(debts([done])).toEqual([{ ...debt, kind: 'returned', amountRp: 22_000 }])
  })

  it('is said once of each visit, and not beside the words of the visit itself', () => {
    expect(debts([phoneAt(), phoneAt({ id: `${visitId}.3`, number: 3 })])).toEqual([debt])
    expect(earlierDebts([phoneAt()], ordered, visitId, NOW)).toEqual([])
  })

  it('is nothing of a phone that had ordered nothing there, and of a pick-up', () => {
    expect(earlierDebts([phoneAt()], [], null, NOW)).toEqual([])
    expect(debts([phoneAt({ tableLabel: null })])).toEqual([])
  })
})

describe('whether cancelling gives money back', () => {
  const unpaid = { ...orderOf(1, [[20_000, 1]], visitId), payFirst: null, placedAtMs: NOW }
  const accepted = { ...unpaid, status: 'accepted' as const }

  it('is said of an order that was paid first, and where money came since it stands on the bill', () => {
    const payFirst = { state: 'paid', untilMs: NOW, releasedAtMs: NOW } as const
    expect(mayBePaid({ ...unpaid, payFirst }, [])).toBe(true)
    expect(mayBePaid(unpaid, [paid(paymentOf(22_000))])).toBe(true)
  })

  it('is said where the table was closed and the till lacks less than the order cost', () => {
    const told = (remainderRp: number | undefined, isVisitOpen = false) =>
      mayBePaid(accepted, [], { isVisitOpen, remainderRp })
    expect([told(0), told(21_999), told(22_000), told(undefined), told(0, true)]).toEqual([
      true,
      true,
      false,
      false,
      false,
    ])
    expect(mayBePaid({ ...unpaid, status: 'placed' }, [], { isVisitOpen: false, remainderRp: 0 })).toBe(false)
  })

  it('is not said of an order that nobody has paid', () => {
    expect(mayBePaid(unpaid, [])).toBe(false)
    expect(mayBePaid(unpaid, [paymentOf(22_000)])).toBe(false)
    expect(mayBePaid(unpaid, [{ ...paid(paymentOf(22_000)), createdAtMs: NOW - 1 }])).toBe(false)
  })
})
