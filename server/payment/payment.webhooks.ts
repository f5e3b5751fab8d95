import { Hono } from 'hono'
import sql from 'sql-template-tag'
import { refusalStatus } from '#shared/protocol.ts'
import type { Log } from '../platform/log.ts'
import { readBytes } from '../platform/request-body.ts'
import type { Writer } from '../platform/writer.ts'
import type { Gateway, GatewayEvent, WebhookRefusal } from './gateways/gateway.ts'
import { noteTask } from './tasks/task.store.ts'

const MAX_WEBHOOK_BYTES = 64 * 1024
/** Providers count an answer after five seconds as none. */
const ANSWER_WITHIN_MS = 4000
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

/**
 * Stores the message as it came and notes that its payment is to be asked about. What it claims moves
 * no money: the claim is not signed in full by any provider, only their status call is believed.
 */
async function store(
  deps: WebhookDeps,
  event: GatewayEvent,
  provider: string,
  body: Uint8Array,
): Promise<void> {
  const nowMs = deps.clock.now()
  const paymentId = PAYMENT_ID.exec(event.reference ?? '')?.[1] ?? null
  await deps.writer.submit(async (tx) => {
    await tx.run(sql`
      INSERT INTO gateway_events (provider, event_id, payment_id, claimed_status, claimed_rp, body, received_at_ms)
      VALUES (${provider}, ${event.eventId}, ${paymentId}, ${event.claimedStatus}, ${event.claimedRp},
              ${Buffer.from(body).toString('base64')}, ${nowMs})
      ON CONFLICT (provider, event_id) DO UPDATE SET copies = gateway_events.copies + 1`)
    const concerned = await tx.get<{ payment_id: string; refund_id: string | null }>(sql`
      SELECT payments.id AS payment_id, refunds.id AS refund_id
      FROM payments LEFT JOIN refunds ON refunds.payment_id = payments.id AND refunds.id = ${event.refundKey}
      WHERE payments.provider = ${provider} AND (payments.id = ${paymentId} OR refunds.id = ${event.refundKey})`)
    if (concerned) {
      const { payment_id, refund_id } = concerned
      if (refund_id) await noteTask(tx, 'refund', payment_id, refund_id, nowMs)
      await noteTask(tx, 'status', payment_id, null, nowMs)
    }
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
