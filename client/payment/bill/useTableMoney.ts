import { type ComputedRef, computed } from 'vue'
import type { Order } from '#shared/ordering/order.ts'
import type { Outlet } from '#shared/outlet/outlet.ts'
import type { Bill, Payment, Refund } from '#shared/payment/payment.ts'
import type { PaymentSettingsRecord } from '#shared/payment/payment-settings.ts'
import type { RecordKind, RecordOf } from '#shared/protocol.ts'
import type { VisitPhone } from '#shared/visits/visit.ts'
import { recordsOf } from '../../sync/read-records.ts'
import { newest, useLive, useRecord } from '../../sync/useLive.ts'
import { type BillView, billViewOf, type TableMoney } from './bill-view.ts'

async function readAll<Kind extends RecordKind>(kind: Kind): Promise<RecordOf<Kind>[]> {
  return newest<Kind>(await recordsOf({ kind }))
}

/** Ids begin with their time: the greatest is the latest visit, the higher number the later place in it. */
function latestOf(phones: readonly VisitPhone[]): VisitPhone | undefined {
  return [...phones].sort((a, b) =>
    a.visitId === b.visitId ? b.number - a.number : a.visitId < b.visitId ? 1 : -1,
  )[0]
}

/** Which bill is meant; without either that of the table where this phone sits, else of its last pick-up. */
export type WantedBill = { readonly visitId?: string | null; readonly paymentId?: string }

async function visitOf({ visitId, paymentId }: WantedBill): Promise<string | null> {
  if (paymentId === undefined) return visitId ?? null
  const payment = (await readAll('payment')).find(({ id }) => id === paymentId)
  return (await readAll('bill')).find(({ id }) => id === payment?.billId)?.visitId ?? null
}

/** A pick-up has its own way to its bill; the table's comes first without. */
function choosePlace(phones: readonly VisitPhone[], visitId: string | null): VisitPhone | undefined {
  if (visitId !== null) return latestOf(phones.filter((phone) => phone.visitId === visitId))
  return latestOf(phones.filter(({ tableLabel }) => tableLabel !== null)) ?? latestOf(phones)
}

async function readMoney(wanted: WantedBill): Promise<TableMoney | null> {
  const phoneRows = await recordsOf({ kind: 'visit_phone' })
  const ownPhones = newest<'visit_phone'>(phoneRows.filter((row) => row.stream.startsWith('customer:')))
  const own = choosePlace(ownPhones, await visitOf(wanted))
  if (!own) return null
  const { visitId } = own
  const [bills, orders, payments, refunds]: [Bill[], Order[], Payment[], Refund[]] = await Promise.all([
    readAll('bill'),
    readAll('order'),
    readAll('payment'),
    readAll('refund'),
  ])
  const bill = bills.find((each) => each.visitId === visitId) ?? null
  const ofVisit = newest<'visit_phone'>(phoneRows).filter((phone) => phone.visitId === visitId)
  return {
    visitId,
    outletId: own.outletId,
    tableLabel: own.tableLabel ?? '',
    pickup: pickupOf(orders, visitId),
    isVisitOpen: own.isVisitOpen,
    remainderRp: own.remainderRp,
    dueBackRp: own.dueBackRp,
    returnedRp: own.returnedRp,
    isAdmitted: own.state === 'admitted',
    ownNumbers: new Set(ownPhones.filter((each) => each.visitId === visitId).map((each) => each.number)),
    phones: Math.max(1, ofVisit.filter((phone) => phone.state === 'admitted').length),
    bill,
    orders: orders.filter((order) => order.visitId === visitId),
    payments: payments.filter(
      bill ? (each) => each.billId === bill.id : ownWithoutBill(bills, orders, visitId),
    ),
    refunds: refunds.filter((refund) => refund.billId === bill?.id),
  }
}

/** A phone that nobody has let in yet hears of its own payments in this visit, and not of the bill. */
function ownWithoutBill(
  bills: readonly Bill[],
  orders: readonly Order[],
  visitId: string,
): (payment: Payment) => boolean {
  const known = new Set(bills.map(({ id }) => id))
  const ofVisit = orders.filter((order) => order.visitId === visitId)
  const sinceMs = Math.min(...ofVisit.map(({ placedAtMs }) => placedAtMs))
  return ({ billId, createdAtMs }) => !known.has(billId) && createdAtMs >= sinceMs
}

function pickupOf(orders: readonly Order[], visitId: string): TableMoney['pickup'] {
  const order = orders.find((each) => each.visitId === visitId && each.pickup !== null)
  return order?.pickup ? { orderId: order.id, code: order.pickup.code } : null
}

export type MoneyOfTable = {
  /** False until this phone's storage was read once. */
  readonly isRead: ComputedRef<boolean>
  /** Null before the first visit. */
  readonly money: ComputedRef<TableMoney | null>
  readonly view: ComputedRef<BillView | null>
  readonly outlet: Readonly<{ value: Outlet | undefined }>
  readonly settings: Readonly<{ value: PaymentSettingsRecord | undefined }>
}

/** The bill of a table or of a pick-up, live from what the visit's stream says. */
export function useTableMoney(wanted: () => WantedBill = () => ({})): MoneyOfTable {
  const read = useLive<{ readonly money: TableMoney | null } | null>(
    async () => ({ money: await readMoney(wanted()) }),
    null,
  )
  const money = computed(() => read.value?.money ?? null)
  const outlet = useRecord('outlet', () => money.value?.outletId)
  const settings = useRecord('payment_settings', () => money.value?.outletId)
  return {
    isRead: computed(() => read.value !== null),
    money,
    view: computed(() => money.value && billViewOf(money.value, outlet.value?.charges ?? null)),
    outlet,
    settings,
  }
}
