// Every table's money at one desk, as a cashier needs it: who owes, who has paid, where a person must look.
import type { Order } from '#shared/ordering/order.ts'
import type { Pickup } from '#shared/ordering/pickup.ts'
import type { Charges } from '#shared/outlet/outlet.ts'
import { isApart } from '#shared/payment/bill/apart.ts'
import { type BillSheet, billOf } from '#shared/payment/bill/bill.ts'
import { standingOf } from '#shared/payment/bill/standing.ts'
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
  /** What phones that nobody has let in are to pay first: not on the bill, and to be taken order by order. */
  readonly apart: BillSheet
  readonly payments: readonly Payment[]
  readonly refunds: readonly Refund[]
  readonly matters: readonly Matter[]
  readonly isOwing: boolean
  /** When its party had gone; the table may be another party's by now. */
  readonly closedAtMs: number | null
}

/** The server bills no order of a phone that nobody has seen at the table; the barista's tap brings it in, or its paying. */
function isCounted(order: Order): boolean {
  return order.status !== 'placed' || order.presence === 'proven'
}

const NOTHING: BillSheet = {
  orders: [],
  sums: { subtotalRp: 0, discountRp: 0, serviceRp: 0, taxRp: 0, totalRp: 0, includedTaxRp: 0 },
}

/** The orders apart that no payment has brought on the bill, as the server prices them. */
function apartOf(orders: readonly Order[], bill: Bill | null, charges: Charges | null): BillSheet {
  const billed = new Set(bill?.orders.map(({ orderId }) => orderId))
  const apart = orders.filter((order) => isApart(order) && !billed.has(order.id))
  const discount = bill?.discount?.what.kind === 'rate' ? bill.discount.what : null
  const sheet =
    charges &&
    billOf(
      apart.map((order) => ({ ...order, charges })),
      discount,
    )
  return sheet?.ok ? sheet.value : NOTHING
}

function emptyView(isProvisional: boolean): BillView {
  const standing = standingOf(0, [])
  return { sheet: NOTHING, orders: [], standing, overCause: 'other', isWhole: true, isProvisional }
}

type Base = Pick<Entry, 'visitId' | 'tableLabel' | 'bill' | 'closedAtMs'>

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

function atTable({ tableId }: Visit): boolean {
  return tableId !== null
}

function basesOf({ bills, visits }: DeskMoney): readonly Base[] {
  const billed = new Set(bills.map(({ visitId }) => visitId))
  // The till may have made the bill after the table was closed.
  const closings = new Map(visits.filter(atTable).map(({ id, closedAtMs }) => [id, closedAtMs]))
  return [
    ...bills.map((bill) => ({
      visitId: bill.visitId,
      tableLabel: bill.tableLabel ?? '',
      bill,
      closedAtMs: closings.get(bill.visitId ?? '') ?? bill.closedAtMs,
    })),
    ...visits
      .filter((visit) => !billed.has(visit.id) && (visit.status === 'open' || atTable(visit)))
      .map((visit) => ({
        visitId: visit.id,
        tableLabel: visit.tableLabel ?? '',
        bill: null,
        closedAtMs: visit.closedAtMs,
      })),
  ]
}

/** Nobody waits for a pick-up that was not fetched; a table that left without paying is still asked for it. */
function owes({ bill, tableLabel, closedAtMs }: Base, remainderRp: number): boolean {
  if (closedAtMs !== null) return tableLabel !== '' && remainderRp > 0
  return bill ? bill.status === 'open' : remainderRp > 0
}

/** Every table that owes or has paid, those in use first, by its label, "A2" before "A10"; the newest stay of a table first. */
export function entriesOf(money: DeskMoney, charges: Charges | null): readonly Entry[] {
  const orders = groupBy(money.orders, ({ visitId }) => visitId)
  const payments = groupBy(money.payments, ({ billId }) => billId)
  const refunds = groupBy(money.refunds, ({ billId }) => billId)
  const entries = basesOf(money).flatMap((base): readonly Entry[] => {
    const isGone = base.closedAtMs !== null
    const ofBill = base.bill ? (payments.get(base.bill.id) ?? []) : []
    const ofVisit = base.visitId === null ? [] : (orders.get(base.visitId) ?? [])
    const apart = isGone ? NOTHING : apartOf(ofVisit, base.bill, charges)
    const hasApart = apart.orders.length > 0
    const billed = new Set(base.bill?.orders.map(({ orderId }) => orderId))
    const own = billViewOf(
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
        orders: ofVisit.filter((order) => isCounted(order) || billed.has(order.id)),
        payments: ofBill,
        refunds: [],
      },
      charges,
    )
    const view = own ?? (hasApart ? emptyView(base.bill === null) : null)
    if (!view || (base.bill?.status === 'void' && ofBill.length === 0 && !hasApart)) return []
    const isOwing = hasApart || owes(base, view.standing.remainderRp)
    if (base.bill === null && isGone && !isOwing) return []
    const returned = base.bill ? (refunds.get(base.bill.id) ?? []) : []
    return [
      {
        ...base,
        id: base.visitId ?? base.bill?.id ?? '',
        pickup: view.orders.find((order) => order.pickup !== null)?.pickup ?? null,
        view,
        apart,
        payments: [...ofBill].sort((a, b) => a.createdAtMs - b.createdAtMs),
        refunds: returned,
        matters: mattersOf(view, ofBill, returned),
        isOwing,
      },
    ]
  })
  return entries.sort(
    (a, b) =>
      Number(a.closedAtMs !== null) - Number(b.closedAtMs !== null) ||
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
