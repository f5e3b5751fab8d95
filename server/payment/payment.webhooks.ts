import { Hono } from 'hono'
import sql from 'sql-template-tag'
import { refusalStatus } from '#shared/protocol.ts'
import type { Tx } from '../platform/database/database.ts'
import type { Writer } from '../platform/database/writer.ts'
import { readBytes } from '../platform/http/request-body.ts'
import type { Log } from '../platform/log.ts'
import type { Gateway, GatewayEvent, WebhookRefusal } from './gateways/gateway.ts'
import { noteLook } from './payment.store.ts'
import { noteLater, noteTask } from './tasks/task.store.ts'

const MAX_WEBHOOK_BYTES = 64 * 1024
/** Providers count an answer after five seconds as none. */
const ANSWER_WITHIN_MS = 4000
/** Between two questions about one payment that copies of its messages cause. */
const COPY_PACE_MS = 10_000
/** A payment has a handful of true messages; more of them only fill the disk. */
const MAX_EVENTS_OF_PAYMENT = 20
const PAYMENT_ID = /^(pay_[0-9a-hjkmnp-tv-z]{26})-\d{2}$/

type WebhookDeps = {
  readonly writer: Writer
  readonly gateways: ReadonlyMap<string, Gateway>
  readonly clock: { now(): number }
  readonly log: Log
  /** Called when a message is stored and its payment is to be asked about. */
  readonly onStored: () => void
}

const statusOf: Readonly<Record<WebhookRefusal['code'], 200 | 400 | 401 | 404 | 413>> = {
  'webhook.forged': 401,
  'webhook.malformed': 400,
  'webhook.too_large': 413,
  // Proven, and none of our business: it need not come again.
  'webhook.unknown_event': 200,
  'webhook.not_expected': 404,
}

/** What an event is by its signed parts: new, the same again, or the same with other words around it. */
type Novelty = 'new' | 'copy' | 'varied'

/** Writes the message down as it came, once for its id, and only so many of one payment. */
async function keepEvent(
  tx: Tx,
  event: GatewayEvent,
  {
    provider,
    paymentId,
    body,
    nowMs,
  }: { provider: string; paymentId: string | null; body: string; nowMs: number },
): Promise<Novelty> {
  const known = await tx.get<{ body: string }>(sql`
    UPDATE gateway_events SET copies = copies + 1 WHERE provider = ${provider} AND event_id = ${event.eventId}
    RETURNING body`)
  if (known) return known.body === body ? 'copy' : 'varied'
  const kept = await tx.get<{ events: number }>(
    sql`SELECT COUNT(*) AS events FROM gateway_events WHERE payment_id = ${paymentId}`,
  )
  if (Number(kept?.events ?? 0) >= MAX_EVENTS_OF_PAYMENT) return 'varied'
  await tx.run(sql`
    INSERT INTO gateway_events (provider, event_id, payment_id, claimed_status, claimed_rp, body, received_at_ms)
    VALUES (${provider}, ${event.eventId}, ${paymentId}, ${event.claimedStatus}, ${event.claimedRp}, ${body}, ${nowMs})`)
  return 'new'
}

type Concerned = {
  payment_id: string
  refund_id: string | null
  looked_at_ms: number
  heard_at_ms: number | null
}

/**
 * Notes that the provider is to be asked: at once about what is new, and else no sooner than one pace after
 * the last question, or whoever holds one true message could have the provider asked without end.
 */
async function askAbout(tx: Tx, concerned: Concerned, novelty: Novelty, nowMs: number): Promise<void> {
  const { payment_id: paymentId, refund_id: refundId } = concerned
  const askedAtMs = Math.max(Number(concerned.looked_at_ms), Number(concerned.heard_at_ms ?? 0))
  const freeAtMs = askedAtMs + COPY_PACE_MS
  const isNow = novelty === 'new' || nowMs >= freeAtMs
  // The very same message tells nothing that the question before has not answered.
  if (!isNow && novelty === 'copy') return
  const note = isNow ? noteTask : noteLater
  const atMs = isNow ? nowMs : freeAtMs
  if (refundId) await note(tx, 'refund', paymentId, refundId, atMs)
  await note(tx, 'status', paymentId, null, atMs)
  // What is new does not keep the payer's own phone from looking.
  if (novelty !== 'new') await noteLook(tx, paymentId, atMs)
}

