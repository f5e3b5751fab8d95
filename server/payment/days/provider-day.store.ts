import sql from 'sql-template-tag'
import { addDays, instantOf, minutesOf } from '#shared/kernel/time.ts'
import type { Outlet } from '#shared/outlet/outlet.ts'
import type { Payment } from '#shared/payment/payment.ts'
import type { ProviderPayment } from '#shared/payment/provider-day.ts'
import type { Reader } from '../../platform/database/database.ts'

/** From the first moment of a business day up to, not including, the first of the next. */
export type DayBounds = { readonly fromMs: number; readonly toMs: number }

/** When the business day begins and ends on the clock. */
export function boundsOf(day: string, { zone, dayEndsAt }: Pick<Outlet, 'zone' | 'dayEndsAt'>): DayBounds {
  const minutes = minutesOf(dayEndsAt)
  return { fromMs: instantOf(day, minutes, zone), toMs: instantOf(addDays(day, 1), minutes, zone) }
}

/** More are no day of one outlet; beyond, the newest are told. */
const MAX_PAYMENTS = 2000

type Row = {
  id: string
  provider: Payment['provider']
  is_test: number
  status: Payment['status']
  provider_ref: string | null
  asked_rp: number
  booked_rp: number
  received_rp: number | null
  refunded_rp: number | null
  created_at_ms: number
  asked_at_ms: number | null
  is_moved: number
  is_awaited: number
  /** Refunds that the provider itself answered to be done. */
  confirmed_rp: number
  returning_rp: number
}

/**
 * Payments at providers that moved money on the day, and those that were begun on it, whatever became of
 * them: one that is still open, or whose end the provider has not told, must not be missing from the close.
 */
export async function readProviderPayments(
  reader: Reader,
  outletId: string,
  day: string,
  { fromMs, toMs }: DayBounds,
): Promise<ProviderPayment[]> {
  const moved = sql`
    SELECT moved.payment_id FROM money_moves moved
    WHERE moved.outlet_id = ${outletId} AND moved.business_day = ${day} AND moved.kind IN ('received', 'refunded')`
  const begun = sql`
    SELECT begun.id AS payment_id FROM payments begun
    WHERE begun.outlet_id = ${outletId} AND begun.reference IS NOT NULL
      AND begun.created_at_ms >= ${fromMs} AND begun.created_at_ms < ${toMs}`
  const rows = await reader.all<Row>(sql`
    SELECT payments.id AS id, payments.provider AS provider, payments.is_test AS is_test, payments.status AS status,
      payments.provider_ref AS provider_ref, payments.asked_rp AS asked_rp,
      payments.provider_received_rp AS received_rp, payments.provider_refunded_rp AS refunded_rp,
      payments.created_at_ms AS created_at_ms, payments.provider_asked_at_ms AS asked_at_ms,
      (SELECT COALESCE(SUM(money_moves.amount_rp), 0) FROM money_moves
        WHERE money_moves.payment_id = payments.id AND money_moves.provider = payments.provider) AS booked_rp,
      CASE WHEN payments.id IN (${moved}) THEN 1 ELSE 0 END AS is_moved,
      CASE WHEN EXISTS (SELECT 1 FROM gateway_tasks WHERE gateway_tasks.payment_id = payments.id
        AND (gateway_tasks.kind IN ('create', 'expire') OR (gateway_tasks.kind = 'status' AND gateway_tasks.attempts > 1)))
        THEN 1 ELSE 0 END AS is_awaited,
      (SELECT COALESCE(-SUM(back.amount_rp), 0) FROM money_moves back
        WHERE back.payment_id = payments.id AND back.provider = payments.provider
        AND back.kind = 'refunded' AND back.provider_ref IS NOT NULL) AS confirmed_rp,
      (SELECT COALESCE(SUM(refunds.amount_rp), 0) FROM refunds WHERE refunds.payment_id = payments.id
        AND refunds.stage IN ('requested', 'sent')) AS returning_rp
    FROM (${moved} UNION ${begun}) AS meant CROSS JOIN payments
    WHERE payments.id = meant.payment_id AND payments.outlet_id = ${outletId} AND payments.provider <> 'manual'
    ORDER BY payments.created_at_ms DESC, payments.id LIMIT ${MAX_PAYMENTS}`)
  return rows.reverse().map(paymentOf)
}

function paymentOf(row: Row): ProviderPayment {
  return {
    paymentId: row.id,
    provider: row.provider,
    isPractice: row.provider === 'practice' || Number(row.is_test) === 1,
    providerRef: row.provider_ref,
    status: row.status,
    askedRp: row.asked_rp,
    bookedRp: Number(row.booked_rp),
    // An answer about a payment may be older than one about its refund.
    providerRp:
      row.received_rp === null
        ? null
        : row.received_rp - Math.max(row.refunded_rp ?? 0, Number(row.confirmed_rp)),
    createdAtMs: row.created_at_ms,
    askedAtMs: row.asked_at_ms,
    isAwaited: Number(row.is_awaited) === 1,
    returningRp: Number(row.returning_rp),
    wasMoved: Number(row.is_moved) === 1,
  }
}
