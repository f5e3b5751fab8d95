import { randomBytes } from 'node:crypto'
import sql from 'sql-template-tag'
import type { Order } from '#shared/ordering/order.ts'
import type { Charges } from '#shared/outlet/outlet.ts'
import type { Bill } from '#shared/payment/payment.ts'
import { newPaymentCode, serialOf } from '#shared/payment/payment-code.ts'
import type { Context } from '../../command.ts'
import { deskStream, readOutlet } from '../../outlet/outlet.store.ts'
import type { Reader, Tx } from '../../platform/database/database.ts'
import { readRecord } from '../../platform/database/records.ts'
import { unowed } from '../../visits/order-statuses.store.ts'
import { customerStream, readPhones, visitStream } from '../../visits/visit.store.ts'

/** Where a bill, its payments and its refunds are told. */
export function billStreams({ visitId, outletId }: Bill): string[] {
  return [...(visitId === null ? [] : [visitStream(visitId)]), deskStream(outletId)]
}

/** A pick-up's bill is told to its own phone too: what becomes of its money is asked when the visit is long over. */
async function toldTo(tx: Tx, bill: Bill): Promise<string[]> {
  const streams = billStreams(bill)
  if (bill.visitId === null || bill.tableLabel !== null) return streams
  const phones = await readPhones(tx, bill.visitId)
  return [...phones.map(({ customer_id }) => customerStream(customer_id)), ...streams]
}

export function readBill(reader: Reader, billId: string): Promise<Bill | undefined> {
  return readRecord<Bill>(reader, 'bill', billId)
}

export async function readBillOfVisit(reader: Reader, visitId: string): Promise<Bill | undefined> {
  const row = await reader.get<{ id: string }>(sql`SELECT id FROM bills WHERE visit_id = ${visitId}`)
  return row && readBill(reader, row.id)
}

/** Of a bill's money: what counts towards it, what is left to pay, and what was paid for what is no longer owed. */
type BillMoney = { readonly paidRp: number; readonly remainderRp: number; readonly dueBackRp: number }

export async function saveBill(
  context: Context,
  bill: Bill,
  { paidRp, remainderRp, dueBackRp }: BillMoney,
): Promise<void> {
  await context.tx.run(sql`
    INSERT INTO bills (id, outlet_id, visit_id, status, paid_rp, remainder_rp, due_back_rp, opened_at_ms)
    VALUES (${bill.id}, ${bill.outletId}, ${bill.visitId}, ${bill.status}, ${paidRp}, ${remainderRp}, ${dueBackRp}, ${bill.openedAtMs})
    ON CONFLICT (id) DO UPDATE SET
      status = excluded.status, paid_rp = excluded.paid_rp, remainder_rp = excluded.remainder_rp,
      due_back_rp = excluded.due_back_rp`)
  await context.put('bill', bill, await toldTo(context.tx, bill))
}

/** Keeps what the visit no longer owes, where nothing else of the bill has changed. */
export async function notePaid(
  tx: Tx,
  bill: Bill,
  { paidRp, remainderRp, dueBackRp }: BillMoney,
): Promise<void> {
  await tx.run(sql`
    UPDATE bills SET paid_rp = ${paidRp}, remainder_rp = ${remainderRp}, due_back_rp = ${dueBackRp}
    WHERE id = ${bill.id} AND (paid_rp <> ${paidRp} OR remainder_rp <> ${remainderRp} OR due_back_rp <> ${dueBackRp})`)
}

export type OrderOnBill = { readonly order: Order; readonly charges: Charges }

/**
 * The orders that a visit owes, oldest first, those that wait for their money with them: they are on the
 * bill so that they can be paid, whoever sent them. Each with the charges that held when it was placed.
 */
export async function readOwedOrders(reader: Reader, visitId: string): Promise<OrderOnBill[]> {
  const rows = await reader.all<{ body: string; charges: string | null; outlet_id: string }>(sql`
    SELECT records.body AS body, orders.charges AS charges, orders.outlet_id AS outlet_id
    FROM orders CROSS JOIN records
    WHERE records.kind = 'order' AND records.id = orders.id
      AND orders.visit_id = ${visitId} AND orders.status NOT IN ${unowed}
      AND (orders.status <> 'placed' OR orders.is_present = 1
        OR orders.id IN (SELECT order_id FROM awaited_orders WHERE awaited_orders.visit_id = ${visitId}))
    ORDER BY orders.placed_at_ms, orders.id`)
  const orders: OrderOnBill[] = []
  for (const { body, charges, outlet_id } of rows) {
    // Orders from before charges were kept have those that hold now.
    const held = charges === null ? (await readOutlet(reader, outlet_id))?.charges : JSON.parse(charges)
    orders.push({ order: JSON.parse(body) as Order, charges: held as Charges })
  }
  return orders
}

const MAX_DRAWS = 20

/** Draws a payment code that the outlet has never used, for a bill or for one payer's part of it. */
export async function drawCode(
  tx: Tx,
  outlet: { readonly id: string; readonly outletNumber: number },
  billId: string,
  paymentId: string | null,
): Promise<string> {
  for (let draw = 0; draw < MAX_DRAWS; draw++) {
    const code = newPaymentCode(outlet.outletNumber, serialOf(randomBytes(4)))
    const added = await tx.run(sql`
      INSERT INTO payment_codes (code, outlet_id, bill_id, payment_id)
      VALUES (${code}, ${outlet.id}, ${billId}, ${paymentId}) ON CONFLICT (code) DO NOTHING`)
    if (added === 1) return code
  }
  throw new Error('No free payment code was drawn.')
}

export type CodeRow = { outlet_id: string; bill_id: string; payment_id: string | null }

export async function readCode(reader: Reader, code: string): Promise<CodeRow | undefined> {
  return reader.get<CodeRow>(
    sql`SELECT outlet_id, bill_id, payment_id FROM payment_codes WHERE code = ${code}`,
  )
}

/** More than can be open at once: what fails each time keeps its place in a shorter list, and others out of it. */
const MAX_DUE = 10_000

/** Visits that nobody has used since then, and whose pick-up is not due any more. What they owe stays at the till. */
export async function readIdleVisits(reader: Reader, idleSinceMs: number): Promise<string[]> {
  const rows = await reader.all<{ id: string }>(sql`
    SELECT visits.id AS id FROM visits WHERE visits.status = 'open' AND visits.last_active_at_ms < ${idleSinceMs}
      AND NOT EXISTS (SELECT 1 FROM pickups WHERE pickups.visit_id = visits.id AND pickups.is_open = 1) LIMIT ${MAX_DUE}`)
  return rows.map((row) => row.id)
}

/** An answer of the provider may come a little after its code has run out. */
const ANSWER_GRACE_MS = 2 * 60_000

/**
 * Orders whose money should have come, and for which no code is open any more. Only a code made in time is
 * waited for, or one after the other would hold a pick-up's slot for ever.
 */
export async function readUnpaidOrders(reader: Reader, nowMs: number): Promise<string[]> {
  const rows = await reader.all<{ id: string }>(sql`
    SELECT awaited_orders.order_id AS id FROM awaited_orders
    WHERE awaited_orders.until_ms <= ${nowMs} AND NOT EXISTS (
      SELECT 1 FROM bills JOIN payments ON payments.bill_id = bills.id
      WHERE bills.visit_id = awaited_orders.visit_id AND payments.status = 'pending'
        AND payments.created_at_ms < awaited_orders.until_ms AND payments.expires_at_ms > ${nowMs - ANSWER_GRACE_MS})
    LIMIT ${MAX_DUE}`)
  return rows.map((row) => row.id)
}
