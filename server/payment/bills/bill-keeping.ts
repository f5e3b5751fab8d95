import { assert } from '#shared/kernel/assert.ts'
import { isApart, isPaymentOf, isTaking } from '#shared/payment/bill/apart.ts'
import {
  type BillOrder,
  type BillSheet,
  billOf,
  type Discount,
  joinedBill,
} from '#shared/payment/bill/bill.ts'
import type { Owed } from '#shared/payment/bill/covering.ts'
import { moneyKept } from '#shared/payment/bill/ended-orders.ts'
import { dueBackRpOf } from '#shared/payment/bill/refunding/refund-plan.ts'
import { beforeUndecided } from '#shared/payment/bill/refunding/undecided.ts'
import { releasedOrders } from '#shared/payment/bill/release.ts'
import { settle } from '#shared/payment/bill/settling.ts'
import { billStatusOf, partsOf, type Standing, standingOf, usesOf } from '#shared/payment/bill/standing.ts'
import { type Bill, isPractice, type Payment } from '#shared/payment/payment.ts'
import type { Context } from '../../command.ts'
import { readOrder } from '../../ordering/order.store.ts'
import type { Reader } from '../../platform/database/database.ts'
import { changePayment, readPayments } from '../payment.store.ts'
import { notePaid, type OrderOnBill, readBillOfVisit, readOwedOrders, saveBill } from './bill.store.ts'

/** A bill as it stands: its orders by lines, its payments, what is open, and which cups are spoken for. */
export type Account = {
  readonly bill: Bill
  readonly orders: readonly OrderOnBill[]
  readonly sheet: BillSheet
  readonly payments: readonly Payment[]
  readonly standing: Standing
  /** What the table itself may still pay: never what is missing of an order apart from it. */
  readonly openRp: number
  readonly takenKeys: ReadonlySet<string>
  /** All orders apart from the table's, those with a payment under way too; see apart.ts. */
  readonly apart: BillSheet
}

function sheetOf(orders: readonly OrderOnBill[], discount: Discount | null): BillSheet {
  const toBill = ({ order, charges }: OrderOnBill): BillOrder => ({
    id: order.id,
    status: order.status,
    lines: order.lines,
    quote: order.quote,
    charges,
  })
  const sheet = billOf(orders.map(toBill), discount)
  assert(sheet.ok, 'a visit orders less than a bill can hold')
  return sheet.value
}

/** What is missing of these orders, beyond what their own payments ask for or have brought. */
function uncoveredRp(sheet: BillSheet, orders: readonly OrderOnBill[], payments: readonly Payment[]): number {
  const own = payments.filter((payment) => orders.some(({ order }) => isPaymentOf(payment, order)))
  const coveredRp = own.map((payment) =>
    payment.status === 'pending' ? payment.amountRp : partsOf(beforeUndecided(payment)).towardsBillRp,
  )
  return coveredRp.reduce((left, rp) => Math.max(0, left - rp), sheet.sums.totalRp)
}

/** Reads all that a bill's arithmetic needs; `exceptId` leaves one payment out, as if it had not begun. */
export async function readAccount(reader: Reader, bill: Bill, exceptId?: string): Promise<Account> {
  const owed = bill.visitId === null ? [] : await readOwedOrders(reader, bill.visitId)
  const payments = (await readPayments(reader, bill.id)).filter(({ id }) => id !== exceptId)
  const taken = payments.filter(isTaking)
  const party = owed.filter(({ order }) => !isApart(order))
  const apart = owed.filter(({ order }) => isApart(order))
  const carried = apart.filter(({ order }) => taken.some((payment) => isPaymentOf(payment, order)))
  const discount = bill.discount?.what ?? null
  // An amount was given to the table; a stranger must not take a share of it away.
  const rate = discount?.kind === 'rate' ? discount : null
  const carriedSheet = sheetOf(carried, rate)
  const sheet = joinedBill(sheetOf(party, discount), carriedSheet)
  const standing = standingOf(sheet.sums.totalRp, payments)
  return {
    bill,
    orders: [...party, ...carried],
    sheet,
    payments,
    standing,
    openRp: Math.max(0, standing.openRp - uncoveredRp(carriedSheet, carried, taken)),
    takenKeys: new Set(taken.flatMap(({ part }) => (part.kind === 'items' ? part.unitKeys : []))),
    apart: sheetOf(apart, rate),
  }
}

/** True for a pick-up's bill on which nothing is left to pay, being paid, or to go back. */
function isSettledPickup({ tableLabel, visitId }: Bill, standing: Standing): boolean {
  const { isPaid, pendingRp, overRp, excessRp, returningRp } = standing
  return (
    tableLabel === null && visitId !== null && isPaid && pendingRp + overRp + excessRp + returningRp === 0
  )
}

/** Whether nothing keeps the visit of a pick-up open: no bill, or one that is settled. */
export async function isPickupSettled({ tx }: Context, visitId: string): Promise<boolean> {
  const bill = await readBillOfVisit(tx, visitId)
  const owed = await readOwedOrders(tx, visitId)
  // Nobody waits for who did not come: what they owe stays in the books, not on the desk.
  const isGivenUp = owed.every(({ order }) => order.status === 'no_show')
  if (!bill) return isGivenUp
  const { standing } = await readAccount(tx, bill)
  return isSettledPickup(bill, isGivenUp ? { ...standing, isPaid: true } : standing)
}