/** The provider's payment that is meant, by its own name or by its refund's; each is looked up by its key. */
async function readConcerned(
  tx: Tx,
  provider: string,
  named: string | null,
  { refundKey, providerId }: Pick<GatewayEvent, 'refundKey' | 'providerId'>,
): Promise<Concerned | undefined> {
  const refund = await tx.get<{ id: string; payment_id: string }>(
    sql`SELECT id, payment_id FROM refunds WHERE id = ${refundKey}`,
  )
  // One made in the provider's own pages has no reference of ours; the payment that it returns has one of theirs.
  const returned =
    named === null && !refund && providerId !== null
      ? await tx.get<{ id: string }>(
          sql`SELECT id FROM payments WHERE provider = ${provider} AND provider_ref = ${providerId}`,
        )
      : undefined
  const paymentId = named ?? refund?.payment_id ?? returned?.id ?? null
  const row = await tx.get<Omit<Concerned, 'refund_id'>>(sql`
    SELECT payments.id AS payment_id, payments.looked_at_ms AS looked_at_ms,
      (SELECT MAX(received_at_ms) FROM gateway_events WHERE gateway_events.payment_id = payments.id) AS heard_at_ms
    FROM payments WHERE payments.id = ${paymentId} AND payments.provider = ${provider}`)
  return row && { ...row, refund_id: refund?.payment_id === paymentId ? refund.id : null }
}

/**
 * Stores the message as it came and notes that its payment is to be asked about. What it claims moves
 * no money: the claim is not signed in full by any provider, only their status call is believed.
 */
async function store(
  deps: WebhookDeps,
  event: GatewayEvent,
  provider: string,
  bytes: Uint8Array,
): Promise<void> {
  const nowMs = deps.clock.now()
  const named = PAYMENT_ID.exec(event.reference ?? '')?.[1] ?? null
  const body = Buffer.from(bytes).toString('base64')
  await deps.writer.submit(async (tx) => {
    const concerned = await readConcerned(tx, provider, named, event)
    const paymentId = concerned?.payment_id ?? named
    const novelty = await keepEvent(tx, event, { provider, paymentId, body, nowMs })
    if (concerned) await askAbout(tx, concerned, novelty, nowMs)
    return { keep: true, value: undefined }
  })
}

function within<Value>(work: Promise<Value>, ms: number): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The storage did not answer in time.')), ms)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

/** `POST /api/hooks/<provider>`: what a provider tells by itself. Its own proof stands in for every other. */
export function webhookRoutes(deps: WebhookDeps): Hono {
  const app = new Hono()
  app.post('/:provider', async (c) => {
    const provider = c.req.param('provider')
    const gateway = deps.gateways.get(provider)
    if (!gateway) return c.json({ ok: false }, 404)
    const body = await readBytes(c.req.raw, MAX_WEBHOOK_BYTES)
    if (!body.ok) return c.json({ ok: false, refusal: body.refusal }, refusalStatus[body.refusal.code])
    const read = gateway.readWebhook(body.value, c.req.raw.headers)
    if (!read.ok) {
      const { code } = read.refusal
      deps.log.warn({ provider, code }, 'webhook refused')
      return c.json({ ok: code === 'webhook.unknown_event', refusal: { code } }, statusOf[code])
    }
    try {
      await within(store(deps, read.value, provider, body.value), ANSWER_WITHIN_MS)
    } catch (error) {
      // Ours to mend, so it must come again: anything but 503 would be taken for an answer.
      deps.log.error({ provider, error: String(error) }, 'webhook not stored')
      return c.json({ ok: false }, 503, { 'retry-after': '60' })
    }
    deps.onStored()
    return c.json({ ok: true })
  })
  return app
}
