import { createServer } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { CALLBACK_TOKEN, SECRET_KEY, SERVER_KEY } from '../../../support/gateways/gateway-bench.ts'
import {
  type MidtransSimulator,
  startMidtransSimulator,
} from '../../../support/gateways/midtrans-simulator.ts'
import { MIDTRANS_RETRIES, XENDIT_RETRIES } from '../../../support/gateways/webhook-sender.ts'
import { startXenditSimulator } from '../../../support/gateways/xendit-simulator.ts'

const basic = (key: string) => `Basic ${Buffer.from(`${key}:`).toString('base64')}`

function attemptsUntilGivenUp(table: typeof MIDTRANS_RETRIES, status: number | null): number[] {
  const pauses: number[] = []
  for (let attempt = 1; ; attempt++) {
    const pauseMs = table.pauseMs(status, attempt)
    if (pauseMs === null) return pauses.map((ms) => ms / 60_000)
    pauses.push(pauseMs)
  }
}

describe('The simulated senders keep the documented tables', () => {
  it.each([
    [500, [2]],
    [503, [2, 10, 30, 90]],
    [400, [2, 10]],
    [404, [2, 10]],
    [301, []],
    [401, [2, 10, 30, 90, 210]],
    [null, [2, 10, 30, 90, 210]],
  ])('Midtrans after %s', (status, minutes) =>
    expect(attemptsUntilGivenUp(MIDTRANS_RETRIES, status)).toEqual(minutes),
  )

  it('Xendit six times after anything but 2xx', () => {
    expect(attemptsUntilGivenUp(XENDIT_RETRIES, 500)).toEqual([15, 45, 120, 180, 360, 720])
  })
})

