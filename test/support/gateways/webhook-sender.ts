// Sends a simulated provider's webhooks the way the real one does: after a while, again when not
// answered well, and, when told so, late, twice, in disorder or never.
import { request as requestHttp } from 'node:http'

export type WebhookMessage = {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** What it is about, for the log: "settlement ORDER-1". */
  readonly label: string
}

/** What befalls the next message. Without one it goes out after the provider's usual delay. */
export type WebhookPlan =
  | { readonly kind: 'lose' }
  | { readonly kind: 'repeat'; readonly times: number }
  | { readonly kind: 'delay'; readonly ms: number }
  /** Kept until `release`. */
  | { readonly kind: 'hold' }

export type WebhookAttempt = {
  readonly label: string
  readonly status: number | null
  readonly attempt: number
}

export type RetryTable = {
  readonly timeoutMs: number
  /** The pause before attempt n + 1 after the n-th failed with `status` (null: no answer), or null to give up. */
  pauseMs(status: number | null, attempt: number): number | null
  /** Statuses whose `location` is followed, five times at most. */
  readonly followed: readonly number[]
}

const MINUTE_MS = 60_000
const MIDTRANS_MS = [2, 10, 30, 90, 210].map((minutes) => minutes * MINUTE_MS)
const XENDIT_MS = [15, 45, 120, 180, 360, 720].map((minutes) => minutes * MINUTE_MS)

function midtransRetries(status: number | null): number {
  if (status === 500) return 1
  if (status === 503) return 4
  if (status === 400 || status === 404) return 2
  return status !== null && status >= 301 && status <= 303 ? 0 : 5
}

export const MIDTRANS_RETRIES: RetryTable = {
  timeoutMs: 15_000,
  followed: [307, 308],
  pauseMs: (status, attempt) =>
    attempt > midtransRetries(status) ? null : (MIDTRANS_MS[attempt - 1] ?? null),
}

export const XENDIT_RETRIES: RetryTable = {
  timeoutMs: 30_000,
  followed: [],
  pauseMs: (_status, attempt) => XENDIT_MS[attempt - 1] ?? null,
}

type Answer = { readonly status: number | null; readonly location: string | null }

function postOnce(url: string, message: WebhookMessage, timeoutMs: number): Promise<Answer> {
  return new Promise((resolve) => {
    const fail = () => resolve({ status: null, location: null })
    const request = requestHttp(
      url,
      { method: 'POST', agent: false, headers: { 'content-type': 'application/json', ...message.headers } },
      (response) => {
        response.resume()
        response.on('end', () =>
          resolve({ status: response.statusCode ?? null, location: response.headers.location ?? null }),
        )
        response.on('error', fail)
      },
    )
    request.setTimeout(timeoutMs, () => request.destroy())
    request.on('error', fail)
    request.end(message.body)
  })
}

export type WebhookSender = {
  /** Takes the next plan, or the usual delay. A message without address goes nowhere, as in life. */
  send(message: WebhookMessage, usualDelayMs: number): void
  plan(...plans: readonly WebhookPlan[]): void
  /** Sends what is held, last come first by default: that is what makes the disorder. */
  release(order?: 'reverse' | 'as_come'): Promise<void>
  readonly attempts: readonly WebhookAttempt[]
  readonly lost: readonly WebhookMessage[]
  /** Until nothing is under way; held messages do not count. */
  settled(): Promise<void>
  close(): void
}

/** `timeScale` shrinks every pause of the provider: 1 is life, 0.00001 makes two minutes one millisecond. */
export function createWebhookSender(
  table: RetryTable,
  timeScale: number,
  random: () => number,
): WebhookSender {
  const plans: WebhookPlan[] = []
  const held: WebhookMessage[] = []
  const lost: WebhookMessage[] = []
  const attempts: WebhookAttempt[] = []
  const underWay = new Set<Promise<void>>()
  let isClosed = false

  const wait = (ms: number) =>
    new Promise<void>((done) => {
      const timer = setTimeout(done, ms)
      if (ms > 60_000) timer.unref()
    })

  async function post(message: WebhookMessage): Promise<Answer> {
    let url = message.url
    for (let hop = 0; ; hop++) {
      const answer = await postOnce(url, message, table.timeoutMs)
      const isFollowed = answer.status !== null && table.followed.includes(answer.status)
      if (!isFollowed || answer.location === null || hop >= 5) return answer
      url = new URL(answer.location, url).href
    }
  }

  async function deliver(message: WebhookMessage, delayMs: number): Promise<void> {
    await wait(delayMs)
    for (let attempt = 1; !isClosed; attempt++) {
      const { status } = await post(message)
      attempts.push({ label: message.label, status, attempt })
      if (status !== null && status >= 200 && status < 300) return
      const pauseMs = table.pauseMs(status, attempt)
      if (pauseMs === null) return
      await wait(pauseMs * timeScale * (0.9 + random() * 0.2))
    }
  }

  function start(message: WebhookMessage, delayMs: number): Promise<void> {
    const delivery = deliver(message, delayMs).finally(() => underWay.delete(delivery))
    underWay.add(delivery)
    return delivery
  }

  return {
    attempts,
    lost,
    plan: (...more) => void plans.push(...more),
    send: (message, usualDelayMs) => {
      const plan = plans.shift()
      if (message.url === '' || isClosed) return
      if (plan?.kind === 'lose') lost.push(message)
      else if (plan?.kind === 'hold') held.push(message)
      else {
        const delayMs = plan?.kind === 'delay' ? plan.ms : usualDelayMs * timeScale
        for (let time = 0; time < (plan?.kind === 'repeat' ? plan.times : 1); time++)
          void start(message, delayMs)
      }
    },
    release: async (order = 'reverse') => {
      const messages = held.splice(0)
      if (order === 'reverse') messages.reverse()
      for (const message of messages) await start(message, 0)
    },
    settled: async () => {
      while (underWay.size > 0) await Promise.all(underWay)
    },
    close: () => {
      isClosed = true
    },
  }
}
