import sql from 'sql-template-tag'
import type { Order } from '#shared/ordering/order.ts'
import type { Print, Printer } from '#shared/payment/printing.ts'
import type { Context } from '../../command.ts'
import { deskStream } from '../../outlet/outlet.store.ts'
import type { Reader, Tx } from '../../platform/database/database.ts'
import { readRecord } from '../../platform/database/records.ts'
import { unowed } from '../../visits/order-statuses.store.ts'

/** For so long a print that was begun is left to whoever began it. */
const LEASE_MS = 30_000

export function readPrinter(reader: Reader, outletId: string): Promise<Printer | undefined> {
  return readRecord<Printer>(reader, 'printer', outletId)
}

export async function savePrinter(
  context: Context,
  outletId: string,
  settings: Printer['settings'],
): Promise<void> {
  const before = await readPrinter(context.tx, outletId)
  const printer: Printer = { id: outletId, rev: (before?.rev ?? 0) + 1, settings }
  await context.put('printer', printer, [deskStream(outletId)])
}

export function readPrint(reader: Reader, printId: string): Promise<Print | undefined> {
  return readRecord<Print>(reader, 'print', printId)
}

/** Every print of the bill that was ever asked for. */
export async function readPrints(reader: Reader, billId: string): Promise<Print[]> {
  const rows = await reader.all<{ body: string }>(sql`
    SELECT records.body AS body FROM prints CROSS JOIN records
    WHERE records.kind = 'print' AND records.id = prints.id AND prints.bill_id = ${billId}`)
  return rows.map((row) => JSON.parse(row.body) as Print)
}

export async function addPrint(context: Context, print: Print): Promise<void> {
  await context.tx.run(sql`
    INSERT INTO prints (id, outlet_id, bill_id, state, next_at_ms)
    VALUES (${print.id}, ${print.outletId}, ${print.billId}, ${print.state}, ${context.nowMs})`)
  await context.put('print', print, [deskStream(print.outletId)])
}

/** Stores a changed print with the next `rev`; a waiting one is taken up again from `nextAtMs`. */
export async function changePrint(context: Context, print: Print, nextAtMs: number): Promise<void> {
  await context.tx.run(sql`
    UPDATE prints SET state = ${print.state}, is_begun = 0, next_at_ms = ${nextAtMs} WHERE id = ${print.id}`)
  await context.put('print', { ...print, rev: print.rev + 1 }, [deskStream(print.outletId)])
}

export type DuePrint = { id: string; outlet_id: string; is_begun: number }

export async function isAnyPrintDue(reader: Reader, nowMs: number): Promise<boolean> {
  const row = await reader.get(
    sql`SELECT 1 FROM prints WHERE state = 'waiting' AND next_at_ms <= ${nowMs} LIMIT 1`,
  )
  return row !== undefined
}

/** Takes up the prints that are due, oldest first; no other server takes them until the lease is over. */
export async function claimPrints(tx: Tx, nowMs: number, limit: number): Promise<DuePrint[]> {
  const due = await tx.all<DuePrint>(sql`
    SELECT id, outlet_id, is_begun FROM prints WHERE state = 'waiting' AND next_at_ms <= ${nowMs}
    ORDER BY next_at_ms, id LIMIT ${limit}`)
  for (const { id } of due) {
    await tx.run(sql`UPDATE prints SET is_begun = 1, next_at_ms = ${nowMs + LEASE_MS} WHERE id = ${id}`)
  }
  return due
}

/** The orders of a visit that ended without being owed. */
export async function readEndedOrders(reader: Reader, visitId: string): Promise<Order[]> {
  const rows = await reader.all<{ body: string }>(sql`
    SELECT records.body AS body FROM orders CROSS JOIN records
    WHERE records.kind = 'order' AND records.id = orders.id AND orders.visit_id = ${visitId}
      AND orders.status IN ${unowed}
    ORDER BY orders.placed_at_ms, orders.id`)
  return rows.map(({ body }) => JSON.parse(body) as Order)
}

/** What the order of a pick-up is called by; a cancelled one is on no bill any more, and its receipt still its own. */
export async function readPickupCode(reader: Reader, visitId: string): Promise<string | null> {
  const row = await reader.get<{ body: string }>(sql`
    SELECT records.body AS body FROM orders CROSS JOIN records
    WHERE records.kind = 'order' AND records.id = orders.id AND orders.visit_id = ${visitId}
    ORDER BY orders.placed_at_ms LIMIT 1`)
  return row ? ((JSON.parse(row.body) as Order).pickup?.code ?? null) : null
}
