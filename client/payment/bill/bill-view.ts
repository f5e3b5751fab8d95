import type { Order } from '#shared/ordering/order.ts'
import { isOwed } from '#shared/ordering/order-status.ts'
import type { Charges } from '#shared/outlet/outlet.ts'
import { isTaking, namedOrders } from '#shared/payment/bill/apart.ts'
import { type BillSheet, billOf } from '#shared/payment/bill/bill.ts'
import type { Owed } from '#shared/payment/bill/covering.ts'
import { isStillMissing } from '#shared/payment/bill/refunding/open-matters.ts'
import { type Standing, standingOf } from '#shared/payment/bill/standing.ts'
import type { Bill, Payment, Refund } from '#shared/payment/payment.ts'
import { amountsOf, STAGE_OF } from '#shared/payment/payment-status.ts'
import { cameStateOf } from '../paying/payment-state.ts'
import { type OverCause, overCauseOf } from './over-cause.ts'

/** What this phone holds of its table's money. `bill` is null until somebody has asked for it. */
export type TableMoney = {
  readonly visitId: string
  readonly outletId: string
  /** Empty for a pick-up. */
  readonly tableLabel: string
  /** The order that is fetched, where this is no table's. */
  readonly pickup: { readonly orderId: string; readonly code: string } | null
  readonly isVisitOpen: boolean
  /** What the bill of a closed visit still owes, by the till's books. */
  readonly remainderRp?: number | undefined
  /** What was paid there for what is no longer owed, by the same books. */
  readonly dueBackRp?: number | undefined
  /** What went back of it, by the same books. */
  readonly returnedRp?: number | undefined
  readonly isAdmitted: boolean
  /** The numbers that this phone has had in the visit. */
  readonly ownNumbers: ReadonlySet<number>
  /** Phones that may pay. */
  readonly phones: number
  readonly bill: Bill | null
  readonly orders: readonly Order[]
  readonly payments: readonly Payment[]
  readonly refunds: readonly Refund[]
}

export type BillView = {
  readonly sheet: BillSheet
  readonly orders: readonly Order[]
  readonly standing: Standing
  /** Why `standing.overRp` was paid and is no longer owed. */
  readonly overCause: OverCause
  /** False while lines of an order are still on their way to this phone. */
  readonly isWhole: boolean
  /** Added up on this phone: the bar has not been asked for the bill yet. */
  readonly isProvisional: boolean
}

/** An order of the bill, newest last, whose lines are not here yet has none. */
function sheetOfBill(bill: Bill, orders: readonly Order[]): BillSheet {
  const lines = new Map(orders.map((order) => [order.id, order.lines]))
  return {
    orders: bill.orders.map(({ orderId, charges, number: _, phone: __, ...sums }) => ({
      ...sums,
      orderId,
      charges,
      lines: lines.get(orderId) ?? [],
    })),
    sums: bill.sums,
  }
}

/** What the table owes, line by line, and how it stands. Null when nothing is owed and nobody asked. */
export function billViewOf(money: TableMoney, charges: Charges | null): BillView | null {
  const { bill, payments } = money
  const orders = [...money.orders].sort((a, b) => a.placedAtMs - b.placedAtMs)
  if (bill) {
    const sheet = sheetOfBill(bill, orders)
    const paidApart = new Set(payments.filter(isTaking).flatMap((payment) => [...namedOrders(payment)]))
    const standing = standingOf(bill.sums.totalRp, payments)
    return {
      sheet,
      orders,
      standing,
      overCause: overCauseOf(bill, orders, payments, standing.overRp),
      // What a phone outside the party is paying for itself has no lines to be waited for.
      isWhole: sheet.orders.every(({ orderId, lines }) => lines.length > 0 || paidApart.has(orderId)),
      isProvisional: false,
    }
  }
  const owed = orders.filter((order) => isOwed(order.status))
  if (owed.length === 0 || charges === null) return null
  const sheet = billOf(owed.map((order) => ({ ...order, charges })))
  if (!sheet.ok) return null
  return {
    sheet: sheet.value,
    orders,
    standing: standingOf(sheet.value.sums.totalRp, []),
    overCause: 'other',
    isWhole: true,
    isProvisional: true,
  }
}

/** Whom a payment or an order belongs to, as this phone calls them. */
export type Payer = 'own' | 'staff' | number

export function payerOf(phone: number | null, ownNumbers: ReadonlySet<number>): Payer {
  if (phone === null) return 'staff'
  return ownNumbers.has(phone) ? 'own' : phone
}

export type PaymentRow = {
  readonly payment: Payment
  readonly payer: Payer
  readonly state: 'paid' | 'paying' | 'attention' | 'returning' | 'returned'
  /** What it is about: asked while it is being paid, kept once it came. */
  readonly amountRp: number
  /** What has gone back of it, and what is about to. */
  readonly returnedRp: number
  readonly returningRp: number
}

/** As the payment's own page says it. */
const ROW_STATES: Readonly<Record<ReturnType<typeof cameStateOf>, PaymentRow['state']>> = {
  paid: 'paid',
  short: 'attention',
  late: 'attention',
  over: 'attention',
  twice: 'attention',
  disputed: 'attention',
  returning: 'returning',
  partly_refunded: 'returned',
  refunded: 'returned',
}

/** What has happened and what is happening, oldest first; what came to nothing is left out. `orders`: of the bill. */
export function paymentRowsOf(
  payments: readonly Payment[],
  ownNumbers: ReadonlySet<number>,
  orders: readonly Owed[],
): readonly PaymentRow[] {
  return [...payments]
    .sort((a, b) => a.createdAtMs - b.createdAtMs)
    .flatMap((payment): PaymentRow[] => {
      const payer = payerOf(payment.phone, ownNumbers)
      if (payment.status === 'pending') {
        return [{ payment, payer, state: 'paying', amountRp: payment.askedRp, returnedRp: 0, returningRp: 0 }]
      }
      if (STAGE_OF[payment.status] === 'open') return []
      const { receivedRp, returnedRp, returningRp } = amountsOf(payment)
      const state = ROW_STATES[cameStateOf(payment, isStillMissing(payment, orders, payments))]
      return [{ payment, payer, state, amountRp: receivedRp, returnedRp, returningRp }]
    })
}

/** This phone's payment that is under way: one at a time. */
export function ownPending(money: TableMoney): Payment | null {
  return (
    money.payments.find(
      ({ status, phone }) => status === 'pending' && payerOf(phone, money.ownNumbers) === 'own',
    ) ?? null
  )
}

/** Phones of the table that have not paid and are not paying: whom an equal share is for, two at least. */
export function payersLeft({ payments, phones, ownNumbers }: TableMoney): number {
  const paying = paymentRowsOf(payments, ownNumbers, []).flatMap(({ payer, state }) =>
    typeof payer === 'number' && state !== 'returned' ? [payer] : [],
  )
  return Math.max(2, phones - new Set(paying).size)
}
