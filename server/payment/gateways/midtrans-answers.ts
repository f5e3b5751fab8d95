import { hash } from 'node:crypto'
import * as v from 'valibot'
import type { GatewayRefusal, PaymentState, ProviderStatus, RefundState } from './gateway.ts'
import { REFERENCE } from './gateway.ts'
import { jakartaTime, providerMessage, providerRp, providerText } from './provider/provider-fields.ts'

// Midtrans Core API v2. The number that counts is `status_code` in the body, a string.

const GATEWAY = 'midtrans'

/** Their words to ours. `capture` and `authorize` belong to cards and are refused as unknown here. */
const STATUSES: Readonly<Record<string, ProviderStatus>> = {
  pending: 'pending',
  settlement: 'paid',
  expire: 'expired',
  cancel: 'cancelled',
  deny: 'failed',
  failure: 'failed',
  refund: 'refunded',
  partial_refund: 'partly_refunded',
  chargeback: 'disputed',
  partial_chargeback: 'disputed',
}

const transactionStatus = v.pipe(
  providerText(30),
  v.check((word) => Object.hasOwn(STATUSES, word.toLowerCase()), 'status.unknown'),
)
const fraudStatus = v.optional(v.picklist(['accept', 'challenge', 'deny']))

/** What every answer has, also a refusal. */
export const midtransVerdict = v.object({
  status_code: v.pipe(v.string(), v.regex(/^[1-5]\d\d$/)),
  status_message: v.optional(providerMessage, ''),
})

const transaction = {
  transaction_id: providerText(64),
  order_id: providerText(50),
  gross_amount: providerRp,
  currency: v.optional(v.literal('IDR')),
  payment_type: v.literal('qris'),
  transaction_status: transactionStatus,
  fraud_status: fraudStatus,
}

export const midtransCharge = v.object({
  ...transaction,
  expiry_time: v.optional(jakartaTime),
  qr_string: v.optional(providerText(512)),
  actions: v.optional(
    v.pipe(
      v.array(v.object({ name: providerText(60), url: v.pipe(v.string(), v.maxLength(500)) })),
      v.maxLength(20),
    ),
    [],
  ),
})

const refundEntry = v.object({
  refund_key: v.optional(providerText(64)),
  refund_amount: providerRp,
  refund_chargeback_id: v.optional(v.union([v.number(), v.string()])),
  bank_confirmed_at: v.optional(jakartaTime),
})

export const midtransStatus = v.object({
  ...transaction,
  settlement_time: v.optional(jakartaTime),
  issuer: v.optional(providerText(60)),
  refund_amount: v.optional(providerRp),
  refunds: v.optional(v.pipe(v.array(refundEntry), v.maxLength(100)), []),
})
export type MidtransStatus = v.InferOutput<typeof midtransStatus>

export const midtransRefund = v.object({
  transaction_id: providerText(64),
  refund_chargeback_id: v.optional(v.union([v.number(), v.string()])),
})

/**
 * The signed fields have exactly these forms: the signature is over their texts put together without
 * separators, and looser forms would let a digit wander from one to the next.
 */
export const midtransNotification = v.object({
  order_id: v.pipe(v.string(), v.regex(REFERENCE)),
  status_code: v.picklist(['200', '201', '202']),
  gross_amount: v.pipe(v.string(), v.regex(/^[1-9]\d{0,9}\.00$/)),
  signature_key: v.string(),
  transaction_id: providerText(64),
  transaction_status: transactionStatus,
  fraud_status: fraudStatus,
  payment_type: v.literal('qris'),
  currency: v.optional(v.literal('IDR')),
  refunds: v.optional(v.pipe(v.array(refundEntry), v.maxLength(100)), []),
})

/** Lower-case hex SHA-512 over the three fields exactly as received, and the server key. */
export function midtransSignature(
  signed: { readonly order_id: string; readonly status_code: string; readonly gross_amount: string },
  serverKey: string,
): string {
  return hash('sha512', signed.order_id + signed.status_code + signed.gross_amount + serverKey, 'hex')
}

/** Settled money that their fraud check still questions is not there yet. */
export function midtransStatusOf(word: string, fraud: string | undefined): ProviderStatus {
  const status = STATUSES[word.toLowerCase()] ?? 'failed'
  if (status !== 'paid' || fraud === undefined || fraud === 'accept') return status
  return fraud === 'challenge' ? 'pending' : 'failed'
}

const HAS_MONEY = new Set<ProviderStatus>(['paid', 'refunded', 'partly_refunded', 'disputed'])

export function midtransState(answer: MidtransStatus): PaymentState {
  const status = midtransStatusOf(answer.transaction_status, answer.fraud_status)
  const receivedRp = HAS_MONEY.has(status) ? answer.gross_amount : 0
  const listedRp = answer.refunds.reduce((sum, refund) => sum + refund.refund_amount, 0)
  return {
    providerId: answer.transaction_id,
    reference: answer.order_id,
    status,
    providerStatus: answer.transaction_status,
    amountRp: answer.gross_amount,
    receivedRp,
    refundedRp: answer.refund_amount ?? (listedRp > 0 || status !== 'refunded' ? listedRp : receivedRp),
    paidAtMs: answer.settlement_time ?? null,
    issuer: answer.issuer ?? null,
  }
}

export function midtransRefundState(answer: MidtransStatus, refundKey: string): RefundState | null {
  const entry = answer.refunds.find((refund) => refund.refund_key === refundKey)
  if (!entry) return null
  return {
    refundKey,
    providerRefundId: entry.refund_chargeback_id === undefined ? null : String(entry.refund_chargeback_id),
    amountRp: entry.refund_amount,
    // Two notices come; the bank's own confirmation is in the second.
    status: entry.bank_confirmed_at === undefined ? 'accepted' : 'done',
    failure: null,
  }
}

export function midtransRefusal(code: string, says: string): GatewayRefusal {
  switch (code) {
    case '401':
    case '403':
      return { code: 'gateway.not_authorized', gateway: GATEWAY, says }
    case '404':
      return { code: 'gateway.not_found', gateway: GATEWAY }
    case '406':
      return { code: 'gateway.reference_used', gateway: GATEWAY }
    case '412':
      return { code: 'gateway.wrong_state', gateway: GATEWAY, says }
    // More than is left of the payment, or than the merchant's balance holds.
    case '414':
      return { code: 'gateway.refund_too_much', gateway: GATEWAY, says }
    default:
      return { code: 'gateway.refused', gateway: GATEWAY, providerCode: code, says }
  }
}