/** The bill of a visit that goes on after all. */
export async function reopenBillOfVisit(context: Context, visitId: string): Promise<void> {
  const bill = await readBillOfVisit(context.tx, visitId)
  if (bill && bill.closedAtMs !== null) await keepBill(context, bill, { closedAtMs: null })
}

/** The orders of the bill as payments see them; see covering.ts. */
export function owedOf({ sheet, orders }: Pick<Account, 'sheet' | 'orders'>): readonly Owed[] {
  const placed = new Map(orders.map(({ order }) => [order.id, order]))
  return sheet.orders.flatMap(({ orderId, totalRp }) => {
    const order = placed.get(orderId)
    return order ? [{ orderId, totalRp, phone: order.phone, isApart: isApart(order) }] : []
  })
}

/** The bill as it was kept last. Bills of earlier versions do not tell who ordered, which says whose money is whose. */
async function withGuests({ tx }: Context, before: Bill): Promise<Pick<Bill, 'orders' | 'sums'>> {
  const orders: Bill['orders'][number][] = []
  for (const one of before.orders) {
    const { phone } = one.phone === undefined ? ((await readOrder(tx, one.orderId)) ?? one) : one
    orders.push({ ...one, ...(phone !== undefined && { phone }) })
  }
  return { orders, sums: before.sums }
}

/** The account with what each payment is for, by what has become of the orders and of the money. */
async function readSettled(context: Context, before: Bill, bill: Bill): Promise<Account> {
  const account = await readAccount(context.tx, bill)
  const payments = settle({
    before: await withGuests(context, before),
    orders: owedOf(account),
    isDiscounted: JSON.stringify(bill.discount) !== JSON.stringify(before.discount),
    payments: account.payments,
    nowMs: context.nowMs,
  })
  const known = new Map(account.payments.map((payment) => [payment.id, payment]))
  for (const payment of payments) {
    if (payment !== known.get(payment.id)) await changePayment(context, bill, payment)
  }
  return {
    ...account,
    payments,
    standing: standingOf(account.sheet.sums.totalRp, payments),
  }
}

/**
 * The bill with `change` and with its orders, sums and status as they are now; stored only when something
 * differs.
 */
export async function keepBill(context: Context, before: Bill, change: Partial<Bill> = {}): Promise<Bill> {
  const { undecided: _, ...known } = before
  const settled = await readSettled(context, before, { ...known, ...change })
  const { bill, sheet, orders, standing, payments } = settled
  const orderIds = releasedOrders(
    sheet.orders,
    orders.map(({ order }) => order),
    payments,
  )
  if (orderIds.length > 0) {
    const paying = payments.filter(({ phone }) => phone !== null).filter(isTaking)
    const isOwn = ({ order }: OrderOnBill) => paying.some((payment) => isPaymentOf(payment, order))
    const ownIds = orders.filter(isOwn).map(({ order }) => order.id)
    context.emit({ type: 'orders.paid', orderIds, ownIds })
  }
  if (isSettledPickup(bill, standing)) context.emit({ type: 'pickup.settled', visitId: bill.visitId ?? '' })
  const placed = new Map(orders.map(({ order }) => [order.id, order]))
  const status = billStatusOf(standing, sheet.orders.length, bill.closedAtMs !== null)
  const isPaid = standing.isPaid && status !== 'void'
  const kept: Bill = {
    ...bill,
    status,
    sums: sheet.sums,
    orders: sheet.orders.map(({ lines: _, ...order }) => {
      const { number = 0, phone } = placed.get(order.orderId) ?? {}
      return { ...order, number, ...(phone !== undefined && { phone }) }
    }),
    paidAtMs: isPaid ? (bill.paidAtMs ?? context.nowMs) : null,
  }
  const { remainderRp } = standing
  // What goes back to one guest lets no other order more.
  const freedRp = payments.reduce((sum, payment) => sum + usesOf(payment).freedRp, 0)
  const paidRp = Math.max(0, standing.paidRp - freedRp)
  const money = { paidRp, remainderRp, dueBackRp: dueBackRpOf(standing.overRp, payments) }
  if (bill.visitId !== null && bill.tableLabel !== null) {
    const { returnedRp } = moneyKept(payments.filter((payment) => !isPractice(payment)))
    context.emit({
      type: 'bill.kept',
      visitId: bill.visitId,
      remainderRp,
      dueBackRp: money.dueBackRp,
      returnedRp,
    })
  }
  if (before.rev > 0 && JSON.stringify(kept) === JSON.stringify(before)) {
    await notePaid(context.tx, before, money)
    return before
  }
  const next = { ...kept, rev: before.rev + 1 }
  await saveBill(context, next, money)
  return next
}

/** An order of the visit changed: its bill, if there is one, follows. */
export async function keepBillOfVisit(context: Context, visitId: string): Promise<void> {
  const bill = await readBillOfVisit(context.tx, visitId)
  if (bill) await keepBill(context, bill)
}

/** The party has gone. What is still open stays to be seen; codes that are shown may still be paid. */
export async function closeBillOfVisit(context: Context, visitId: string): Promise<void> {
  const bill = await readBillOfVisit(context.tx, visitId)
  if (bill && bill.closedAtMs === null) await keepBill(context, bill, { closedAtMs: context.nowMs })
}
