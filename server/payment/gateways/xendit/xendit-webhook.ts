import { ok, type Result, refuse } from '#shared/kernel/result.ts'
import type { GatewayEvent, WebhookRefusal } from '../gateway.ts'
import { isSameSecret, readWebhookFields, readWebhookJson } from '../provider/webhook-body.ts'
import { xenditEvent, xenditPayment, xenditRefund, xenditStatusOf } from './xendit-answers.ts'

const PAYMENT_EVENTS = new Set(['payment.capture', 'payment.authorization', 'payment.failure'])
const REFUND_EVENTS = new Set(['refund.succeeded', 'refund.failed'])

/** The token is a fixed word, not a signature: whoever saw one message can write others. */
export function readXenditWebhook(
  body: Uint8Array,
  headers: Headers,
  token: string,
): Result<GatewayEvent, WebhookRefusal> {
  if (!isSameSecret(headers.get('x-callback-token') ?? '', token)) return refuse({ code: 'webhook.forged' })
  const json = readWebhookJson(body)
  if (!json.ok) return json
  const envelope = readWebhookFields(xenditEvent, json.value)
  if (!envelope.ok) return envelope
  const { event, data } = envelope.value
  if (PAYMENT_EVENTS.has(event)) return readPayment(event, data)
  if (REFUND_EVENTS.has(event)) return readRefund(event, data)
  return refuse({ code: 'webhook.unknown_event', event })
}

function readPayment(event: string, data: unknown): Result<GatewayEvent, WebhookRefusal> {
  const read = readWebhookFields(xenditPayment, data)
  if (!read.ok) return read
  const payment = read.value
  const captures = payment.captures ?? []
  return ok({
    eventId: `xendit:${event}:${payment.payment_id}`,
    about: 'payment',
    providerId: payment.payment_request_id,
    reference: payment.reference_id,
    refundKey: null,
    claimedStatus: xenditStatusOf(payment.status, payment.failure_code),
    providerStatus: payment.status,
    claimedRp:
      captures.length > 0
        ? captures.reduce((sum, { capture_amount }) => sum + capture_amount, 0)
        : payment.request_amount,
  })
}

function readRefund(event: string, data: Record<string, unknown>): Result<GatewayEvent, WebhookRefusal> {
  // The documented example wraps the refund twice, the documented schema once.
  const read = readWebhookFields(xenditRefund, 'id' in data ? data : data.data)
  if (!read.ok) return read
  const refund = read.value
  return ok({
    eventId: `xendit:${event}:${refund.id}`,
    about: 'refund',
    providerId: refund.payment_request_id ?? null,
    reference: null,
    refundKey: refund.reference_id ?? null,
    // How much of the payment it is, only `status` and the house's own record can say.
    claimedStatus: refund.status === 'SUCCEEDED' ? 'partly_refunded' : 'refund_failed',
    providerStatus: refund.status,
    claimedRp: refund.amount,
  })
}
