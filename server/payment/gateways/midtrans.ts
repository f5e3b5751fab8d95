import type * as v from 'valibot'
import { ok, refuse } from '#shared/kernel/result.ts'
import { ConfigError } from '../../platform/config.ts'
import {
  type CreatedPayment,
  type CreateRequest,
  type Gateway,
  type GatewayDeps,
  type GatewayResult,
  MAX_QRIS_RP,
  type PaymentKey,
  type PaymentState,
  type RefundRequest,
  type RefundState,
} from './gateway.ts'
import { MIDTRANS_RULES, readMode } from './key-guard.ts'
import {
  type MidtransStatus,
  midtransCharge,
  midtransRefund,
  midtransRefundState,
  midtransRefusal,
  midtransState,
  midtransStatus,
  midtransVerdict,
} from './midtrans-answers.ts'
import { readMidtransWebhook } from './midtrans-webhook.ts'
import {
  createProviderClient,
  type ProviderClient,
  type ProviderRequest,
  readFields,
} from './provider/provider-client.ts'
import { checkRequest } from './request-limits.ts'

type MidtransConfig = {
  readonly serverKey: string
  /** Origin, such as https://api.sandbox.midtrans.com. */
  readonly address: string
  readonly acquirer: 'gopay' | 'airpay shopee'
  /** Where notifications of our charges go; null leaves it to the dashboard's setting. */
  readonly notificationUrl: string | null
}

const GATEWAY = 'midtrans'
const MINUTE_MS = 60_000
/** Their clock is unreliable below this; a shorter wish is met by calling `expire`. */
const MIN_EXPIRY_MINUTES = 15
const MAX_EXPIRY_MINUTES = 24 * 60

const REASONS = {
  customer: 'Permintaan pelanggan',
  duplicate: 'Terbayar dua kali',
  cancelled: 'Pesanan dibatalkan',
  late: 'Dibayar setelah kode kedaluwarsa',
  other: 'Lainnya',
} as const

type Midtrans = {
  readonly config: MidtransConfig
  readonly deps: GatewayDeps
  readonly client: ProviderClient
}

/** Throws one plain line when key, address and settings do not belong together. */
export function createMidtransGateway(config: MidtransConfig, deps: GatewayDeps): Gateway {
  const mode = readMode(MIDTRANS_RULES, config.serverKey, config.address)
  if (config.notificationUrl !== null && !/^https?:\/\/[^\s,]{3,200}$/.test(config.notificationUrl)) {
    throw new ConfigError('Midtrans: the notification address must be one http or https address.')
  }
  const isServerError = (json: unknown) =>
    typeof json === 'object' && json !== null && /^5\d\d$/.test(String(Reflect.get(json, 'status_code')))
  const origin = new URL(config.address).origin
  const client = createProviderClient(
    { gateway: GATEWAY, origin, key: config.serverKey, isServerError },
    deps,
  )
  const midtrans: Midtrans = { config, deps, client }
  return {
    name: GATEWAY,
    mode,
    can: { confirms: true, expires: true, refunds: true, minRp: 1, maxRp: MAX_QRIS_RP },
    create: (request) => charge(midtrans, request),
    status: async (key) => {
      const read = await readStatus(midtrans, key)
      return read.ok ? ok(midtransState(read.value)) : read
    },
    expire: (key) => expire(midtrans, key),
    refund: (request) => refund(midtrans, request),
    refundState: async (key) => {
      const read = await readStatus(midtrans, key)
      if (!read.ok) return read
      const state = midtransRefundState(read.value, key.refundKey)
      return state ? ok(state) : refuse({ code: 'gateway.not_found', gateway: GATEWAY })
    },
    readWebhook: (body) => readMidtransWebhook(body, config.serverKey),
  }
}

/** Sends, and takes apart an answer whose `status_code` is one of `good`. */
async function ask<const S extends v.GenericSchema>(
  midtrans: Midtrans,
  request: ProviderRequest,
  good: readonly string[],
  schema: S,
): Promise<GatewayResult<v.InferOutput<S> & { readonly providerCode: string }>> {
  const sent = await midtrans.client.send(request)
  if (!sent.ok) return sent
  const mayHaveHappened = request.method === 'POST'
  const verdict = readFields(GATEWAY, midtransVerdict, sent.value.json, mayHaveHappened)
  if (!verdict.ok) return sent.value.httpStatus === 401 ? refuse(midtransRefusal('401', '')) : verdict
  const { status_code: code, status_message: says } = verdict.value
  if (!good.includes(code)) return refuse(midtransRefusal(code, says))
  const fields = readFields(GATEWAY, schema, sent.value.json, mayHaveHappened)
  return fields.ok ? ok(Object.assign({}, fields.value, { providerCode: code })) : fields
}

function mismatch(field: string, mayHaveHappened: boolean) {
  return refuse({ code: 'gateway.bad_answer', gateway: GATEWAY, why: 'mismatch', field, mayHaveHappened })
}

const path = (key: PaymentKey) => `/v2/${encodeURIComponent(key.providerId ?? key.reference)}`

async function readStatus(midtrans: Midtrans, key: PaymentKey): Promise<GatewayResult<MidtransStatus>> {
  const request = { method: 'GET', path: `${path(key)}/status`, isRepeatable: true } as const
  const read = await ask(midtrans, request, ['200', '201', '202', '407'], midtransStatus)
  if (!read.ok) return read
  if (read.value.order_id !== key.reference) return mismatch('order_id', false)
  if (key.providerId !== null && read.value.transaction_id !== key.providerId) {
    return mismatch('transaction_id', false)
  }
  return read
}

