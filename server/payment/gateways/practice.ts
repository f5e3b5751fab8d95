import sql from 'sql-template-tag'
import { ok, refuse } from '#shared/kernel/result.ts'
import { buildQris, MAX_QRIS_RP } from '#shared/payment/qris.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Reader, Tx } from '../../platform/database/database.ts'
import type { Writer } from '../../platform/database/writer.ts'
import type {
  CreatedPayment,
  CreateRequest,
  Gateway,
  GatewayResult,
  PaymentKey,
  PaymentState,
  RefundRequest,
  RefundState,
} from './gateway.ts'
import { checkRequest } from './request-limits.ts'

const GATEWAY = 'practice'

type Receipt = { readonly amountRp: number; readonly atMs: number }
type Refund = { readonly key: string; readonly amountRp: number }
export type PracticeRow = {
  id: string
  reference: string
  amount_rp: number
  status: 'pending' | 'paid' | 'expired' | 'cancelled'
  receipts: string
  refunds: string
  expires_at_ms: number
}

type PracticeDeps = { readonly read: Reader; readonly writer: Writer; readonly clock: Clock }

/** A code whose merchant, account and register entry belong to nobody, and whose name says what it is. */
function practiceQris(amountRp: number, reference: string): string {
  const made = buildQris({
    point: 'dynamic',
    cards: [],
    accounts: [
      {
        tag: '26',
        domain: 'ID.SIMULASI.WWW',
        pan: '936009999900000001',
        merchantId: null,
        criteria: 'UMI',
        others: [],
      },
    ],
    repository: { domain: 'ID.CO.QRIS.WWW', nmid: 'ID0000000000000', criteria: 'UMI', others: [] },
    category: '5814',
    amountRp,
    tip: null,
    merchantName: 'SIMULASI LATIHAN',
    city: 'MEDAN',
    postalCode: '20112',
    additional: {
      billNumber: null,
      mobile: null,
      storeLabel: null,
      loyaltyNumber: null,
      reference: reference.slice(-25),
      customerLabel: null,
      terminal: null,
      purpose: null,
      consumerData: null,
      others: [],
    },
    others: [],
  })
  if (!made.ok) throw new Error(`The practice code cannot be built: ${made.refusal.code}.`)
  return made.value
}

export function readPractice(reader: Reader, reference: string): Promise<PracticeRow | undefined> {
  return reader.get<PracticeRow>(sql`SELECT * FROM practice_payments WHERE reference = ${reference}`)
}

export async function savePractice(tx: Tx, row: PracticeRow): Promise<void> {
  await tx.run(sql`
    INSERT INTO practice_payments (id, reference, amount_rp, status, receipts, refunds, expires_at_ms)
    VALUES (${row.id}, ${row.reference}, ${row.amount_rp}, ${row.status}, ${row.receipts}, ${row.refunds}, ${row.expires_at_ms})
    ON CONFLICT (id) DO UPDATE SET status = excluded.status, receipts = excluded.receipts, refunds = excluded.refunds`)
}

/** The row after a payer paid these amounts. */
export function withReceipts(row: PracticeRow, amountsRp: readonly number[], atMs: number): PracticeRow {
  const before = JSON.parse(row.receipts) as Receipt[]
  const more = amountsRp.map((amountRp) => ({ amountRp, atMs }))
  return { ...row, status: 'paid', receipts: JSON.stringify([...before, ...more]) }
}

function stateOf(row: PracticeRow, nowMs: number): PaymentState {
  const receipts = JSON.parse(row.receipts) as Receipt[]
  const refunds = JSON.parse(row.refunds) as Refund[]
  const receivedRp = receipts.reduce((sum, { amountRp }) => sum + amountRp, 0)
  const refundedRp = refunds.reduce((sum, { amountRp }) => sum + amountRp, 0)
  const isOver = row.status === 'pending' && nowMs >= row.expires_at_ms
  const status = isOver ? 'expired' : row.status
  const returned = refundedRp >= receivedRp ? 'refunded' : 'partly_refunded'
  return {
    providerId: row.id,
    reference: row.reference,
    status: status === 'paid' && refundedRp > 0 ? returned : status,
    providerStatus: status,
    amountRp: row.amount_rp,
    receivedRp,
    refundedRp,
    paidAtMs: receipts.at(-1)?.atMs ?? null,
    issuer: null,
    receiptsRp: receipts.map(({ amountRp }) => amountRp),
  }
}

