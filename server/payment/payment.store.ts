import sql from 'sql-template-tag'
import type { Bill, Payment, Refund } from '#shared/payment/payment.ts'
import type { Context } from '../command.ts'
import type { Reader, Tx } from '../platform/database/database.ts'
import { readRecord } from '../platform/database/records.ts'
import { customerStream } from '../visits/visit.store.ts'
import { billStreams } from './bills/bill.store.ts'

export type PaymentRow = {
  id: string
  bill_id: string
  outlet_id: string
  customer_id: string | null
  provider: Payment['provider']
  status: Payment['status']
  asked_rp: number
  reference: string | null
  provider_ref: string | null
  tries: number
  created_at_ms: number
  expires_at_ms: number | null
  looks: number
  looked_at_ms: number
  provider_status: string | null
  provider_received_rp: number | null
  provider_refunded_rp: number | null
  provider_asked_at_ms: number | null
}

export function readPayment(reader: Reader, paymentId: string): Promise<Payment | undefined> {
  return readRecord<Payment>(reader, 'payment', paymentId)
}

export function readPaymentRow(reader: Reader, paymentId: string): Promise<PaymentRow | undefined> {
  return reader.get<PaymentRow>(sql`SELECT * FROM payments WHERE id = ${paymentId}`)
}

/**
 * Whoever pays hears of it for themselves too: what becomes of their money is said when the visit is long
 * over, and to a phone that nobody has let in yet.
 */
function streamsOf(bill: Bill, customerId: string | null): string[] {
  return [...(customerId === null ? [] : [customerStream(customerId)]), ...billStreams(bill)]
}

async function payerId(reader: Reader, { paymentId }: Refund): Promise<string | null> {
  return (await readPaymentRow(reader, paymentId))?.customer_id ?? null
}

/** The payments of a bill, oldest first. */
export async function readPayments(reader: Reader, billId: string): Promise<Payment[]> {
  const rows = await reader.all<{ body: string }>(sql`
    SELECT records.body AS body FROM payments CROSS JOIN records
    WHERE records.kind = 'payment' AND records.id = payments.id AND payments.bill_id = ${billId} ORDER BY payments.created_at_ms, payments.id`)
  return rows.map((row) => JSON.parse(row.body) as Payment)
}

export type Begun = {
  /** Of the party: open or with money, whenever they were begun. What came to nothing costs nobody a place. */
  readonly ofBill: number
  /** Begun after `sinceMs`, whatever became of them: by this phone, and by all that nobody has let in. */
  readonly ofPhoneSince: number
  readonly ofStrangersSince: number
  readonly pendingOfPhone: string | null
}

/** The payments of a bill, counted: those of phones that nobody has let in apart from the party's. */
export async function countPayments(
  reader: Reader,
  { id: billId, visitId }: Bill,
  customerId: string | null,
  sinceMs: number,
): Promise<Begun> {
  const row = await reader.get<{
    of_bill: number
    of_phone: number
    strangers: number
    pending: string | null
  }>(sql`
    SELECT
      COALESCE(SUM(CASE WHEN counted.status NOT IN ('cancelled', 'expired', 'failed')
        AND counted.is_stranger = 0 THEN 1 ELSE 0 END), 0) AS of_bill,
      COALESCE(SUM(CASE WHEN counted.customer_id = ${customerId}
        AND counted.created_at_ms > ${sinceMs} THEN 1 ELSE 0 END), 0) AS of_phone,
      COALESCE(SUM(CASE WHEN counted.is_stranger = 1
        AND counted.created_at_ms > ${sinceMs} THEN 1 ELSE 0 END), 0) AS strangers,
      MAX(CASE WHEN counted.customer_id = ${customerId} AND counted.status = 'pending' THEN counted.id END) AS pending
    FROM (
      SELECT payments.id AS id, payments.status AS status, payments.customer_id AS customer_id,
        payments.created_at_ms AS created_at_ms,
        CASE WHEN payments.customer_id IS NULL OR visit_phones.state = 'admitted' THEN 0 ELSE 1 END AS is_stranger
      FROM payments LEFT JOIN visit_phones
        ON visit_phones.visit_id = ${visitId} AND visit_phones.customer_id = payments.customer_id
      WHERE payments.bill_id = ${billId}) AS counted`)
  return {
    ofBill: Number(row?.of_bill ?? 0),
    ofPhoneSince: Number(row?.of_phone ?? 0),
    ofStrangersSince: Number(row?.strangers ?? 0),
    pendingOfPhone: row?.pending ?? null,
  }
}

export async function addPayment(
  context: Context,
  bill: Bill,
  payment: Payment,
  customerId: string | null,
): Promise<void> {
  await context.tx.run(sql`
    INSERT INTO payments (id, bill_id, outlet_id, customer_id, provider, status, asked_rp, created_at_ms, expires_at_ms, is_test)
    VALUES (${payment.id}, ${bill.id}, ${bill.outletId}, ${customerId}, ${payment.provider}, ${payment.status},
            ${payment.askedRp}, ${payment.createdAtMs}, ${payment.expiresAtMs}, ${payment.isTest ? 1 : 0})`)
  await context.put('payment', payment, streamsOf(bill, customerId))
}

/** Stores a changed payment with the next `rev`. */
export async function changePayment(context: Context, bill: Bill, payment: Payment): Promise<Payment> {
  const isPending = payment.status === 'pending'
  const changed = { ...payment, rev: payment.rev + 1, qrText: isPending ? payment.qrText : null }
  const row = await context.tx.get<{ customer_id: string | null }>(sql`
    UPDATE payments SET status = ${changed.status}, asked_rp = ${changed.askedRp},
      provider_ref = ${changed.providerRef}, expires_at_ms = ${changed.expiresAtMs}, is_test = ${changed.isTest ? 1 : 0}
    WHERE id = ${changed.id} RETURNING customer_id`)
  await context.put('payment', changed, streamsOf(bill, row?.customer_id ?? null))
  return changed
}

/** Notes that somebody looks at the payment's code now. */
export async function noteLook(tx: Tx, paymentId: string, nowMs: number): Promise<void> {
  await tx.run(sql`UPDATE payments SET looks = looks + 1, looked_at_ms = ${nowMs} WHERE id = ${paymentId}`)
}

export function readRefund(reader: Reader, refundId: string): Promise<Refund | undefined> {
  return readRecord<Refund>(reader, 'refund', refundId)
}

export async function addRefund(context: Context, bill: Bill, refund: Refund): Promise<void> {
  await context.tx.run(sql`
    INSERT INTO refunds (id, payment_id, outlet_id, amount_rp, stage, requested_at_ms)
    VALUES (${refund.id}, ${refund.paymentId}, ${refund.outletId}, ${refund.amountRp}, ${refund.stage}, ${refund.requestedAtMs})`)
  await context.put('refund', refund, streamsOf(bill, await payerId(context.tx, refund)))
}

export async function changeRefund(context: Context, bill: Bill, refund: Refund): Promise<void> {
  await context.tx.run(sql`UPDATE refunds SET stage = ${refund.stage} WHERE id = ${refund.id}`)
  const customerId = await payerId(context.tx, refund)
  await context.put('refund', { ...refund, rev: refund.rev + 1 }, streamsOf(bill, customerId))
}
