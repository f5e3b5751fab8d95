// Midtrans' Core API as far as QRIS goes: charge, status, expire, cancel, refund, notifications.
import { createHash, randomUUID } from 'node:crypto'
import { toBuffer } from 'qrcode'
import { answerControl } from './control.ts'
import type { Forgery, Payer, ScanOptions, ScanResult } from './payer.ts'
import { simulatedQris } from './simulated-qris.ts'
import {
  basicUser,
  type SimulatedAnswer,
  type SimulatedRequest,
  type SimulatorServer,
  startSimulatorServer,
} from './simulator-server.ts'
import { createWebhookSender, MIDTRANS_RETRIES, type WebhookSender } from './webhook-sender.ts'

export type MidtransOptions = {
  readonly port?: number
  readonly serverKey: string
  /** Where notifications go when the charge names no other address; '' for nowhere. */
  readonly notificationUrl?: string
  readonly now?: () => number
  readonly timeScale?: number
  readonly random?: () => number
  /** The sample of a cashier's charge has the code's text; the reference page does not promise it. */
  readonly sendsQrString?: boolean
  readonly sendsExpiryTime?: boolean
}

export type MidtransSimulator = SimulatorServer & { readonly payer: Payer; readonly webhooks: WebhookSender }

type Refund = {
  key: string
  id: number
  amountRp: number
  reason: string
  atMs: number
  confirmsAtMs: number
}
type Transaction = {
  readonly id: string
  readonly orderId: string
  readonly amountRp: number
  readonly acquirer: string
  readonly createdAtMs: number
  readonly expiresAtMs: number
  readonly notificationUrl: string
  status: string
  settledAtMs: number | null
  issuer: string | null
  readonly refunds: Refund[]
}

const DAY_MS = 86_400_000
const KEY_LIFETIME_MS = 5 * 60_000
const SETTLEMENT_DELAY_MS = 20_000
const EXPIRY_DELAY_MS = 90_000
const UNIT_MS = { second: 1000, minute: 60_000, hour: 3_600_000, day: DAY_MS } as const

