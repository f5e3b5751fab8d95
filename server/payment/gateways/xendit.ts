import * as v from 'valibot'
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
import { readMode, XENDIT_RULES } from './key-guard.ts'
import {
  createProviderClient,
  type ProviderClient,
  type ProviderRequest,
  readFields,
} from './provider/provider-client.ts'
import { checkRequest } from './request-limits.ts'
import {
  type XenditPayment,
  type XenditRequest,
  xenditError,
  xenditPayment,
  xenditReason,
  xenditRefund,
  xenditRefundList,
  xenditRefundState,
  xenditRefusal,
  xenditRequest,
  xenditStatusOf,
} from './xendit-answers.ts'
import { readXenditWebhook } from './xendit-webhook.ts'

type XenditConfig = {
  readonly secretKey: string
  /** Origin, such as https://api.xendit.co: the same for test and live keys. */
  readonly address: string
  /** The webhook verification token of the dashboard. */
  readonly callbackToken: string
}

const GATEWAY = 'xendit'
const VERSION = { 'api-version': '2024-11-11' }
/** A QRIS request lives 48 hours and takes no other wish; a shorter one is met by calling `expire`. */
const LIFETIME_MS = 48 * 60 * 60_000

type Xendit = { readonly config: XenditConfig; readonly deps: GatewayDeps; readonly client: ProviderClient }

/** Throws one plain line when key, address and token do not belong together. */
export function createXenditGateway(config: XenditConfig, deps: GatewayDeps): Gateway {
  const mode = readMode(XENDIT_RULES, config.secretKey, config.address)
  if (!/^[\x21-\x7e]{16,200}$/.test(config.callbackToken)) {
    throw new ConfigError('Xendit: the webhook verification token must be the whole one of the dashboard.')
  }
  const origin = new URL(config.address).origin
  const client = createProviderClient(
    { gateway: GATEWAY, origin, key: config.secretKey, isServerError: () => false },
    deps,
  )
  const xendit: Xendit = { config, deps, client }
  return {
    name: GATEWAY,
    mode,
    can: { confirms: true, expires: true, refunds: true, minRp: 1, maxRp: MAX_QRIS_RP },
    create: (request) => create(xendit, request),
    status: (key) => readState(xendit, key),
    expire: (key) => expire(xendit, key),
    refund: (request) => refund(xendit, request),
    refundState: async (key) => {
      const known = await findRefund(xendit, key)
      if (!known.ok) return known
      return known.value ? ok(known.value) : refuse({ code: 'gateway.not_found', gateway: GATEWAY })
    },
    readWebhook: (body, headers) => readXenditWebhook(body, headers, config.callbackToken),
  }
}

async function ask<const S extends v.GenericSchema>(
  xendit: Xendit,
  request: ProviderRequest,
  schema: S,
): Promise<GatewayResult<v.InferOutput<S>>> {
  const sent = await xendit.client.send({ ...request, headers: { ...VERSION, ...request.headers } })
  if (!sent.ok) return sent
  const { httpStatus, json } = sent.value
  const mayHaveHappened = request.method === 'POST'
  if (httpStatus === 200 || httpStatus === 201) return readFields(GATEWAY, schema, json, mayHaveHappened)
  const error = v.safeParse(xenditError, json)
  if (error.success) return refuse(xenditRefusal(error.output.error_code, error.output.message))
  if (httpStatus === 401) return refuse(xenditRefusal('INVALID_API_KEY', ''))
  return refuse({
    code: 'gateway.bad_answer',
    gateway: GATEWAY,
    why: 'status',
    field: String(httpStatus),
    mayHaveHappened,
  })
}

function mismatch(field: string, mayHaveHappened: boolean) {
  return refuse({ code: 'gateway.bad_answer', gateway: GATEWAY, why: 'mismatch', field, mayHaveHappened })
}

async function create(xendit: Xendit, request: CreateRequest): Promise<GatewayResult<CreatedPayment>> {
  const limit = checkRequest(GATEWAY, request)
  if (limit) return refuse(limit)
  const askedAtMs = xendit.deps.clock.now()
  const created = await ask(
    xendit,
    {
      method: 'POST',
      path: '/v3/payment_requests',
      // No idempotency key here: the reference is the guard, a second one answers DUPLICATE_ERROR. That
      // then stands for a code whose answer was lost; nobody saw it, so a new reference is safe.
      isRepeatable: true,
      body: {
        reference_id: request.reference,
        type: 'PAY',
        country: 'ID',
        currency: 'IDR',
        request_amount: request.amountRp,
        channel_code: 'QRIS',
        channel_properties: {},
        description: request.description.slice(0, 100),
      },
    },
    xenditRequest,
  )
  if (!created.ok) return created
  const { value } = created
  if (value.reference_id !== request.reference) return mismatch('reference_id', true)
  if (value.request_amount !== request.amountRp) return mismatch('request_amount', true)
  if (xenditStatusOf(value.status, value.failure_code) !== 'pending') return mismatch('status', true)
  const code = value.actions?.find(
    ({ type, descriptor }) => type === 'PRESENT_TO_CUSTOMER' && descriptor === 'QR_STRING',
  )
  if (!code || code.value.length > 512) return mismatch('actions', true)
  return ok({
    providerId: value.payment_request_id,
    code: { kind: 'qris', payload: code.value },
    expiresAtMs: value.channel_properties?.expires_at ?? askedAtMs + LIFETIME_MS,
  })
}

