import { blankMoments } from '#shared/ordering/blank-moments.ts'
import type { Order, OrderLine } from '#shared/ordering/order.ts'
import type { OutboxRow } from '../../../client/sync/stored-rows.ts'

export const NOON = Date.UTC(2026, 10, 21, 5)

export function orderId(number: number): string {
  return `ord_${String(number).padStart(26, '0')}`
}

export function sampleLine(itemId: string, quantity = 1, more: Partial<OrderLine> = {}): OrderLine {
  return {
    itemId,
    name: { id: itemId, en: itemId },
    choices: [],
    quantity,
    unitRp: 20_000,
    prepMinutes: 3,
    note: '',
    ...more,
  }
}

export function sampleOrder(number: number, more: Partial<Order> = {}): Order {
  return {
    id: orderId(number),
    rev: 1,
    number,
    outletId: 'out_00000000000000000000000001',
    visitId: 'vis_00000000000000000000000001',
    orderType: 'table',
    payFirst: null,
    pickup: null,
    tableId: 'tbl_00000000000000000000000001',
    tableLabel: `A${number}`,
    phone: 1,
    status: 'placed',
    presence: 'proven',
    lines: [sampleLine('latte')],
    note: '',
    quote: { subtotalRp: 20_000, serviceRp: 0, taxRp: 2000, totalRp: 22_000, includedTaxRp: 0 },
    placedAtMs: NOON + number * 1000,
    ...blankMoments,
    ...more,
  }
}

let made = 0
export function sampleRow(name: string, args: unknown, more: Partial<OutboxRow> = {}): OutboxRow {
  made += 1
  return {
    id: `cmd_${String(made).padStart(26, '0')}`,
    name,
    args,
    createdAtMs: NOON + 60_000 + made,
    staleAfterMs: null,
    state: 'waiting',
    refusal: null,
    attempts: 0,
    ...more,
  }
}
