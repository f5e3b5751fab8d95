import sql from 'sql-template-tag'
import type { Reader, Tx } from '../../platform/database/database.ts'

/** One method's money of a business day at an outlet. */
export type MethodSum = {
  readonly method: string
  readonly provider: string
  readonly receivedRp: number
  readonly refundedRp: number
  readonly receipts: number
  readonly refunds: number
}

export async function readSums(reader: Reader, outletId: string, day: string): Promise<MethodSum[]> {
  const rows = await reader.all<{
    method: string
    provider: string
    received_rp: number
    refunded_rp: number
    receipts: number
    refunds: number
  }>(sql`
    SELECT method, provider,
      SUM(CASE WHEN kind = 'received' THEN amount_rp ELSE 0 END) AS received_rp,
      SUM(CASE WHEN kind = 'refunded' THEN -amount_rp ELSE 0 END) AS refunded_rp,
      SUM(CASE WHEN kind = 'received' THEN 1 ELSE 0 END) AS receipts,
      SUM(CASE WHEN kind = 'refunded' THEN 1 ELSE 0 END) AS refunds
    FROM money_moves
    WHERE outlet_id = ${outletId} AND business_day = ${day} AND kind IN ('received', 'refunded')
    GROUP BY method, provider ORDER BY method, provider`)
  return rows.map((row) => ({
    method: row.method,
    provider: row.provider,
    receivedRp: Number(row.received_rp),
    refundedRp: Number(row.refunded_rp),
    receipts: Number(row.receipts),
    refunds: Number(row.refunds),
  }))
}

/** What should lie in the drawer of the day's takings. */
export function expectedCashRp(sums: readonly MethodSum[]): number {
  const cash = sums.filter(({ method }) => method === 'cash')
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
  amount_rp: number
  actor_name: string | null
  approved_by: string | null
  device_id: string | null
  reason: string
}

/** Every move of the day, oldest first. */
export function readMoves(reader: Reader, outletId: string, day: string): Promise<MoveRow[]> {
  return reader.all<MoveRow>(sql`
    SELECT at_ms, kind, bill_id, payment_id, refund_id, method, provider, provider_ref, amount_rp, actor_name,
      approved_by, device_id, reason
    FROM money_moves WHERE outlet_id = ${outletId} AND business_day = ${day} ORDER BY at_ms, id`)
}

export type GatewayPayment = {
  readonly paymentId: string
  readonly provider: string
  readonly providerRef: string | null
  readonly askedRp: number
  readonly bookedRp: number
  readonly providerStatus: string | null
  readonly providerRp: number | null
  readonly askedAtMs: number | null
}

/**
 * Gateway payments that moved money on the day, as they are booked over all days and as the provider
 * tells them. They differ while a refund is on its way, and where somebody should look.
 */
export async function readGatewayPayments(
  reader: Reader,
  outletId: string,
  day: string,
): Promise<GatewayPayment[]> {
  const rows = await reader.all<{
    id: string
    provider: string
    provider_ref: string | null
    asked_rp: number
    booked_rp: number
    provider_status: string | null
    received_rp: number | null
    refunded_rp: number | null
    asked_at_ms: number | null
  }>(sql`
    SELECT payments.id AS id, payments.provider AS provider, payments.provider_ref AS provider_ref,
      payments.asked_rp AS asked_rp, payments.provider_status AS provider_status,
      payments.provider_received_rp AS received_rp, payments.provider_refunded_rp AS refunded_rp,
      payments.provider_asked_at_ms AS asked_at_ms,
      (SELECT COALESCE(SUM(money_moves.amount_rp), 0) FROM money_moves
        WHERE money_moves.payment_id = payments.id AND money_moves.provider = payments.provider) AS booked_rp
    FROM payments
    WHERE payments.outlet_id = ${outletId} AND payments.provider <> 'manual' AND payments.id IN (
      SELECT moved.payment_id FROM money_moves moved
      WHERE moved.outlet_id = ${outletId} AND moved.business_day = ${day} AND moved.kind IN ('received', 'refunded'))
    ORDER BY payments.created_at_ms, payments.id`)
  return rows.map((row) => ({
    paymentId: row.id,
    provider: row.provider,
    providerRef: row.provider_ref,
    askedRp: row.asked_rp,
    bookedRp: Number(row.booked_rp),
    providerStatus: row.provider_status,
    providerRp: row.received_rp === null ? null : row.received_rp - (row.refunded_rp ?? 0),
    askedAtMs: row.asked_at_ms,
  }))
}

export type DayClose = {
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
