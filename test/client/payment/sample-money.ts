import { newId } from '#shared/kernel/ids.ts'
import { blankMoments } from '#shared/ordering/blank-moments.ts'
import type { Order } from '#shared/ordering/order.ts'
import type { Charges } from '#shared/outlet/outlet.ts'
import { billOf } from '#shared/payment/bill/bill.ts'
import type { Bill, Payment } from '#shared/payment/payment.ts'
import { NO_FACTS } from '#shared/payment/payment-facts.ts'
import type { TableMoney } from '../../../client/payment/bill/bill-view.ts'

export const NOW = 1_790_000_000_000
let made = 0
export const makeId = (prefix: Parameters<typeof newId>[0]) =>
  newId(prefix, NOW + made++, new Uint8Array(10).fill(made % 256))

export const charges: Charges = {
  service: { label: { id: 'Layanan', en: 'Service' }, permille: 0, base: 'after_discount' },
  tax: { label: { id: 'PB1', en: 'PB1 tax' }, permille: 100, mode: 'exclusive' },
}

/** An order of cups of one kind each: `[unit price, quantity]`. */
export function orderOf(
  phone: number,
  lines: readonly (readonly [number, number])[],
  visitId: string,
): Order {
  const subtotalRp = lines.reduce((sum, [unitRp, quantity]) => sum + unitRp * quantity, 0)
  return {
    id: makeId('ord'),
    rev: 1,
    number: ++made,
    outletId: makeId('out'),
    visitId,
    orderType: 'table',
    payFirst: null,
    pickup: null,
    tableId: makeId('tbl'),
    tableLabel: 'A7',
    phone,
    status: 'served',
    presence: 'proven',
    lines: lines.map(([unitRp, quantity]) => ({
      itemId: 'kopi',
      name: { id: 'Kopi', en: 'Coffee' },
      choices: [],
      quantity,
      unitRp,
      prepMinutes: 3,
      note: '',
    })),
    note: '',
    quote: {
      subtotalRp,
      serviceRp: 0,
      taxRp: subtotalRp / 10,
      totalRp: subtotalRp * 1.1,
      includedTaxRp: 0,
    },
    placedAtMs: NOW + made,
    ...blankMoments,
  }
}

export function billFor(orders: readonly Order[]): Bill {
  const sheet = billOf(orders.map((order) => ({ ...order, charges })))
  if (!sheet.ok) throw new Error('The sample is too expensive.')
  return {
    id: makeId('bil'),
    rev: 1,
    outletId: makeId('out'),
    visitId: orders[0]?.visitId ?? makeId('vis'),
    tableLabel: 'A7',
    code: '700123456789',
    status: 'open',
    orders: sheet.value.orders.map(({ lines: _, ...order }, index) => ({
      ...order,
      number: orders[index]?.number ?? 1,
      phone: orders[index]?.phone ?? 1,
    })),
    discount: null,
    sums: sheet.value.sums,
    openedAtMs: NOW,
    paidAtMs: null,
    closedAtMs: null,
  }
}

export function paymentOf(amountRp: number, change: Partial<Payment> = {}): Payment {
  return {
    id: makeId('pay'),
    rev: 1,
    billId: makeId('bil'),
    outletId: makeId('out'),
    phone: 1,
    method: 'qris',
    provider: 'practice',
    part: { kind: 'amount' },
    amountRp,
    tipRp: 0,
    roundingRp: 0,
    askedRp: amountRp,
    status: 'pending',
    facts: NO_FACTS,
    providerRef: null,
    code: null,
    qrText: null,
    expiresAtMs: NOW + 900_000,
    cash: null,
    confirmed: null,
    createdAtMs: NOW + made++,
    ...change,
  }
}

/** The same payment after exactly what was asked came in time. */
export function paid(payment: Payment): Payment {
  const receipts = [{ ref: payment.id, amountRp: payment.askedRp, atMs: NOW + 1000 }]
  return { ...payment, status: 'paid', facts: { ...NO_FACTS, receipts } }
}

export function tableOf(orders: readonly Order[], change: Partial<TableMoney> = {}): TableMoney {
  return {
    visitId: orders[0]?.visitId ?? makeId('vis'),
    outletId: makeId('out'),
    tableLabel: 'A7',
    pickup: null,
    isVisitOpen: true,
    isAdmitted: true,
    ownNumbers: new Set([1]),
    phones: 2,
    bill: orders.length > 0 ? billFor(orders) : null,
    orders,
    payments: [],
    refunds: [],
    ...change,
  }
}
