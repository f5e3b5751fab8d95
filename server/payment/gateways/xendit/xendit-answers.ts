import * as v from 'valibot'
import type { GatewayRefusal, ProviderStatus, RefundReason, RefundState } from '../gateway.ts'
import { isoTime, providerMessage, providerRp, providerText } from '../provider/provider-fields.ts'

// Xendit Payments API v3 (`api-version: 2024-11-11`). Amounts come as numbers or as text, both exact.

const GATEWAY = 'xendit'

/** Statuses of a payment request and of a payment, which share their words. */
const STATUSES: Readonly<Record<string, ProviderStatus>> = {
  ACCEPTING_PAYMENTS: 'pending',
  REQUIRES_ACTION: 'pending',
  PENDING: 'pending',
  AUTHORIZED: 'pending',
  SUCCEEDED: 'paid',
  FAILED: 'failed',
  CANCELED: 'cancelled',
  EXPIRED: 'expired',
}

const REFUND_STATUSES: Readonly<Record<string, RefundState['status']>> = {
  SUCCEEDED: 'done',
  PENDING: 'accepted',
  FAILED: 'failed',
  CANCELLED: 'failed',
}

const REASONS = {
  customer: 'REQUESTED_BY_CUSTOMER',
  duplicate: 'DUPLICATE',
  cancelled: 'CANCELLATION',
  late: 'OTHERS',
  other: 'OTHERS',
} as const satisfies Record<RefundReason, string>

const status = v.pipe(
  providerText(30),
  v.check((word) => Object.hasOwn(STATUSES, word), 'status.unknown'),
)

export const xenditError = v.object({
  error_code: providerText(80),
  message: v.optional(providerMessage, ''),
})

export const xenditRequest = v.object({
  payment_request_id: providerText(64),
  reference_id: providerText(255),
  currency: v.literal('IDR'),
  request_amount: providerRp,
  status,
  failure_code: v.nullish(providerText(80)),
  latest_payment_id: v.nullish(providerText(64)),
  channel_properties: v.nullish(v.object({ expires_at: v.nullish(isoTime) })),
  actions: v.nullish(
    v.pipe(
      v.array(
        v.object({
          type: providerText(40),
          descriptor: v.optional(providerText(60), '-'),
          value: v.pipe(v.string(), v.maxLength(2000)),
        }),
      ),
      v.maxLength(20),
    ),
  ),
})
export type XenditRequest = v.InferOutput<typeof xenditRequest>

export const xenditPayment = v.object({
  payment_id: providerText(64),
  payment_request_id: providerText(64),
  reference_id: providerText(255),
  currency: v.literal('IDR'),
  request_amount: providerRp,
  status,
  failure_code: v.nullish(providerText(80)),
  captures: v.nullish(
    v.pipe(
      v.array(v.object({ capture_amount: providerRp, capture_timestamp: v.nullish(isoTime) })),
      v.maxLength(20),
    ),
  ),
  payment_details: v.nullish(v.object({ issuer_name: v.nullish(providerText(60)) })),
  updated: v.nullish(isoTime),
})
export type XenditPayment = v.InferOutput<typeof xenditPayment>

export const xenditRefund = v.object({
  id: providerText(64),
  payment_request_id: v.nullish(providerText(64)),
  reference_id: v.nullish(providerText(255)),
  currency: v.literal('IDR'),
  amount: providerRp,
  status: v.picklist(['SUCCEEDED', 'PENDING', 'FAILED', 'CANCELLED']),
  failure_code: v.nullish(providerText(80)),
})
type XenditRefund = v.InferOutput<typeof xenditRefund>

export const xenditRefundList = v.object({
  data: v.pipe(v.array(xenditRefund), v.maxLength(100)),
  has_more: v.optional(v.boolean(), false),
})

export const xenditEvent = v.object({ event: providerText(60), data: v.record(v.string(), v.unknown()) })

export function xenditReason(reason: RefundReason): string {
  return REASONS[reason]
}

/** An expired code may come as FAILED with the reason beside it. */
export function xenditStatusOf(word: string, failureCode: string | null | undefined): ProviderStatus {
  if (failureCode === 'PAYMENT_REQUEST_EXPIRED') return 'expired'
  return STATUSES[word] ?? 'failed'
}

export function xenditRefundState(refund: XenditRefund, refundKey: string): RefundState {
  return {
    refundKey,
    providerRefundId: refund.id,
    amountRp: refund.amount,
    status: REFUND_STATUSES[refund.status] ?? 'failed',
    failure: refund.failure_code ?? null,
  }
}

export function xenditRefusal(providerCode: string, says: string): GatewayRefusal {
  switch (providerCode) {
    case 'INVALID_API_KEY':
    case 'REQUEST_FORBIDDEN_ERROR':
    case 'INVALID_MERCHANT_SETTINGS':
    case 'ACCOUNT_ACCESS_BLOCKED':
      return { code: 'gateway.not_authorized', gateway: GATEWAY, says }
    case 'DATA_NOT_FOUND':
      return { code: 'gateway.not_found', gateway: GATEWAY }
    case 'DUPLICATE_ERROR':
      return { code: 'gateway.reference_used', gateway: GATEWAY }
    case 'INACTIVE_PAYMENT_REQUEST':
    case 'INELIGIBLE_TRANSACTION_STATUS':
      return { code: 'gateway.wrong_state', gateway: GATEWAY, says }
    // More than is left of the payment, or than the merchant's balance holds.
    case 'REFUND_AMOUNT_EXCEEDED':
    case 'INSUFFICIENT_BALANCE':
      return { code: 'gateway.refund_too_much', gateway: GATEWAY, says }
    // Nothing was done, and it passes by itself: one refund of a payment at a time.
    case 'REFUND_IN_PROGRESS':
      return {
        code: 'gateway.unreachable',
        gateway: GATEWAY,
        why: 'busy',
        attempts: 1,
        mayHaveHappened: false,
      }
    case 'REFUND_NOT_SUPPORTED':
    case 'PARTIAL_REFUND_NOT_SUPPORTED':
    case 'PARTIAL_REFUND_COUNTS_EXCEEDED':
      return { code: 'gateway.refund_unsupported', gateway: GATEWAY, says }
    default:
      return { code: 'gateway.refused', gateway: GATEWAY, providerCode, says }
  }
}