describe('The simulated Midtrans', () => {
  const open: { close(): Promise<void> }[] = []
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close()
  })

  async function start(): Promise<{
    simulator: MidtransSimulator
    post: (
      path: string,
      body: unknown,
      headers?: Record<string, string>,
    ) => Promise<Record<string, string> & { http: number }>
    turn: (ms: number) => void
  }> {
    let nowMs = Date.parse('2026-11-21T05:00:00Z')
    const simulator = await startMidtransSimulator({
      serverKey: SERVER_KEY,
      now: () => nowMs,
      timeScale: 0.00001,
    })
    open.push(simulator)
    return {
      simulator,
      turn: (ms) => {
        nowMs += ms
      },
      post: async (path, body, headers = {}) => {
        const response = await fetch(simulator.origin + path, {
          method: 'POST',
          headers: { authorization: basic(SERVER_KEY), ...headers },
          body: JSON.stringify(body),
        })
        return { http: response.status, ...((await response.json()) as Record<string, string>) } as never
      },
    }
  }
  const charge = (order_id: string, gross_amount: number, more = {}) => ({
    payment_type: 'qris',
    transaction_details: { order_id, gross_amount },
    ...more,
  })

  it('answers 200 in HTTP and the truth in status_code', async () => {
    const { post, turn } = await start()
    expect(await post('/v2/charge', charge('A', 1000))).toMatchObject({
      http: 200,
      status_code: '201',
      gross_amount: '1000.00',
    })
    expect(await post('/v2/charge', charge('A', 1000))).toMatchObject({ http: 200, status_code: '406' })
    expect(
      await post('/v2/charge', charge('B', 1000, { item_details: [{ price: 999, quantity: 1 }] })),
    ).toMatchObject({ status_code: '400' })
    expect(await post('/v2/charge', charge('B', 1.5))).toMatchObject({ status_code: '400' })
    expect(await post('/v2/A/expire', {})).toMatchObject({ status_code: '407', transaction_status: 'expire' })
    expect(await post('/v2/A/expire', {})).toMatchObject({ status_code: '412' })
    expect(await post('/v2/charge', charge('A', 1000))).toMatchObject({ status_code: '201' })
    turn(901_000)
    expect(await post('/v2/A/cancel', {})).toMatchObject({ status_code: '412' })
    expect(await post('/v2/Z/expire', {})).toMatchObject({ status_code: '404' })
    expect(await post('/v2/charge', charge('C', 1), { authorization: basic('nobody') })).toMatchObject({
      http: 401,
      status_code: '401',
    })
  })

  it('keeps an idempotency key five minutes, over endpoints and whatever the body', async () => {
    const { post, turn } = await start()
    const key = { 'idempotency-key': 'K1' }
    const first = await post('/v2/charge', charge('A', 1000), key)
    expect(await post('/v2/charge', charge('OTHER', 5), key)).toEqual(first)
    expect(await post('/v2/A/expire', {}, key)).toEqual(first)
    turn(301_000)
    expect(await post('/v2/charge', charge('A', 1000), key)).toMatchObject({ status_code: '406' })
    const long = { 'idempotency-key': 'x'.repeat(47) }
    await post('/v2/charge', charge('L', 1000), long)
    expect(await post('/v2/charge', charge('L', 1000), long)).toMatchObject({ status_code: '406' })
  })

  it('is served to people: a page that says SIMULASI, with every button', async () => {
    const { simulator, post } = await start()
    await post('/v2/charge', charge('A<b>', 1000))
    await post('/v2/charge', charge('A', 1000))
    const page = await (await fetch(simulator.origin)).text()
    expect(page).toContain('SIMULASI: Midtrans')
    expect(page).toContain('Pay after expiry')
    const id = simulator.payer.list()[0]?.id ?? ''
    const form = new URLSearchParams({ id, act: 'pay_twice' })
    const pressed = await fetch(`${simulator.origin}/_control/act`, { method: 'POST', body: form })
    expect(await pressed.text()).toContain('refused_paid')
    const second = await post('/v2/charge', charge('B', 1000))
    const late = new URLSearchParams({ id: second.transaction_id ?? '', act: 'pay_late' })
    await fetch(`${simulator.origin}/_control/act`, { method: 'POST', body: late })
    const list = await (await fetch(`${simulator.origin}/_control/payments`)).json()
    expect(list).toMatchObject({
      payments: [
        { reference: 'A', status: 'settlement' },
        { reference: 'B', status: 'settlement' },
      ],
    })
  })

  it('follows a moved address, and gives up when sent elsewhere for good', async () => {
    const got: string[] = []
    const ear = createServer((request, response) => {
      got.push(request.url ?? '')
      const isMoved = request.url !== '/new'
      response
        .writeHead(request.url === '/old' ? 307 : isMoved ? 301 : 200, isMoved ? { location: '/new' } : {})
        .end()
    })
    await new Promise<void>((done) => ear.listen(0, '127.0.0.1', done))
    const address = ear.address()
    const base = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
    const { simulator, post } = await start()
    await post('/v2/charge', charge('A', 1000), { 'x-override-notification': `${base}/old` })
    await post('/v2/charge', charge('B', 1000), { 'x-override-notification': `${base}/gone` })
    await simulator.webhooks.settled()
    expect(got.toSorted()).toEqual(['/gone', '/new', '/old'])
    await new Promise((done) => ear.close(done))
  })
})

it('The simulated Xendit asks for its version, its key, and one reference each', async () => {
  const simulator = await startXenditSimulator({
    secretKey: SECRET_KEY,
    callbackToken: CALLBACK_TOKEN,
    timeScale: 0.00001,
  })
  const body = {
    reference_id: 'A',
    type: 'PAY',
    country: 'ID',
    currency: 'IDR',
    request_amount: 1000,
    channel_code: 'QRIS',
    channel_properties: {},
  }
  const post = async (headers: Record<string, string>) => {
    const response = await fetch(`${simulator.origin}/v3/payment_requests`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
    return { http: response.status, ...((await response.json()) as object) }
  }
  const authorization = basic(SECRET_KEY)
  const version = { 'api-version': '2024-11-11' }
  expect(await post({ authorization: basic('nobody'), ...version })).toMatchObject({
    http: 401,
    error_code: 'INVALID_API_KEY',
  })
  expect(await post({ authorization })).toMatchObject({ http: 400, error_code: 'API_VALIDATION_ERROR' })
  expect(await post({ authorization, ...version })).toMatchObject({ http: 201, status: 'REQUIRES_ACTION' })
  expect(await post({ authorization, ...version })).toMatchObject({
    http: 409,
    error_code: 'DUPLICATE_ERROR',
  })
  await simulator.close()
})
