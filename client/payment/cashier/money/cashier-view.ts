// Every table's money at one desk, as a cashier needs it: who owes, who has paid, where a person must look.
import { isAwaitingPayment, type Order } from '#shared/ordering/order.ts'
import type { Pickup } from '#shared/ordering/pickup.ts'
import type { Charges } from '#shared/outlet/outlet.ts'
import type { Bill, Payment, Refund } from '#shared/payment/payment.ts'
import type { Visit } from '#shared/visits/visit.ts'
import { type BillView, billViewOf } from '../../bill/bill-view.ts'
import { type Matter, mattersOf } from '../attention/matters.ts'

export type DeskMoney = {
  readonly bills: readonly Bill[]
  readonly payments: readonly Payment[]
  readonly refunds: readonly Refund[]
  readonly orders: readonly Order[]
  readonly visits: readonly Visit[]
}

/** One table's stay, also of a party that left without paying. `bill` is null until somebody asked for it; `view` then adds up what was ordered. */
export type Entry = {
  /** The visit's id where there is one, so that an entry stays the same when its bill is made. */
  readonly id: string
  readonly visitId: string | null
  /** Empty for a pick-up. */
  readonly tableLabel: string
  /** What an order that is fetched is called by. */
  readonly pickup: Pick<Pickup, 'code' | 'name'> | null
  readonly bill: Bill | null
  readonly view: BillView
  readonly payments: readonly Payment[]
  readonly refunds: readonly Refund[]
  readonly matters: readonly Matter[]
  readonly isOwing: boolean
}

/** The server bills no order of a phone that nobody has seen at the table; the barista's tap brings it in, or its paying. */
function isCounted(order: Order): boolean {
  return order.status !== 'placed' || order.presence === 'proven' || isAwaitingPayment(order)
}

type Base = Pick<Entry, 'visitId' | 'tableLabel' | 'bill'> & { readonly isGone: boolean }

function groupBy<Value>(
  values: readonly Value[],
  keyOf: (value: Value) => string,
): ReadonlyMap<string, Value[]> {
  const groups = new Map<string, Value[]>()
  for (const value of values) {
    const key = keyOf(value)
    const group = groups.get(key)
    if (group) group.push(value)
    else groups.set(key, [value])
  }
  return groups
}

function basesOf({ bills, visits }: DeskMoney): readonly Base[] {
  const billed = new Set(bills.map(({ visitId }) => visitId))
  return [
    ...bills.map((bill) => ({
      visitId: bill.visitId,
      tableLabel: bill.tableLabel ?? '',
      bill,
      isGone: bill.closedAtMs !== null,
    })),
    ...visits
      .filter((visit) => !billed.has(visit.id) && (visit.status === 'open' || visit.tableId !== null))
      .map((visit) => ({
        visitId: visit.id,
        tableLabel: visit.tableLabel ?? '',
        bill: null,
        isGone: visit.status === 'closed',
      })),
  ]
}

/** Nobody waits for a pick-up that was not fetched; a table that left without paying is still asked for it. */
function owes({ bill, tableLabel, isGone }: Base, remainderRp: number): boolean {
  if (isGone) return tableLabel !== '' && remainderRp > 0
  return bill ? bill.status === 'open' : remainderRp > 0
}

/** Every table that owes or has paid, by its label, "A2" before "A10"; the newest stay of a table first. */
export function entriesOf(money: DeskMoney, charges: Charges | null): readonly Entry[] {
  const orders = groupBy(money.orders.filter(isCounted), ({ visitId }) => visitId)
  const payments = groupBy(money.payments, ({ billId }) => billId)
  const refunds = groupBy(money.refunds, ({ billId }) => billId)
  const entries = basesOf(money).flatMap(({ isGone, ...base }): readonly Entry[] => {
    const ofBill = base.bill ? (payments.get(base.bill.id) ?? []) : []
    const view = billViewOf(
      {
        visitId: base.visitId ?? '',
        outletId: '',
        tableLabel: base.tableLabel,
        pickup: null,
        isVisitOpen: true,
        isAdmitted: true,
        ownNumbers: new Set(),
        phones: 1,
        bill: base.bill,
        orders: base.visitId === null ? [] : (orders.get(base.visitId) ?? []),
        payments: ofBill,
        refunds: [],
      },
      charges,
    )
    if (!view || (base.bill?.status === 'void' && ofBill.length === 0)) return []
    const isOwing = owes({ ...base, isGone }, view.standing.remainderRp)
    if (base.bill === null && isGone && !isOwing) return []
    const returned = base.bill ? (refunds.get(base.bill.id) ?? []) : []
    return [
      {
        ...base,
        id: base.visitId ?? base.bill?.id ?? '',
        pickup: view.orders.find((order) => order.pickup !== null)?.pickup ?? null,
        view,
        payments: [...ofBill].sort((a, b) => a.createdAtMs - b.createdAtMs),
        refunds: returned,
        matters: mattersOf(view.standing, ofBill, returned),
        isOwing,
      },
    ]
  })
  return entries.sort(
    (a, b) =>
      Number(a.pickup !== null) - Number(b.pickup !== null) ||
      a.tableLabel.localeCompare(b.tableLabel, 'id', { numeric: true }) ||
      (b.bill?.openedAtMs ?? Number.POSITIVE_INFINITY) - (a.bill?.openedAtMs ?? Number.POSITIVE_INFINITY),
  )
}

export const SHELVES = ['owing', 'matters', 'settled'] as const
export type Shelf = (typeof SHELVES)[number]

/** The entries of one shelf; what a person must look at stands on its own shelf and on that of its table. */
export function onShelf(entries: readonly Entry[], shelf: Shelf): readonly Entry[] {
  switch (shelf) {
    case 'owing':
      return entries.filter(({ isOwing }) => isOwing)
    case 'matters':
      return entries.filter(({ matters }) => matters.length > 0)
    case 'settled':
      return entries
        .filter(({ isOwing }) => !isOwing)
        .sort(
          (a, b) =>
            (b.bill?.paidAtMs ?? b.bill?.openedAtMs ?? 0) - (a.bill?.paidAtMs ?? a.bill?.openedAtMs ?? 0),
        )
  }
}