/** Null: they find a payment by their own id only. */
function path(key: PaymentKey): string | null {
  return key.providerId === null ? null : `/v3/payment_requests/${encodeURIComponent(key.providerId)}`
}

async function readState(xendit: Xendit, key: PaymentKey): Promise<GatewayResult<PaymentState>> {
  const address = path(key)
  if (address === null) return refuse({ code: 'gateway.not_found', gateway: GATEWAY })
  const read = await ask(xendit, { method: 'GET', path: address, isRepeatable: true }, xenditRequest)
  return read.ok ? stateOf(xendit, key, read.value) : read
}

/** What came in is told by the payment, not by the request that asked for it. */
async function stateOf(
  xendit: Xendit,
  key: PaymentKey,
  request: XenditRequest,
): Promise<GatewayResult<PaymentState>> {
  if (request.reference_id !== key.reference) return mismatch('reference_id', false)
  if (request.payment_request_id !== key.providerId) return mismatch('payment_request_id', false)
  const status = xenditStatusOf(request.status, request.failure_code)
  let payment: XenditPayment | null = null
  if (status === 'paid' && request.latest_payment_id) {
    const paymentPath = `/v3/payments/${encodeURIComponent(request.latest_payment_id)}`
    const read = await ask(xendit, { method: 'GET', path: paymentPath, isRepeatable: true }, xenditPayment)
    if (!read.ok) return read
    payment = read.value
    if (payment.payment_request_id !== key.providerId) return mismatch('payment_request_id', false)
    if (payment.status !== 'SUCCEEDED') return mismatch('status', false)
  }
  const captures = payment?.captures ?? []
  const capturedRp = captures.reduce((sum, { capture_amount }) => sum + capture_amount, 0)
  return ok({
    providerId: request.payment_request_id,
    reference: request.reference_id,
    status,
    providerStatus: request.status,
    amountRp: request.request_amount,
    receivedRp: status !== 'paid' ? 0 : captures.length > 0 ? capturedRp : request.request_amount,
    refundedRp: status === 'paid' ? null : 0,
    paidAtMs: captures[0]?.capture_timestamp ?? payment?.updated ?? null,
    issuer: payment?.payment_details?.issuer_name ?? null,
  })
}

async function expire(xendit: Xendit, key: PaymentKey): Promise<GatewayResult<PaymentState>> {
  const address = path(key)
  if (address === null) return refuse({ code: 'gateway.not_found', gateway: GATEWAY })
  const request = { method: 'POST', path: `${address}/cancel`, isRepeatable: true } as const
  const closed = await ask(xendit, request, xenditRequest)
  if (closed.ok) return stateOf(xendit, key, closed.value)
  return closed.refusal.code === 'gateway.wrong_state' ? readState(xendit, key) : closed
}

async function findRefund(
  xendit: Xendit,
  key: PaymentKey & { readonly refundKey: string },
): Promise<GatewayResult<RefundState | null>> {
  if (key.providerId === null) return refuse({ code: 'gateway.not_found', gateway: GATEWAY })
  const query = new URLSearchParams({ payment_request_id: key.providerId, limit: '100' })
  const list = await ask(
    xendit,
    { method: 'GET', path: `/refunds?${query}`, isRepeatable: true },
    xenditRefundList,
  )
  if (!list.ok) return list
  const known = list.value.data.find((entry) => entry.reference_id === key.refundKey)
  if (known) return ok(xenditRefundState(known, key.refundKey))
  return list.value.has_more ? mismatch('has_more', false) : ok(null)
}

/**
 * Their v3 pages promise no idempotency for refunds, so it is made here: look first, send once, and when
 * the answer is lost look again.
 */
async function refund(xendit: Xendit, request: RefundRequest): Promise<GatewayResult<RefundState>> {
  const { refundKey, amountRp } = request
  const limit = checkRequest(GATEWAY, { reference: refundKey, amountRp })
  if (limit) return refuse(limit)
  const before = await findRefund(xendit, request)
  if (!before.ok) return before
  if (before.value && before.value.amountRp !== amountRp) {
    return refuse({ code: 'gateway.reference_used', gateway: GATEWAY })
  }
  if (before.value && before.value.status !== 'failed') return ok(before.value)
  const sent = await ask(
    xendit,
    {
      method: 'POST',
      path: '/refunds',
      isRepeatable: false,
      headers: { 'idempotency-key': refundKey },
      body: {
        payment_request_id: request.providerId,
        reference_id: refundKey,
        currency: 'IDR',
        amount: amountRp,
        reason: xenditReason(request.reason),
      },
    },
    xenditRefund,
  )
  if (sent.ok) {
    return sent.value.amount === amountRp
      ? ok(xenditRefundState(sent.value, refundKey))
      : mismatch('amount', true)
  }
  const isUnsure = 'mayHaveHappened' in sent.refusal && sent.refusal.mayHaveHappened
  const after = isUnsure ? await findRefund(xendit, request) : null
  return after?.ok && after.value ? ok(after.value) : sent
}