const money = (amountRp: number) => `${amountRp}.00`
const jakarta = (atMs: number) => new Date(atMs + 7 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
const failure = (code: string, says: string, more: object = {}): SimulatedAnswer => ({
  status: 200,
  json: { status_code: code, status_message: says, id: randomUUID(), ...more },
})
const notChangeable = () => failure('412', 'Merchant cannot modify the status of the transaction')

export async function startMidtransSimulator(options: MidtransOptions): Promise<MidtransSimulator> {
  const now = options.now ?? Date.now
  const webhooks = createWebhookSender(
    MIDTRANS_RETRIES,
    options.timeScale ?? 1,
    options.random ?? Math.random,
  )
  const transactions: Transaction[] = []
  const answersByKey = new Map<string, { atMs: number; answer: SimulatedAnswer | null }>()
  let refundCount = 0

  /** The youngest wins: an order id may be used again once its transaction has run out. */
  function find(id: string): Transaction | undefined {
    const found = transactions.findLast((each) => each.id === id || each.orderId === id)
    if (found && found.status === 'pending' && now() >= found.expiresAtMs) close(found, 'expire')
    return found
  }

  function view(transaction: Transaction, code: string, says: string): object {
    return {
      status_code: code,
      status_message: says,
      transaction_id: transaction.id,
      order_id: transaction.orderId,
      merchant_id: 'G000000000',
      gross_amount: money(transaction.amountRp),
      currency: 'IDR',
      payment_type: 'qris',
      transaction_time: jakarta(transaction.createdAtMs),
      transaction_status: transaction.status,
      fraud_status: 'accept',
      acquirer: transaction.acquirer,
    }
  }

  const refundedRp = (transaction: Transaction) =>
    transaction.refunds.reduce((sum, each) => sum + each.amountRp, 0)
  const refundViews = (transaction: Transaction, isConfirmed: boolean) =>
    transaction.refunds.map((refund) => ({
      refund_chargeback_id: refund.id,
      refund_amount: money(refund.amountRp),
      created_at: jakarta(refund.atMs),
      reason: refund.reason,
      refund_key: refund.key,
      refund_method: 'online',
      ...((isConfirmed || now() >= refund.confirmsAtMs) && {
        bank_confirmed_at: jakarta(refund.confirmsAtMs),
      }),
    }))

  function settled(transaction: Transaction, isConfirmed: boolean): object {
    return {
      ...(transaction.settledAtMs !== null && {
        settlement_time: jakarta(transaction.settledAtMs),
        transaction_type: transaction.issuer === transaction.acquirer ? 'on-us' : 'off-us',
        issuer: transaction.issuer,
        merchant_cross_reference_id: transaction.id,
      }),
      ...(transaction.refunds.length > 0 && {
        refund_amount: money(refundedRp(transaction)),
        refunds: refundViews(transaction, isConfirmed),
      }),
    }
  }

  const codeOf = (status: string) =>
    status === 'pending' ? '201' : ['expire', 'deny', 'cancel'].includes(status) ? '202' : '200'

  function notification(transaction: Transaction, isConfirmed = false): Record<string, unknown> {
    const code = codeOf(transaction.status)
    const signed = transaction.orderId + code + money(transaction.amountRp) + options.serverKey
    return {
      ...view(transaction, code, 'midtrans payment notification'),
      ...settled(transaction, isConfirmed),
      signature_key: createHash('sha512').update(signed).digest('hex'),
    }
  }

  function notify(transaction: Transaction, delayMs: number, isConfirmed = false): void {
    webhooks.send(
      {
        url: transaction.notificationUrl,
        headers: { 'user-agent': 'Veritrans' },
        body: JSON.stringify(notification(transaction, isConfirmed)),
        label: `${transaction.status} ${transaction.orderId}`,
      },
      delayMs,
    )
  }

  function close(transaction: Transaction, status: 'expire' | 'cancel' | 'deny'): void {
    transaction.status = status
    notify(transaction, EXPIRY_DELAY_MS)
  }

  function charge(request: SimulatedRequest): SimulatedAnswer {
    const body = parse(request.body)
    const details = Object(body.transaction_details)
    const orderId = details.order_id
    const amountRp = details.gross_amount
    if (body.payment_type !== 'qris')
      return failure('402', 'Merchant does not have access for this payment type')
    const faults: string[] = []
    if (typeof orderId !== 'string' || !/^[A-Za-z0-9\-_~.]{1,50}$/.test(orderId))
      faults.push('transaction_details.order_id is not valid')
    if (!Number.isSafeInteger(amountRp) || amountRp < 1 || amountRp > 10_000_000)
      faults.push('transaction_details.gross_amount is not valid')
    const items: { price: number; quantity: number }[] = Array.isArray(body.item_details)
      ? body.item_details
      : []
    const itemsRp = items.reduce((sum, item) => sum + item.price * item.quantity, 0)
    if (items.length > 0 && itemsRp !== amountRp)
      faults.push('transaction_details.gross_amount is not equal to the sum of item_details')
    const expiry = Object(body.custom_expiry)
    const unitMs = UNIT_MS[(expiry.unit ?? 'minute') as keyof typeof UNIT_MS]
    if (unitMs === undefined) faults.push('custom_expiry.unit is not valid')
    if (faults.length > 0)
      return failure('400', 'One or more parameters in the payload is invalid.', {
        validation_messages: faults,
      })
    const before = find(orderId)
    if (before && !['expire', 'cancel'].includes(before.status)) {
      return failure(
        '406',
        'The request could not be completed due to a conflict with the current state of the target resource, please try again',
      )
    }
    const override = request.headers['x-override-notification']
    const transaction: Transaction = {
      id: randomUUID(),
      orderId,
      amountRp,
      acquirer: Object(body.qris).acquirer ?? 'gopay',
      createdAtMs: now(),
      expiresAtMs: now() + (expiry.expiry_duration ?? 15) * (unitMs ?? 60_000),
      notificationUrl: typeof override === 'string' ? override : (options.notificationUrl ?? ''),
      status: 'pending',
      settledAtMs: null,
      issuer: null,
      refunds: [],
    }
    transactions.push(transaction)
    notify(transaction, 0)
    return {
      status: 200,
      json: {
        ...view(transaction, '201', 'QRIS transaction is created'),
        ...(options.sendsExpiryTime !== false && { expiry_time: jakarta(transaction.expiresAtMs) }),
        ...(options.sendsQrString !== false && { qr_string: simulatedQris(amountRp, orderId) }),
        actions: [
          {
            name: 'generate-qr-code',
            method: 'GET',
            url: `${server.origin}/v2/qris/${transaction.id}/qr-code`,
          },
          {
            name: 'generate-qr-code-v2',
            method: 'GET',
            url: `${server.origin}/v4/qris/${transaction.id}/qr-code`,
          },
        ],
      },
    }
  }

  function refund(transaction: Transaction, request: SimulatedRequest): SimulatedAnswer {
    const body = parse(request.body)
    const amountRp = Number(body.amount ?? transaction.amountRp)
    const key = String(body.refund_key ?? randomUUID())
    if (transaction.refunds.some((each) => each.key === key)) return failure('406', 'Duplicate refund ID')
    if (!['settlement', 'partial_refund'].includes(transaction.status)) return notChangeable()
    const leftRp = transaction.amountRp - refundedRp(transaction)
    if (!Number.isSafeInteger(amountRp) || amountRp < 1 || amountRp > leftRp) {
      return failure('414', 'Refund request is rejected due to invalid amount')
    }
    const wib = new Date(now() + 7 * 3_600_000)
    const minute = wib.getUTCHours() * 60 + wib.getUTCMinutes()
    const windowMs = (transaction.acquirer === 'gopay' ? 45 : 365) * DAY_MS
    const isNight = transaction.acquirer !== 'gopay' && (minute >= 23 * 60 + 55 || minute < 6 * 60)
    if (isNight || now() > (transaction.settledAtMs ?? 0) + windowMs) {
      return {
        status: 200,
        json: {
          ...view(transaction, '202', 'Refund denied by the bank'),
          refund_chargeback_id: 0,
          refund_amount: '0.00',
          refund_key: key,
        },
      }
    }
    const done: Refund = {
      key,
      id: ++refundCount,
      amountRp,
      reason: String(body.reason ?? ''),
      atMs: now(),
      confirmsAtMs: now() + SETTLEMENT_DELAY_MS,
    }
    transaction.refunds.push(done)
    transaction.status = amountRp === leftRp ? 'refund' : 'partial_refund'
    notify(transaction, 0)
    notify(transaction, SETTLEMENT_DELAY_MS, true)
    return {
      status: 200,
      json: {
        ...view(transaction, '200', 'Success, refund request is approved by the bank'),
        refund_chargeback_id: done.id,
        refund_amount: money(refundedRp(transaction)),
        refund_key: key,
      },
    }
  }

  async function api(request: SimulatedRequest): Promise<SimulatedAnswer> {
    const picture = /^\/v[24]\/qris\/([^/]+)\/qr-code$/.exec(request.path)
    if (picture) {
      const transaction = find(picture[1] ?? '')
      if (!transaction) return { status: 404, json: {} }
      return {
        status: 200,
        png: await toBuffer(simulatedQris(transaction.amountRp, transaction.orderId), { width: 400 }),
      }
    }
    if (basicUser(request.headers) !== options.serverKey) {
      const says = 'Transaction cannot be authorized with the current client/server key.'
      return { status: 401, json: { status_code: '401', status_message: says } }
    }
    if (request.method === 'POST' && request.path === '/v2/charge') return charge(request)
    const [, encoded = '', act = ''] =
      /^\/v2\/([^/]+)\/(status|expire|cancel|refund|refund\/online\/direct)$/.exec(request.path) ?? []
    const transaction = find(decodeURIComponent(encoded))
    if (!transaction) return failure('404', "Transaction doesn't exist.")
    if (act === 'status' && request.method === 'GET') {
      const says = 'Success, transaction is found'
      return {
        status: 200,
        json: { ...notification(transaction), ...view(transaction, codeOf(transaction.status), says) },
      }
    }
    if (request.method !== 'POST') return failure('405', 'HTTP method is not allowed')
    if (act.startsWith('refund')) return refund(transaction, request)
    if (transaction.status !== 'pending') return notChangeable()
    close(transaction, act === 'expire' ? 'expire' : 'cancel')
    if (act === 'expire')
      return { status: 200, json: view(transaction, '407', 'Success, transaction has expired') }
    return { status: 200, json: view(transaction, '200', 'Success, transaction is canceled') }
  }

  /** Only good answers are kept, for five minutes, whatever the body or the endpoint of the next request. */
  async function onceByKey(request: SimulatedRequest): Promise<SimulatedAnswer> {
    const key = request.headers['idempotency-key']
    if (request.method !== 'POST' || typeof key !== 'string' || key.length > 46) return api(request)
    const known = answersByKey.get(key)
    if (known && now() < known.atMs + KEY_LIFETIME_MS) return known.answer ?? { status: 202, json: {} }
    const entry: { atMs: number; answer: SimulatedAnswer | null } = { atMs: now(), answer: null }
    answersByKey.set(key, entry)
    if (request.workMs > 0) await new Promise((done) => setTimeout(done, request.workMs))
    const answer = await api(request)
    if (answer.status === 200 && /^2/.test(String(Object(answer.json).status_code))) entry.answer = answer
    else answersByKey.delete(key)
    return answer
  }

  const payer: Payer = {
    list: () =>
      transactions.map((each) => ({
        id: each.id,
        reference: each.orderId,
        amountRp: each.amountRp,
        status: find(each.id)?.status ?? each.status,
        qris: simulatedQris(each.amountRp, each.orderId),
      })),
    scan: (id, scanned: ScanOptions = {}): ScanResult => {
      const transaction = find(id)
      if (!transaction) return 'unknown'
      // The amount is in the code, and the acquirer holds the wallet to it.
      if (scanned.amountRp !== undefined && scanned.amountRp !== transaction.amountRp)
        return 'refused_fixed_amount'
      if (transaction.settledAtMs !== null) return 'refused_paid'
      if (transaction.status !== 'pending') {
        if (scanned.late === undefined) return 'refused_expired'
        if (scanned.late === 'returned') return 'returned'
      }
      transaction.status = 'settlement'
      transaction.settledAtMs = now()
      transaction.issuer = scanned.issuer ?? 'gopay'
      notify(transaction, SETTLEMENT_DELAY_MS)
      return 'paid'
    },
    runOut: (id) => {
      const transaction = find(id)
      if (transaction?.status === 'pending') close(transaction, 'expire')
    },
    forge: async (id, forgery) => {
      const transaction = find(id)
      return transaction ? sendForged(notification(transaction), transaction.notificationUrl, forgery) : null
    },
  }

  const server = await startSimulatorServer(options.port ?? 0, (request) =>
    request.path === '/' || request.path.startsWith('/_control')
      ? answerControl('Midtrans', request, payer, webhooks, server.arm)
      : onceByKey(request),
  )
  return {
    ...server,
    payer,
    webhooks,
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

/** `edited_status` keeps the right signature: it does not cover the status, so it cannot be told apart. */
export function forgeMidtrans(honest: Record<string, unknown>, forgery: Forgery): Record<string, unknown> {
  const signed = `${honest.order_id}200${honest.gross_amount}`
  if (forgery === 'no_proof') return { ...honest, signature_key: undefined }
  if (forgery === 'edited_amount') return { ...honest, gross_amount: '1.00' }
  if (forgery === 'edited_reference') return { ...honest, order_id: `${honest.order_id}X` }
  if (forgery === 'edited_status') return { ...honest, transaction_status: 'settlement' }
  const signature = createHash('sha512').update(`${signed}SB-Mid-server-of-another-shop`).digest('hex')
  return { ...honest, status_code: '200', transaction_status: 'settlement', signature_key: signature }
}

async function sendForged(
  honest: Record<string, unknown>,
  url: string,
  forgery: Forgery,
): Promise<number | null> {
  if (url === '') return null
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': 'Veritrans' },
    body: JSON.stringify(forgeMidtrans(honest, forgery)),
  })
  return response.status
}