/** The demo shop's gateway: its book is a table, its payer a button, and no money moves. */
export function createPracticeGateway(deps: PracticeDeps): Gateway {
  const notFound = refuse({ code: 'gateway.not_found', gateway: GATEWAY })
  const find = async ({ reference }: PaymentKey): Promise<GatewayResult<PaymentState>> => {
    const row = await readPractice(deps.read, reference)
    return row ? ok(stateOf(row, deps.clock.now())) : notFound
  }
  return {
    name: GATEWAY,
    mode: 'test',
    can: { confirms: true, expires: true, refunds: true, minRp: 1, maxRp: MAX_QRIS_RP },
    create: (request) => create(deps, request),
    status: find,
    expire: async (key) => {
      await deps.writer.submit(async (tx) => {
        const row = await readPractice(tx, key.reference)
        if (row?.status === 'pending') await savePractice(tx, { ...row, status: 'expired' })
        return { keep: true, value: undefined }
      })
      return find(key)
    },
    refund: (request) => refund(deps, request),
    refundState: async ({ reference, refundKey }) => {
      const row = await readPractice(deps.read, reference)
      const known = (JSON.parse(row?.refunds ?? '[]') as Refund[]).find(({ key }) => key === refundKey)
      return known ? ok(refundStateOf(known)) : notFound
    },
    readWebhook: () => refuse({ code: 'webhook.not_expected' }),
  }
}

async function create(deps: PracticeDeps, request: CreateRequest): Promise<GatewayResult<CreatedPayment>> {
  const limit = checkRequest(GATEWAY, request, MAX_QRIS_RP)
  if (limit) return refuse(limit)
  const expiresAtMs = deps.clock.now() + request.expiresAfterMs
  const row: PracticeRow = {
    id: `practice-${request.reference}`,
    reference: request.reference,
    amount_rp: request.amountRp,
    status: 'pending',
    receipts: '[]',
    refunds: '[]',
    expires_at_ms: expiresAtMs,
  }
  await deps.writer.submit(async (tx) => {
    if (!(await readPractice(tx, request.reference))) await savePractice(tx, row)
    return { keep: true, value: undefined }
  })
  const payload = practiceQris(request.amountRp, request.reference)
  return ok({ providerId: row.id, code: { kind: 'qris', payload }, expiresAtMs })
}

function refundStateOf({ key, amountRp }: Refund): RefundState {
  return { refundKey: key, providerRefundId: `practice-${key}`, amountRp, status: 'done', failure: null }
}

async function refund(deps: PracticeDeps, request: RefundRequest): Promise<GatewayResult<RefundState>> {
  const { refundKey, amountRp, reference } = request
  if (!(await request.isStillOurs())) return refuse({ code: 'gateway.taken_over', gateway: GATEWAY })
  return deps.writer.submit<GatewayResult<RefundState>>(async (tx) => {
    const row = await readPractice(tx, reference)
    if (!row) return { keep: true, value: refuse({ code: 'gateway.not_found', gateway: GATEWAY }) }
    const refunds = JSON.parse(row.refunds) as Refund[]
    const known = refunds.find(({ key }) => key === refundKey)
    if (known) return { keep: true, value: ok(refundStateOf(known)) }
    const { receivedRp, refundedRp } = stateOf(row, deps.clock.now())
    if (amountRp > receivedRp - (refundedRp ?? 0)) {
      const says = 'more than is left'
      return { keep: true, value: refuse({ code: 'gateway.refund_too_much', gateway: GATEWAY, says }) }
    }
    const made = { key: refundKey, amountRp }
    await savePractice(tx, { ...row, refunds: JSON.stringify([...refunds, made]) })
    return { keep: true, value: ok(refundStateOf(made)) }
  })
}
