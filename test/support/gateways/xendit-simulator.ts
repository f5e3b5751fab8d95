// Xendit's Payments API v3 as far as QRIS goes: payment requests, payments, refunds, webhooks.
import { randomUUID } from 'node:crypto'
import { answerControl } from './control.ts'
import type { Payer, ScanOptions, ScanResult } from './payer.ts'
import { simulatedQris } from './simulated-qris.ts'
import {
  basicUser,
  type SimulatedAnswer,
  type SimulatedRequest,
  type SimulatorServer,
  startSimulatorServer,
} from './simulator-server.ts'
import { createWebhookSender, type WebhookSender, XENDIT_RETRIES } from './webhook-sender.ts'
import { forgeXendit } from './xendit-forgeries.ts'

export type XenditOptions = {
  readonly port?: number
  readonly secretKey: string
  readonly callbackToken: string
  /** The webhook address of the dashboard; '' for nowhere. */
  readonly webhookUrl?: string
  readonly now?: () => number
  readonly timeScale?: number
  readonly random?: () => number
  /** Their examples print amounts as text, their schema says numbers. */
  readonly amountsAsText?: boolean
  /** Their example of a refund webhook wraps the refund twice. */
  readonly wrapsRefundsTwice?: boolean
}

/** What somebody does in the provider's own pages: a refund that no API call of the shop asked for. */
export type Dashboard = {
  refund(
    requestId: string,
    amountRp: number,
    status?: 'PENDING' | 'SUCCEEDED' | 'FAILED',
    /** As if the shop's own key had asked for it. */
    referenceId?: string,
  ): string | null
  /** How one that was pending ended. */
  end(refundId: string, status: 'SUCCEEDED' | 'FAILED'): void
}

export type XenditSimulator = SimulatorServer & {
  readonly payer: Payer
  readonly webhooks: WebhookSender
  readonly dashboard: Dashboard
}

type Payment = {
  readonly id: string
  readonly amountRp: number
  readonly atMs: number
  readonly issuer: string
}
type PaymentRequest = {
  readonly id: string
  readonly referenceId: string
  readonly amountRp: number
  readonly createdAtMs: number
  status: string
  payment: Payment | null
}
type Refund = {
  readonly id: string
  readonly requestId: string
  readonly referenceId: string | null
  readonly amountRp: number
  readonly reason: string
  readonly atMs: number
  status: 'PENDING' | 'SUCCEEDED' | 'FAILED'
}

const LIFETIME_MS = 48 * 3_600_000
const REFUND_WINDOW_MS = 7 * 86_400_000
const BUSINESS = 'SIMULASI0000000000000000'
/** Who can be paid back; the bank apps of the other issuers cannot. */
const REFUNDABLE = new Set(['DANA', 'SHOPEEPAY', 'OVO', 'GOPAY', 'CIMB', 'PERMATA', 'JENIUS', 'BSI'])
const REASONS = new Set(['FRAUDULENT', 'DUPLICATE', 'REQUESTED_BY_CUSTOMER', 'CANCELLATION', 'OTHERS'])

const iso = (atMs: number) => new Date(atMs).toISOString()
const failure = (status: number, code: string, message: string): SimulatedAnswer => ({
  status,
  json: { error_code: code, message },
})
const notFound = () => failure(404, 'DATA_NOT_FOUND', 'ID specified in request cannot be found.')

