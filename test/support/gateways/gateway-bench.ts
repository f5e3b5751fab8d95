// An adapter, the simulator of its provider, and a shop's ear for webhooks: all over real HTTP.
import { createServer } from 'node:http'
import type { Result } from '#shared/kernel/result.ts'
import type {
  Gateway,
  GatewayDeps,
  GatewayEvent,
  WebhookRefusal,
} from '../../../server/payment/gateways/gateway.ts'
import { createMidtransGateway } from '../../../server/payment/gateways/midtrans.ts'
import { createXenditGateway } from '../../../server/payment/gateways/xendit/xendit.ts'
import { type MidtransOptions, startMidtransSimulator } from './midtrans-simulator.ts'
import type { Payer } from './payer.ts'
import type { SimulatorServer } from './simulator-server.ts'
import type { WebhookSender } from './webhook-sender.ts'
import { startXenditSimulator, type XenditOptions } from './xendit-simulator.ts'

export const SERVER_KEY = 'SB-Mid-server-TESTKEY'
export const SECRET_KEY = 'xnd_development_TESTKEY'
export const CALLBACK_TOKEN = 'callback-token-of-the-tests'

/** Two minutes of a provider are a millisecond. */
const TIME_SCALE = 0.00001
const NOON_IN_MEDAN_MS = Date.parse('2026-11-21T05:00:00Z')

export type Heard = {
  readonly body: Buffer
  readonly headers: Headers
  readonly read: Result<GatewayEvent, WebhookRefusal>
}

export type GatewayBench = {
  readonly gateway: Gateway
  readonly provider: SimulatorServer
  readonly payer: Payer
  readonly webhooks: WebhookSender
  readonly heard: readonly Heard[]
  /** The statuses that the shop answers next, instead of what its reading says. */
  answerWith(...statuses: readonly number[]): void
  readonly pauses: readonly number[]
  readonly clock: { now(): number; turn(ms: number): void }
  close(): Promise<void>
}

function statusFor(read: Result<GatewayEvent, WebhookRefusal>): number {
  if (read.ok || read.refusal.code === 'webhook.unknown_event') return 200
  return read.refusal.code === 'webhook.forged' ? 401 : 400
}

async function startEar(read: () => Gateway, heard: Heard[], answers: number[]) {
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const body = Buffer.concat(parts)
    const headers = new Headers(request.headers as Record<string, string>)
    const result = read().readWebhook(body, headers)
    heard.push({ body, headers, read: result })
    response.writeHead(answers.shift() ?? statusFor(result)).end()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/webhook`,
    close: () => new Promise<void>((done) => void server.close(() => done())),
  }
}

export async function openBench(
  name: 'midtrans' | 'xendit',
  options: { readonly midtrans?: Partial<MidtransOptions>; readonly xendit?: Partial<XenditOptions> } = {},
): Promise<GatewayBench> {
  let nowMs = NOON_IN_MEDAN_MS
  const clock = {
    now: () => nowMs,
    turn: (ms: number) => {
      nowMs += ms
    },
  }
  const heard: Heard[] = []
  const answers: number[] = []
  const pauses: number[] = []
  const deps: GatewayDeps = {
    clock,
    random: () => 0.5,
    pause: async (ms) => void pauses.push(ms),
    patience: { connectMs: 800, totalMs: 500, attempts: 3, firstPauseMs: 400, maxPauseMs: 2000 },
  }
  let gateway: Gateway
  const ear = await startEar(() => gateway, heard, answers)
  const shared = { now: clock.now, timeScale: TIME_SCALE, random: () => 0.5 }
  const simulator =
    name === 'midtrans'
      ? await startMidtransSimulator({ serverKey: SERVER_KEY, ...shared, ...options.midtrans })
      : await startXenditSimulator({
          secretKey: SECRET_KEY,
          callbackToken: CALLBACK_TOKEN,
          webhookUrl: ear.url,
          ...shared,
          ...options.xendit,
        })
  const address = simulator.origin
  gateway =
    name === 'midtrans'
      ? createMidtransGateway(
          { serverKey: SERVER_KEY, address, acquirer: 'gopay', notificationUrl: ear.url },
          deps,
        )
      : createXenditGateway({ secretKey: SECRET_KEY, address, callbackToken: CALLBACK_TOKEN }, deps)
  return {
    gateway,
    provider: simulator,
    payer: simulator.payer,
    webhooks: simulator.webhooks,
    heard,
    answerWith: (...statuses) => void answers.push(...statuses),
    pauses,
    clock,
    close: async () => {
      await simulator.webhooks.settled()
      await simulator.close()
      await ear.close()
    },
  }
}
