import { ok, type Result, refuse } from '#shared/kernel/result.ts'
import type { GatewayEvent, ProviderStatus, WebhookRefusal } from './gateway.ts'
import { midtransNotification, midtransSignature, midtransStatusOf } from './midtrans-answers.ts'
import { isSameSecret, readWebhookFields, readWebhookJson } from './provider/webhook-body.ts'

/** The code is signed, the status is not; they come in these pairs only, whatever the fraud check says. */
const CODES: Readonly<Record<ProviderStatus, '200' | '201' | '202'>> = {
  pending: '201',
  paid: '200',
  refunded: '200',
  partly_refunded: '200',
  disputed: '200',
  expired: '202',
  cancelled: '202',
  failed: '202',
}

/** The signature is in the body, so that is taken apart first; nothing of it is believed before. */
export function readMidtransWebhook(
  body: Uint8Array,
  serverKey: string,
): Result<GatewayEvent, WebhookRefusal> {
  const json = readWebhookJson(body)
  if (!json.ok) return json
  const read = readWebhookFields(midtransNotification, json.value)
  if (!read.ok) return read
  const { value } = read
  if (!isSameSecret(value.signature_key, midtransSignature(value, serverKey))) {
    return refuse({ code: 'webhook.forged' })
  }
  // Else a recorded "pending" could be edited into a settlement, and its event id be taken before the
  // true one comes.
  if (CODES[midtransStatusOf(value.transaction_status, undefined)] !== value.status_code) {
    return refuse({ code: 'webhook.forged' })
  }
  const status = midtransStatusOf(value.transaction_status, value.fraud_status)
  const isRefund = status === 'refunded' || status === 'partly_refunded'
  // Of what is signed, and of words that are few: free text in it would make ever new events of one message.
  const { order_id, status_code, gross_amount, transaction_status, fraud_status = 'none' } = value
  const refund = value.refunds.at(-1)
  const isConfirmed = refund?.bank_confirmed_at !== undefined
  const words = [transaction_status.toLowerCase(), fraud_status, isConfirmed ? 'confirmed' : 'said']
  return ok({
    eventId: ['midtrans', order_id, status_code, gross_amount, ...words].join(':'),
    about: isRefund ? 'refund' : 'payment',
    providerId: value.transaction_id,
    reference: value.order_id,
    refundKey: refund?.refund_key ?? null,
    claimedStatus: status,
    providerStatus: value.transaction_status,
    claimedRp: Number.parseInt(value.gross_amount, 10),
  })
}
