import sql from 'sql-template-tag'
import type { Reader, Tx } from '../../platform/database/database.ts'

/** One method's money of a business day at an outlet. */
export type MethodSum = {
  readonly method: string
  readonly provider: string
  /** Moved no money: told apart from all that did. */
  readonly isPractice: boolean
  readonly receivedRp: number
  readonly refundedRp: number
  readonly receipts: number
  readonly refunds: number
}

/** Only what came by the provider itself: what a person handed out of the drawer for it was money. */
const isPracticeMove = sql`
  CASE WHEN money_moves.provider = 'practice' THEN 1
    WHEN payments.is_test = 1 AND payments.provider = money_moves.provider THEN 1 ELSE 0 END`

export async function readSums(reader: Reader, outletId: string, day: string): Promise<MethodSum[]> {
  const rows = await reader.all<{
    method: string
    provider: string
    is_practice: number
    received_rp: number
    refunded_rp: number
    receipts: number
    refunds: number
  }>(sql`
    SELECT method, provider, is_practice,
      SUM(CASE WHEN kind = 'received' THEN amount_rp ELSE 0 END) AS received_rp,
      SUM(CASE WHEN kind = 'refunded' THEN -amount_rp ELSE 0 END) AS refunded_rp,
      SUM(CASE WHEN kind = 'received' THEN 1 ELSE 0 END) AS receipts,
      SUM(CASE WHEN kind = 'refunded' THEN 1 ELSE 0 END) AS refunds
    FROM (
      SELECT money_moves.method AS method, money_moves.provider AS provider, money_moves.kind AS kind,
        money_moves.amount_rp AS amount_rp, ${isPracticeMove} AS is_practice
      FROM money_moves LEFT JOIN payments ON payments.id = money_moves.payment_id
      WHERE money_moves.outlet_id = ${outletId} AND money_moves.business_day = ${day}
        AND money_moves.kind IN ('received', 'refunded')) AS moved
    GROUP BY method, provider, is_practice ORDER BY is_practice, method, provider`)
  return rows.map((row) => ({
    method: row.method,
    provider: row.provider,
    isPractice: Number(row.is_practice) === 1,
    receivedRp: Number(row.received_rp),
    refundedRp: Number(row.refunded_rp),
    receipts: Number(row.receipts),
    refunds: Number(row.refunds),
  }))
}

/** What should lie in the drawer of the day's takings. */
export function expectedCashRp(sums: readonly MethodSum[]): number {
  const cash = sums.filter(({ method, isPractice }) => method === 'cash' && !isPractice)
  return cash.reduce((sum, { receivedRp, refundedRp }) => sum + receivedRp - refundedRp, 0)
}

export type MoveRow = {
  at_ms: number
  kind: string
  bill_id: string | null
  payment_id: string | null
  refund_id: string | null
  method: string | null
  provider: string | null
  provider_ref: string | null
  is_practice: number
  amount_rp: number
  actor_name: string | null
  approved_by: string | null
  device_id: string | null
  reason: string
}

/** Every move of the day, oldest first. */
export function readMoves(reader: Reader, outletId: string, day: string): Promise<MoveRow[]> {
  return reader.all<MoveRow>(sql`
    SELECT money_moves.at_ms AS at_ms, money_moves.kind AS kind, money_moves.bill_id AS bill_id,
      money_moves.payment_id AS payment_id, money_moves.refund_id AS refund_id, money_moves.method AS method,
      money_moves.provider AS provider, money_moves.provider_ref AS provider_ref,
      money_moves.amount_rp AS amount_rp, money_moves.actor_name AS actor_name,
      money_moves.approved_by AS approved_by, money_moves.device_id AS device_id, money_moves.reason AS reason,
      ${isPracticeMove} AS is_practice
    FROM money_moves LEFT JOIN payments ON payments.id = money_moves.payment_id
    WHERE money_moves.outlet_id = ${outletId} AND money_moves.business_day = ${day}
    ORDER BY money_moves.at_ms, money_moves.id`)
}

type DayClose = {
  outlet_id: string
  business_day: string
  expected_cash_rp: number
  counted_cash_rp: number
  sums: string
  note: string
  closed_by: string
  approved_by: string
  at_ms: number
}

/** True when the outlet's books had begun on that day, or before. */
export async function hasBooksBy(reader: Reader, outletId: string, day: string): Promise<boolean> {
  const row = await reader.get(sql`
    SELECT 1 FROM money_moves WHERE outlet_id = ${outletId} AND business_day <= ${day} LIMIT 1`)
  return row !== undefined
}

export function readClose(reader: Reader, outletId: string, day: string): Promise<DayClose | undefined> {
  return reader.get<DayClose>(sql`
    SELECT outlet_id, business_day, expected_cash_rp, counted_cash_rp, sums, note, closed_by, approved_by, at_ms
    FROM day_closes WHERE outlet_id = ${outletId} AND business_day = ${day}`)
}

export async function addClose(
  tx: Tx,
  close: DayClose & { readonly device_id: string | null; readonly command_id: string },
): Promise<void> {
  await tx.run(sql`
    INSERT INTO day_closes (outlet_id, business_day, expected_cash_rp, counted_cash_rp, sums, note, closed_by,
      approved_by, device_id, command_id, at_ms)
    VALUES (${close.outlet_id}, ${close.business_day}, ${close.expected_cash_rp}, ${close.counted_cash_rp},
      ${close.sums}, ${close.note}, ${close.closed_by}, ${close.approved_by}, ${close.device_id},
      ${close.command_id}, ${close.at_ms})`)
}
