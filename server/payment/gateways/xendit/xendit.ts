import { ok, refuse } from '#shared/kernel/result.ts'
import { ConfigError } from '../../../platform/config.ts'
import {
  type CreatedPayment,
  type CreateRequest,
  type Gateway,
  type GatewayDeps,
  type GatewayResult,
  MAX_QRIS_RP,
  type PaymentKey,
  type PaymentState,
} from '../gateway.ts'
import { readMode, XENDIT_RULES } from '../key-guard.ts'
import { createProviderClient } from '../provider/provider-client.ts'
import { checkRequest } from '../request-limits.ts'
import {
  type XenditPayment,
  type XenditRequest,
  xenditPayment,
  xenditRequest,
  xenditStatusOf,
} from './xendit-answers.ts'
import { ask, GATEWAY, mismatch, type Xendit } from './xendit-asking.ts'
import { findRefund, listRefunds, refundAtXendit, withRefunds } from './xendit-refunds.ts'
import { readXenditWebhook } from './xendit-webhook.ts'

type XenditConfig = {
  readonly secretKey: string
  /** Origin, such as https://api.xendit.co: the same for test and live keys. */
  readonly address: string
  /** The webhook verification token of the dashboard. */
  readonly callbackToken: string
}

/** A QRIS request lives 48 hours and takes no other wish; a shorter one is met by calling `expire`. */
const LIFETIME_MS = 48 * 60 * 60_000

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
  const xendit: Xendit = { deps, client }
  return {
    name: GATEWAY,
    mode,
    can: { confirms: true, expires: true, refunds: true, minRp: 1, maxRp: MAX_QRIS_RP },
    create: (request) => create(xendit, request),
    status: (key) => readState(xendit, key),
    expire: (key) => expire(xendit, key),
    refund: (request) => refundAtXendit(xendit, request),
    refundState: async (key) => {
      const known = await findRefund(xendit, key)
      if (!known.ok) return known
      return known.value ? ok(known.value) : refuse({ code: 'gateway.not_found', gateway: GATEWAY })
    },
    readWebhook: (body, headers) => readXenditWebhook(body, headers, config.callbackToken),
  }
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
  const state: PaymentState = {
    providerId: request.payment_request_id,
    reference: request.reference_id,
    status,
    providerStatus: request.status,
    amountRp: request.request_amount,
    receivedRp: status !== 'paid' ? 0 : captures.length > 0 ? capturedRp : request.request_amount,
    refundedRp: status === 'paid' ? null : 0,
    paidAtMs: captures[0]?.capture_timestamp ?? payment?.updated ?? null,
    issuer: payment?.payment_details?.issuer_name ?? null,
  }
  if (status !== 'paid') return ok(state)
  // A key that may not read refunds, or a list that fails, must not keep money that came from being heard.
  const refunds = await listRefunds(xendit, key)
  return ok(refunds.ok ? withRefunds(state, refunds.value) : { ...state, unread: refunds.refusal })
}

async function expire(xendit: Xendit, key: PaymentKey): Promise<GatewayResult<PaymentState>> {
  const address = path(key)
  if (address === null) return refuse({ code: 'gateway.not_found', gateway: GATEWAY })
  const request = { method: 'POST', path: `${address}/cancel`, isRepeatable: true } as const
  const closed = await ask(xendit, request, xenditRequest)
  if (closed.ok) return stateOf(xendit, key, closed.value)
  return closed.refusal.code === 'gateway.wrong_state' ? readState(xendit, key) : closed
}
