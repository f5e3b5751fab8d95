// A table that wants to pay: the scene with a bill, a gateway, and, for the real providers' adapters, their
// simulator behind real HTTP, which sends its messages to the shop over real HTTP as well.
import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { onTestFinished } from 'vitest'
import type { Bill, Payment, Refund } from '#shared/payment/payment.ts'
import type { PartWanted } from '#shared/payment/payment-commands.ts'
import { DEFAULT_PAYMENT_SETTINGS, type PaymentSettings } from '#shared/payment/payment-settings.ts'
import { readBill } from '../../server/payment/bills/bill.store.ts'
import { type Gateway, PATIENCE } from '../../server/payment/gateways/gateway.ts'
import { createMidtransGateway } from '../../server/payment/gateways/midtrans.ts'
import { createXenditGateway } from '../../server/payment/gateways/xendit/xendit.ts'
import { readPayment, readRefund } from '../../server/payment/payment.store.ts'
import { readSettings } from '../../server/payment/settings/settings.store.ts'
import type { Clock } from '../../server/platform/clock.ts'
import type { Database } from '../../server/platform/database/database.ts'
import type { Dialect } from './both-databases.ts'
import type { Browser } from './browser.ts'
import { CALLBACK_TOKEN, SECRET_KEY, SERVER_KEY } from './gateways/gateway-bench.ts'
import { startMidtransSimulator } from './gateways/midtrans-simulator.ts'
import type { Payer } from './gateways/payer.ts'
import type { SimulatorServer } from './gateways/simulator-server.ts'
import type { WebhookSender } from './gateways/webhook-sender.ts'
import { type Dashboard, startXenditSimulator } from './gateways/xendit-simulator.ts'
import { createScene } from './scene.ts'
import { PIN } from './test-shop.ts'

export type Provider = 'practice' | 'midtrans' | 'xendit'
export type Simulator = SimulatorServer & {
  readonly payer: Payer
  readonly webhooks: WebhookSender
  /** Xendit's own pages. */
  readonly dashboard?: Dashboard
}

/** Two minutes of a provider are a millisecond. */
const TIME_SCALE = 0.00001

/** The shop's own door for providers, on a port of this machine. */
async function openDoorway() {
  let fetch: (request: Request) => Response | Promise<Response> = () => new Response(null, { status: 503 })
  const server = createServer(getRequestListener((request) => fetch(request)))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  onTestFinished(() => new Promise<void>((done) => void server.close(() => done())))
  return {
    url: (provider: string) => `http://127.0.0.1:${port}/api/hooks/${provider}`,
    leadTo: (app: { fetch(request: Request): Response | Promise<Response> }) => {
      fetch = (request) => app.fetch(request)
    },
  }
}

async function openSimulator(
  provider: Exclude<Provider, 'practice'>,
  webhookUrl: string,
  now: () => number,
  sendsQrString: boolean,
) {
  const shared = { now, timeScale: TIME_SCALE, random: () => 0.5 }
  const simulator: Simulator =
    provider === 'midtrans'
      ? await startMidtransSimulator({ serverKey: SERVER_KEY, sendsQrString, ...shared })
      : await startXenditSimulator({
          secretKey: SECRET_KEY,
          callbackToken: CALLBACK_TOKEN,
          webhookUrl,
          ...shared,
        })
  onTestFinished(async () => {
    await simulator.webhooks.settled()
    await simulator.close()
  })
  return simulator
}

function openGateway(
  provider: Exclude<Provider, 'practice'>,
  address: string,
  webhookUrl: string,
  clock: Clock,
): Gateway {
  const patience = { ...PATIENCE, connectMs: 800, totalMs: 600, attempts: 2 }
  const deps = { clock, random: () => 0.5, pause: async () => {}, patience }
  return provider === 'midtrans'
    ? createMidtransGateway(
        { serverKey: SERVER_KEY, address, acquirer: 'gopay', notificationUrl: webhookUrl },
        deps,
      )
    : createXenditGateway({ secretKey: SECRET_KEY, address, callbackToken: CALLBACK_TOKEN }, deps)
}

