import type { Order } from '#shared/ordering/order.ts'
import { isOwed } from '#shared/ordering/order-status.ts'
import { type Bill, isPractice, type Payment } from '#shared/payment/payment.ts'
import { amountsOf } from '#shared/payment/payment-status.ts'
import type { VisitPhone } from '#shared/visits/visit.ts'

type Amounts = Pick<ReturnType<typeof amountsOf>, 'receivedRp' | 'returnedRp'>

/** What this phone's own orders came to, less what it paid itself: all that it knows of a table without a bill. */
export function leftOfOwn(orders: readonly Order[], amounts: readonly Amounts[]): number {
  const owedRp = orders
    .filter(({ status }) => isOwed(status) && status !== 'placed')
    .reduce((sum, { quote }) => sum + quote.totalRp, 0)
  const paidRp = amounts.reduce((sum, { receivedRp, returnedRp }) => sum + receivedRp - returnedRp, 0)
  return Math.max(0, owedRp - paidRp)
}

/** The orders that a phone had in the visit that the house has closed, one that is still being made with them. */
export function ordersOfClosed(
  phone: Pick<VisitPhone, 'visitId' | 'isVisitOpen'> | null | undefined,
  orders: readonly Order[],
): readonly Order[] {
  if (!phone || phone.isVisitOpen) return []
  return orders.filter(({ visitId, pickup }) => visitId === phone.visitId && pickup === null)
}

/** The part of an id that is its time. */
const madeAt = (id: string) => id.slice(4, 14)

/**
 * This phone's own payments of the visit in which it has `places`. Its bill goes with the visit, and a payment names
 * the bill alone: it was opened after the visit, and the payer's number is one of this phone's there. Not by this
 * phone's orders: whoever pays for the table may have ordered nothing. `bills` are those that it still knows.
 */
export function paymentsOfVisit(
  places: readonly VisitPhone[],
  payments: readonly Payment[],
  bills: readonly Pick<Bill, 'id' | 'visitId'>[],
): readonly Payment[] {
  const visitIdOf = new Map(bills.map(({ id, visitId }) => [id, visitId]))
  const isIn = ({ billId, outletId, phone }: Payment) =>
    places.some(({ visitId, ...place }) => {
      if (place.outletId !== outletId || place.number !== phone) return false
      return visitIdOf.has(billId) ? visitIdOf.get(billId) === visitId : madeAt(billId) >= madeAt(visitId)
    })
  return payments.filter(isIn)
}

/** Whether the money of a closed visit concerns this phone: it had ordered there, or was told what the till's books say. */
export function hasMoneyNews(
  orders: readonly Order[],
  { remainderRp, dueBackRp }: Pick<Partial<VisitPhone>, 'remainderRp' | 'dueBackRp'>,
): boolean {
  return orders.length > 0 || remainderRp !== undefined || dueBackRp !== undefined
}

/** Where the money that is to go back came from, as far as this phone can tell: the till, or this phone by a provider. */
type BackTo = 'till' | 'bank' | 'unknown'

/** By this phone's own payments: what others paid, in whichever way, is not told to it. */
export function backTo(payments: readonly Payment[], dueBackRp: number): BackTo {
  const held = payments.filter((payment) => !isPractice(payment) && amountsOf(payment).refundableRp > 0)
  const heldRp = held.reduce((sum, payment) => sum + amountsOf(payment).refundableRp, 0)
  if (heldRp < dueBackRp) return 'unknown'
  if (held.every(({ provider }) => provider !== 'manual')) return 'bank'
  return held.every(({ provider }) => provider === 'manual') ? 'till' : 'unknown'
}

/** What went back of a closed visit's bill by the till's books, less what this phone's own payments say themselves. */
export function returnedByTill(payments: readonly Payment[], returnedRp = 0): number {
  const ownRp = payments
    .filter((payment) => !isPractice(payment))
    .reduce((sum, payment) => sum + amountsOf(payment).returnedRp, 0)
  return Math.max(0, returnedRp - ownRp)
}

type ClosedNews =
  /** Paid for what was not made after all: the house gives it back. */
  | { readonly kind: 'back'; readonly amountRp: number }
  | { readonly kind: 'settled' }
  /** By the till's books; `isOwn` when orders of this phone may be among it. */
  | { readonly kind: 'owed'; readonly amountRp: number; readonly isOwn: boolean }
  /** Of this phone's own orders; nobody knows whether somebody paid at the counter. */
  | { readonly kind: 'left'; readonly amountRp: number }

/** What there is to say of the money of a closed visit; `remainderRp` and `dueBackRp` are what the till says, where there is a bill. */
export function closedNews(
  ownLeftRp: number,
  remainderRp: number | undefined,
  dueBackRp = 0,
): readonly ClosedNews[] {
  const back: readonly ClosedNews[] = dueBackRp > 0 ? [{ kind: 'back', amountRp: dueBackRp }] : []
  // One guest gets money back, and another owes: neither pays for the other.
  if (remainderRp) return [...back, { kind: 'owed', amountRp: remainderRp, isOwn: ownLeftRp > 0 }]
  if (back.length > 0) return back
  return remainderRp === undefined && ownLeftRp > 0
    ? [{ kind: 'left', amountRp: ownLeftRp }]
    : [{ kind: 'settled' }]
}

/** So long after its last order an earlier table's bill is spoken of: on another day somebody else may sit there. */
const DEBT_NEWS_MS = 24 * 60 * 60_000

/** What an earlier table of this phone still owes by the till's books, what it is to get back there, or got back. */
export type EarlierDebt = {
  readonly kind: 'owed' | 'back' | 'returned'
  readonly visitId: string
  readonly tableLabel: string
  readonly amountRp: number
}

/** The debts of closed visits in which this phone had ordered, the latest first; `shownVisitId` has its own words. */
export function earlierDebts(
  phones: readonly VisitPhone[],
  ownOrders: readonly Pick<Order, 'visitId' | 'placedAtMs'>[],
  shownVisitId: string | null,
  nowMs: number,
): readonly EarlierDebt[] {
  const isRecent = (visitId: string) =>
    ownOrders.some((order) => order.visitId === visitId && order.placedAtMs > nowMs - DEBT_NEWS_MS)
  const debts = new Map<string, EarlierDebt>()
  for (const { visitId, tableLabel, isVisitOpen, remainderRp = 0, dueBackRp = 0, returnedRp = 0 } of phones) {
    if (tableLabel === null || isVisitOpen) continue
    if (visitId === shownVisitId || !isRecent(visitId)) continue
    const isSettled = dueBackRp + remainderRp === 0
    const amounts = { back: dueBackRp, owed: remainderRp, returned: isSettled ? returnedRp : 0 }
    for (const kind of ['back', 'owed', 'returned'] as const) {
      const amountRp = amounts[kind]
      if (amountRp > 0) debts.set(`${visitId} ${kind}`, { kind, visitId, tableLabel, amountRp })
    }
  }
  return [...debts.values()].sort((a, b) => (a.visitId === b.visitId ? 0 : a.visitId < b.visitId ? 1 : -1))
}