async function charge(midtrans: Midtrans, request: CreateRequest): Promise<GatewayResult<CreatedPayment>> {
  const { config, deps } = midtrans
  const limit = checkRequest(GATEWAY, request)
  if (limit) return refuse(limit)
  const wished = Math.ceil(request.expiresAfterMs / MINUTE_MS)
  const minutes = Math.min(MAX_EXPIRY_MINUTES, Math.max(MIN_EXPIRY_MINUTES, wished))
  const askedAtMs = deps.clock.now()
  const created = await ask(
    midtrans,
    {
      method: 'POST',
      path: '/v2/charge',
      isRepeatable: true,
      headers: {
        'idempotency-key': `${request.reference}-chg`,
        ...(config.notificationUrl !== null && { 'x-override-notification': config.notificationUrl }),
      },
      body: {
        payment_type: 'qris',
        transaction_details: { order_id: request.reference, gross_amount: request.amountRp },
        item_details: [
          { id: 'bill', price: request.amountRp, quantity: 1, name: request.description.slice(0, 50) },
        ],
        qris: { acquirer: config.acquirer },
        custom_expiry: { expiry_duration: minutes, unit: 'minute' },
      },
    },
    ['200', '201'],
    midtransCharge,
  )
  const fallbackMs = askedAtMs + minutes * MINUTE_MS
  if (!created.ok) {
    // An earlier try with this reference arrived, its answer did not: their status call has no code text.
    return created.refusal.code === 'gateway.reference_used' ? adopt(midtrans, request, fallbackMs) : created
  }
  const { value } = created
  if (value.order_id !== request.reference) return mismatch('order_id', true)
  if (value.gross_amount !== request.amountRp) return mismatch('gross_amount', true)
  if (value.transaction_status.toLowerCase() !== 'pending') return mismatch('transaction_status', true)
  const picture = value.actions.find(({ name }) => name === 'generate-qr-code')
  if (value.qr_string === undefined && !picture) return mismatch('qr_string', true)
  return ok({
    providerId: value.transaction_id,
    code: value.qr_string
      ? { kind: 'qris', payload: value.qr_string }
      : { kind: 'qris_picture', url: pictureUrl(config, value.transaction_id) },
    expiresAtMs: value.expiry_time ?? fallbackMs,
  })
}

/** Built by us: a picture's address from an answer would let the provider's answer choose the host. */
function pictureUrl(config: MidtransConfig, transactionId: string): string {
  return `${new URL(config.address).origin}/v2/qris/${encodeURIComponent(transactionId)}/qr-code`
}

async function adopt(
  midtrans: Midtrans,
  request: CreateRequest,
  expiresAtMs: number,
): Promise<GatewayResult<CreatedPayment>> {
  const read = await readStatus(midtrans, { providerId: null, reference: request.reference })
  const isOurs =
    read.ok && read.value.gross_amount === request.amountRp && midtransState(read.value).status === 'pending'
  if (!isOurs) return read.ok ? refuse({ code: 'gateway.reference_used', gateway: GATEWAY }) : read
  const providerId = read.value.transaction_id
  return ok({
    providerId,
    code: { kind: 'qris_picture', url: pictureUrl(midtrans.config, providerId) },
    expiresAtMs,
    isAdopted: true,
  })
}

async function expire(midtrans: Midtrans, key: PaymentKey): Promise<GatewayResult<PaymentState>> {
  const request = { method: 'POST', path: `${path(key)}/expire`, isRepeatable: true } as const
  const closed = await midtrans.client.send(request)
  if (!closed.ok) return closed
  const verdict = readFields(GATEWAY, midtransVerdict, closed.value.json, true)
  if (!verdict.ok) return verdict
  const { status_code: code, status_message: says } = verdict.value
  // 407 is how success is spelled; 412 says that it was closed or paid already. Either way, look.
  if (code !== '407' && code !== '200' && code !== '412') return refuse(midtransRefusal(code, says))
  const read = await readStatus(midtrans, key)
  return read.ok ? ok(midtransState(read.value)) : read
}

async function refund(midtrans: Midtrans, request: RefundRequest): Promise<GatewayResult<RefundState>> {
  const limit = checkRequest(GATEWAY, { ...request, reference: request.refundKey })
  if (limit) return refuse(limit)
  const { refundKey, amountRp } = request
  if (!(await request.isStillOurs())) return refuse({ code: 'gateway.taken_over', gateway: GATEWAY })
  const asked = await ask(
    midtrans,
    {
      method: 'POST',
      path: `${path(request)}/refund`,
      isRepeatable: true,
      headers: { 'idempotency-key': `${refundKey}-rfd` },
      body: { refund_key: refundKey, amount: amountRp, reason: REASONS[request.reason] },
    },
    ['200', '202'],
    midtransRefund,
  )
  if (!asked.ok) {
    if (asked.refusal.code !== 'gateway.reference_used') return asked
    // "Duplicate refund ID": done before, its answer was lost.
    const read = await readStatus(midtrans, request)
    if (!read.ok) return read
    const known = midtransRefundState(read.value, refundKey)
    if (known && known.amountRp === amountRp) return ok(known)
    return refuse({ code: 'gateway.reference_used', gateway: GATEWAY })
  }
  const { refund_chargeback_id: id, providerCode } = asked.value
  const isDenied = providerCode === '202'
  return ok({
    refundKey,
    providerRefundId: id === undefined ? null : String(id),
    amountRp,
    status: isDenied ? 'failed' : 'accepted',
    failure: isDenied ? 'denied_by_bank' : null,
  })
}
