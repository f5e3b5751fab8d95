import sql from 'sql-template-tag'
import type { Bill } from '#shared/payment/payment.ts'
import type { Reader } from '../../platform/database/database.ts'
import { unowed } from '../../visits/order-statuses.store.ts'
import type { DayBounds } from './provider-day.store.ts'

/** A longer list helps nobody who closes a till; the sum tells the rest. */
const MAX_LISTED = 100

type OpenBill = {
  readonly billId: string
  readonly code: string
  readonly tableLabel: string | null
  readonly openedAtMs: number
  readonly totalRp: number
  readonly owesRp: number
}

export type OpenBills = {
  /** Of the day, oldest first. */
  readonly bills: readonly OpenBill[]
  readonly count: number
  readonly owesRp: number
  /** Ordered on the day by visits that have not asked for their bill yet. */
  readonly unbilled: { readonly visits: number; readonly owesRp: number }
  /** Of earlier days and still unpaid. */
  readonly earlier: { readonly bills: number; readonly owesRp: number }
  /** Paid for orders that are no longer owed, and not given back; of the day and of earlier ones, the latest first. */
  readonly dueBack: readonly DueBack[]
}

type DueBack = Pick<OpenBill, 'billId' | 'code' | 'tableLabel'> & { readonly dueBackRp: number }

type Sum = { n: number; owes_rp: number | null }

/** What is unpaid now of what was ordered until the end of the day. */
export async function readOpenBills(
  reader: Reader,
  outletId: string,
  { fromMs, toMs }: DayBounds,
): Promise<OpenBills> {
  const open = sql`bills.outlet_id = ${outletId} AND bills.status IN ('open', 'closed') AND bills.remainder_rp > 0`
  const ofDay = sql`${open} AND bills.opened_at_ms >= ${fromMs} AND bills.opened_at_ms < ${toMs}`
  const rows = await reader.all<{ body: string; remainder_rp: number }>(sql`
    SELECT records.body AS body, bills.remainder_rp AS remainder_rp
    FROM bills CROSS JOIN records
    WHERE records.kind = 'bill' AND records.id = bills.id AND ${ofDay} ORDER BY bills.opened_at_ms, bills.id LIMIT ${MAX_LISTED}`)
  const sum = (where: typeof open) =>
    reader.get<Sum>(sql`SELECT COUNT(*) AS n, SUM(bills.remainder_rp) AS owes_rp FROM bills WHERE ${where}`)
  const all = await sum(ofDay)
  const earlier = await sum(sql`${open} AND bills.opened_at_ms < ${fromMs}`)
  const unbilled = await reader.get<Sum>(sql`
    SELECT COUNT(DISTINCT visits.id) AS n, SUM(orders.total_rp) AS owes_rp
    FROM visits JOIN orders ON orders.visit_id = visits.id
    WHERE visits.outlet_id = ${outletId} AND visits.opened_at_ms >= ${fromMs} AND visits.opened_at_ms < ${toMs}
      AND orders.status NOT IN ${unowed} AND (orders.status <> 'placed' OR orders.is_present = 1)
      AND NOT EXISTS (SELECT 1 FROM bills WHERE bills.visit_id = visits.id)`)
  const over = await reader.all<{ body: string; due_back_rp: number }>(sql`
    SELECT records.body AS body, bills.due_back_rp AS due_back_rp
    FROM bills CROSS JOIN records
    WHERE records.kind = 'bill' AND records.id = bills.id
      AND bills.outlet_id = ${outletId} AND bills.due_back_rp > 0 AND bills.opened_at_ms < ${toMs}
    ORDER BY bills.opened_at_ms DESC, bills.id LIMIT ${MAX_LISTED}`)
  return {
    bills: rows.map(({ body, remainder_rp }) => openBillOf(JSON.parse(body) as Bill, remainder_rp)),
    count: Number(all?.n ?? 0),
    owesRp: Number(all?.owes_rp ?? 0),
    unbilled: { visits: Number(unbilled?.n ?? 0), owesRp: Number(unbilled?.owes_rp ?? 0) },
    earlier: { bills: Number(earlier?.n ?? 0), owesRp: Number(earlier?.owes_rp ?? 0) },
    dueBack: over.map(({ body, due_back_rp }) => dueBackOf(JSON.parse(body) as Bill, Number(due_back_rp))),
  }
}

function openBillOf({ id, code, tableLabel, openedAtMs, sums }: Bill, owesRp: number): OpenBill {
  return { billId: id, code, tableLabel, openedAtMs, totalRp: sums.totalRp, owesRp }
}

function dueBackOf({ id, code, tableLabel }: Bill, dueBackRp: number): DueBack {
  return { billId: id, code, tableLabel, dueBackRp }
}