export async function startXenditSimulator(options: XenditOptions): Promise<XenditSimulator> {
  const now = options.now ?? Date.now
  const webhooks = createWebhookSender(XENDIT_RETRIES, options.timeScale ?? 1, options.random ?? Math.random)
  const requests: PaymentRequest[] = []
  const refunds: Refund[] = []
  const amount = (amountRp: number) => (options.amountsAsText ? String(amountRp) : amountRp)

  function find(id: string): PaymentRequest | undefined {
    const found = requests.find((each) => each.id === id)
    if (found?.status === 'REQUIRES_ACTION' && now() >= found.createdAtMs + LIFETIME_MS)
      found.status = 'EXPIRED'
    return found
  }

  function requestView(request: PaymentRequest): object {
    return {
      business_id: BUSINESS,
      reference_id: request.referenceId,
      payment_request_id: request.id,
      ...(request.payment && { latest_payment_id: request.payment.id }),
      type: 'PAY',
      country: 'ID',
      currency: 'IDR',
      request_amount: amount(request.amountRp),
      capture_method: 'AUTOMATIC',
      channel_code: 'QRIS',
      channel_properties: { expires_at: iso(request.createdAtMs + LIFETIME_MS) },
      actions: [
        {
          type: 'PRESENT_TO_CUSTOMER',
          descriptor: 'QR_STRING',
          value: simulatedQris(request.amountRp, request.referenceId),
        },
      ],
      status: request.status,
      ...(request.status === 'EXPIRED' && { failure_code: 'PAYMENT_REQUEST_EXPIRED' }),
      metadata: null,
      created: iso(request.createdAtMs),
      updated: iso(now()),
    }
  }

  function paymentView(request: PaymentRequest, payment: Payment): Record<string, unknown> {
    return {
      payment_id: payment.id,
      business_id: BUSINESS,
      reference_id: request.referenceId,
      payment_request_id: request.id,
      type: 'PAY',
      country: 'ID',
      currency: 'IDR',
      request_amount: amount(request.amountRp),
      capture_method: 'AUTOMATIC',
      channel_code: 'QRIS',
      captures: [
        {
          capture_timestamp: iso(payment.atMs),
          capture_id: `cap-${payment.id.slice(3)}`,
          capture_amount: amount(payment.amountRp),
        },
      ],
      status: 'SUCCEEDED',
      payment_details: { issuer_name: payment.issuer, receipt_id: payment.id.slice(-12) },
      metadata: null,
      created: iso(payment.atMs),
      updated: iso(payment.atMs),
    }
  }

  function refundView(refund: Refund): object {
    return {
      id: refund.id,
      payment_request_id: refund.requestId,
      payment_id: null,
      invoice_id: null,
      payment_method_type: 'QR_CODE',
      reference_id: refund.referenceId,
      channel_code: 'QRIS',
      currency: 'IDR',
      amount: amount(refund.amountRp),
      status: refund.status,
      reason: refund.reason,
      failure_code: refund.status === 'FAILED' ? 'REFUND_FAILED' : null,
      refund_fee_amount: null,
      metadata: null,
      created: iso(refund.atMs),
      updated: iso(now()),
    }
  }

  const envelope = (event: string, data: object) => ({
    event,
    business_id: BUSINESS,
    created: iso(now()),
    data,
  })

  function notify(event: string, data: object, label: string, delayMs = 0): void {
    webhooks.send(
      {
        url: options.webhookUrl ?? '',
        headers: { 'x-callback-token': options.callbackToken, 'webhook-id': randomUUID() },
        body: JSON.stringify(envelope(event, data)),
        label: `${event} ${label}`,
      },
      delayMs,
    )
  }

  function create(incoming: SimulatedRequest): SimulatedAnswer {
    const body = parse(incoming.body)
    const { reference_id: referenceId, request_amount: amountRp } = body
    const isWhole = typeof referenceId === 'string' && referenceId.length >= 1 && referenceId.length <= 255
    const isQris =
      body.type === 'PAY' && body.country === 'ID' && body.currency === 'IDR' && body.channel_code === 'QRIS'
    if (!isWhole || !isQris || typeof body.channel_properties !== 'object') {
      return failure(
        400,
        'API_VALIDATION_ERROR',
        'Fields or values do not comply with our API specification.',
      )
    }
    if (typeof amountRp !== 'number' || amountRp < 1 || amountRp > 10_000_000) {
      return failure(400, 'INVALID_VALUE_ERROR', 'request_amount is not within the range of the channel.')
    }
    if (requests.some((each) => each.referenceId === referenceId)) {
      return failure(409, 'DUPLICATE_ERROR', 'A payment request with this reference_id exists.')
    }
    const request: PaymentRequest = {
      id: `pr-${randomUUID()}`,
      referenceId,
      amountRp,
      createdAtMs: now(),
      status: 'REQUIRES_ACTION',
      payment: null,
    }
    requests.push(request)
    return { status: 201, json: requestView(request) }
  }

  function refund(incoming: SimulatedRequest): SimulatedAnswer {
    const body = parse(incoming.body)
    const request = find(String(body.payment_request_id))
    if (!request) return notFound()
    if (!REASONS.has(String(body.reason))) return failure(400, 'API_VALIDATION_ERROR', 'reason is not valid.')
    if (!request.payment || request.status !== 'SUCCEEDED') {
      return failure(400, 'INELIGIBLE_TRANSACTION_STATUS', 'The payment request has not succeeded.')
    }
    if (!REFUNDABLE.has(request.payment.issuer) || now() > request.payment.atMs + REFUND_WINDOW_MS) {
      return failure(403, 'REFUND_NOT_SUPPORTED', 'Refund feature is not available for this payment channel.')
    }
    const earlier = refunds.filter((each) => each.requestId === request.id && each.status !== 'FAILED')
    if (earlier.some((each) => each.status === 'PENDING')) {
      return failure(400, 'REFUND_IN_PROGRESS', 'Please wait for the pending refund request.')
    }
    const leftRp = request.payment.amountRp - earlier.reduce((sum, each) => sum + each.amountRp, 0)
    const amountRp = Number(body.amount ?? leftRp)
    if (!(amountRp >= 1) || amountRp > leftRp) {
      return failure(
        400,
        'REFUND_AMOUNT_EXCEEDED',
        'Refund amount must not exceed the unrefunded capture amount.',
      )
    }
    const done: Refund = {
      id: `rfd-${randomUUID()}`,
      requestId: request.id,
      referenceId: typeof body.reference_id === 'string' ? body.reference_id : null,
      amountRp,
      reason: String(body.reason),
      atMs: now(),
      status: 'PENDING',
    }
    refunds.push(done)
    const answer = { status: 200, json: refundView(done) }
    done.status = 'SUCCEEDED'
    const told = refundView(done)
    const data = options.wrapsRefundsTwice ? envelope('refund.succeeded', told) : told
    notify('refund.succeeded', data, done.id)
    return answer
  }

  function requestAct(incoming: SimulatedRequest, request: PaymentRequest, act: string): SimulatedAnswer {
    if (act === '' && incoming.method === 'GET') return { status: 200, json: requestView(request) }
    if (act === 'simulate') {
      payer.scan(request.id, { amountRp: Number(parse(incoming.body).amount ?? request.amountRp) })
      return { status: 200, json: { status: 'PENDING', message: 'A simulated payment is being processed.' } }
    }
    if (request.status !== 'REQUIRES_ACTION') {
      return failure(400, 'INACTIVE_PAYMENT_REQUEST', 'Payment request is already inactive.')
    }
    request.status = 'CANCELED'
    return { status: 200, json: requestView(request) }
  }

  function api(incoming: SimulatedRequest): SimulatedAnswer {
    const { method, path } = incoming
    if (basicUser(incoming.headers) !== options.secretKey) {
      return failure(401, 'INVALID_API_KEY', 'The API key provided is invalid.')
    }
    if (path.startsWith('/v3/') && incoming.headers['api-version'] !== '2024-11-11') {
      return failure(400, 'API_VALIDATION_ERROR', 'api-version is required.')
    }
    if (method === 'POST' && path === '/v3/payment_requests') return create(incoming)
    if (method === 'POST' && path === '/refunds') return refund(incoming)
    if (method === 'GET' && path === '/refunds') {
      const asked = incoming.query.get('payment_request_id')
      // Pages as documented: `limit` of them, ten where none is named, from behind `after_id`.
      const all = refunds.filter((each) => asked === null || each.requestId === asked)
      const first = all.findIndex(({ id }) => id === incoming.query.get('after_id')) + 1
      const limit = Math.min(100, Number(incoming.query.get('limit') ?? 10))
      const data = all.slice(first, first + limit).map(refundView)
      return { status: 200, json: { data, has_more: first + limit < all.length } }
    }
    const [, requestId = '', act = ''] =
      /^\/v3\/payment_requests\/([^/]+)(?:\/(cancel|simulate))?$/.exec(path) ?? []
    const request = find(requestId)
    if (request) return requestAct(incoming, request, act)
    const paymentId = /^\/v3\/payments\/([^/]+)$/.exec(path)?.[1]
    const paid = requests.find((each) => each.payment !== null && each.payment.id === paymentId)
    return paid?.payment ? { status: 200, json: paymentView(paid, paid.payment) } : notFound()
  }

  const dashboard: Dashboard = {
    refund: (requestId, amountRp, status = 'SUCCEEDED', referenceId) => {
      const request = find(requestId)
      if (!request?.payment) return null
      const made: Refund = {
        id: `rfd-${randomUUID()}`,
        requestId: request.id,
        referenceId: referenceId ?? null,
        amountRp,
        reason: 'OTHERS',
        atMs: now(),
        status,
      }
      refunds.push(made)
      if (status !== 'PENDING') notify(`refund.${status.toLowerCase()}`, refundView(made), made.id)
      return made.id
    },
    end: (refundId, status) => {
      const made = refunds.find(({ id }) => id === refundId)
      if (!made) return
      made.status = status
      notify(`refund.${status.toLowerCase()}`, refundView(made), made.id)
    },
  }

  const payer: Payer = {
    list: () =>
      requests.map((each) => ({
        id: each.id,
        reference: each.referenceId,
        amountRp: each.amountRp,
        status: find(each.id)?.status ?? each.status,
        qris: simulatedQris(each.amountRp, each.referenceId),
      })),
    scan: (id, scanned: ScanOptions = {}): ScanResult => {
      const request = find(id)
      if (!request) return 'unknown'
      if (request.payment) return 'refused_paid'
      if (request.status !== 'REQUIRES_ACTION') {
        if (scanned.late === undefined) return 'refused_expired'
        if (scanned.late === 'returned') return 'returned'
      }
      const issuer = scanned.issuer ?? 'DANA'
      const payment = {
        id: `py-${randomUUID()}`,
        amountRp: scanned.amountRp ?? request.amountRp,
        atMs: now(),
        issuer,
      }
      request.payment = payment
      request.status = 'SUCCEEDED'
      notify('payment.capture', paymentView(request, payment), request.referenceId)
      return 'paid'
    },
    // They send nothing when a code runs out: only the status call tells.
    runOut: (id) => {
      const request = find(id)
      if (request?.status === 'REQUIRES_ACTION') request.status = 'EXPIRED'
    },
    forge: async (id, forgery) => {
      const request = find(id)
      if (!request || !options.webhookUrl) return null
      const payment = request.payment ?? {
        id: `py-${randomUUID()}`,
        amountRp: request.amountRp,
        atMs: now(),
        issuer: 'DANA',
      }
      const forged = forgeXendit(paymentView(request, payment), options.callbackToken, forgery)
      const response = await fetch(options.webhookUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...forged.headers },
        body: JSON.stringify(envelope('payment.capture', forged.data)),
      })
      return response.status
    },
  }

  const server = await startSimulatorServer(options.port ?? 0, (request) =>
    request.path === '/' || request.path.startsWith('/_control')
      ? answerControl('Xendit', request, payer, webhooks, server.arm)
      : api(request),
  )
  return {
    ...server,
    payer,
    webhooks,
    dashboard,
    close: () => {
      webhooks.close()
      return server.close()
    },
  }
}

function parse(body: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(body))
  } catch {
    return {}
  }
}