export type PayingOptions = {
  readonly dialect: Dialect
  readonly provider?: Provider
  readonly settings?: Partial<PaymentSettings>
  readonly wrap?: (database: Database) => Database
  /** The simulator as if it were the provider itself: what it says is paid is money. */
  readonly isLive?: boolean
  /** False for an acquirer that answers with a picture of the code alone. */
  readonly sendsQrString?: boolean
}

export async function createPayingScene({
  dialect,
  provider = 'practice',
  settings,
  wrap,
  sendsQrString = true,
  isLive = false,
}: PayingOptions) {
  const doorway = await openDoorway()
  let clock: Clock = { now: () => 0 }
  const opened: Gateway[] = []
  const webhookUrl = doorway.url(provider)
  const simulator =
    provider === 'practice'
      ? null
      : await openSimulator(provider, webhookUrl, () => clock.now(), sendsQrString)
  const scene = await createScene({
    dialect,
    ...(wrap ? { wrap } : {}),
    gateways: (shopClock) => {
      clock = shopClock
      if (provider !== 'practice' && simulator) {
        const gateway = openGateway(provider, simulator.origin, webhookUrl, shopClock)
        opened.push(isLive ? { ...gateway, mode: 'live' } : gateway)
      }
      return opened
    },
  })
  const { shop, phone, visitId, outlet } = scene
  doorway.leadTo(shop.app)
  await shop.asHouse('outlet.set_payment', {
    outletId: outlet.id,
    settings: { ...DEFAULT_PAYMENT_SETTINGS, methods: ['qris', 'cash', 'card'], provider, ...settings },
  })
  const answer = await phone.send('bill.open', { visitId })
  const billId = String(answer.body.result.billId)

  const found = async <Value>(value: Promise<Value | undefined>): Promise<Value> => {
    const there = await value
    if (there === undefined) throw new Error('It is not there.')
    return there
  }
  const bill = (): Promise<Bill> => found(readBill(shop.read, billId))
  const payment = (id: string): Promise<Payment> => found(readPayment(shop.read, id))
  const settingsNow = () => found(readSettings(shop.read, outlet.id))
  const refund = (id: string): Promise<Refund> => found(readRefund(shop.read, id))

  /** Pays a part as a phone does: it shows what the server would ask for. */
  async function pay(
    method: Payment['method'],
    part: PartWanted = { kind: 'rest' },
    by: Browser = phone,
    tipRp = 0,
  ): Promise<Payment> {
    const args = { paymentId: shop.id('pay'), billId, method, part, tipRp }
    const asked = await by.send('bill.pay', { ...args, shownRp: 0 })
    const paid = await by.send('bill.pay', { ...args, shownRp: asked.body.refusal?.askedRp ?? 0 })
    if (!paid.body.ok) throw new Error(`Paying was answered ${JSON.stringify(paid.body)}`)
    return payment(args.paymentId)
  }

  /** Until no gateway is to be asked and no message is on its way. */
  async function settle(): Promise<void> {
    for (let turn = 0; turn < 3; turn++) {
      await simulator?.webhooks.settled()
      await shop.gatewayWork.run()
    }
    // A task that broke is tried again later, which would hide it from every test of how things end.
    const broken = shop.logLines.filter((line) => line.includes('gateway task failed'))
    if (broken.length > 0) throw new Error(broken.join('\n'))
  }

  /** A QRIS payment whose code is on the screen. */
  async function showCode(part?: PartWanted, by?: Browser): Promise<Payment> {
    const begun = await pay('qris', part, by)
    await settle()
    return payment(begun.id)
  }

  const approval = { staffId: scene.manager.staffId, pin: PIN }
  return {
    ...scene,
    simulator,
    gateway: opened[0],
    billId,
    webhookUrl,
    bill,
    payment,
    refund,
    settings: settingsNow,
    pay,
    settle,
    showCode,
    approval,
  }
}
export type PayingScene = Awaited<ReturnType<typeof createPayingScene>>
