import fc from 'fast-check'
import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { midtransSignature } from '../../../server/payment/gateways/midtrans-answers.ts'
import { type Database, StorageFullError } from '../../../server/platform/database/database.ts'
import { describeOnBoth } from '../../support/both-databases.ts'
import { SERVER_KEY } from '../../support/gateways/gateway-bench.ts'
import { DEFAULT_WEBHOOK_BASE } from '../../support/gateways/webhook-base.ts'
import { createPayingScene, type PayingScene } from '../../support/paying-scene.ts'

/** A message of Midtrans as its sender would sign it. */
function message(
  shown: { askedRp: number; providerRef: string | null },
  reference: string,
  status: string,
  code = '200',
) {
  const signed = { order_id: reference, status_code: code, gross_amount: `${shown.askedRp}.00` }
  return JSON.stringify({
    ...signed,
    signature_key: midtransSignature(signed, SERVER_KEY),
    transaction_id: shown.providerRef,
    transaction_status: status,
    fraud_status: 'accept',
    payment_type: 'qris',
    currency: 'IDR',
  })
}

function post(scene: PayingScene, body: string, headers: Record<string, string> = {}) {
  const init = { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } }
  return scene.shop.stranger().fetch('/api/hooks/midtrans', init)
}

/** Never the digit that stands there: a spoiling that spoils nothing would prove nothing. */
const otherDigit = (_: string, before: string, digit: string) => `${before}${digit === '1' ? '2' : '1'}`

const referenceOf = (paymentId: string) => `${paymentId}-01`
const events = (scene: PayingScene) =>
  scene.shop.read.all<{ event_id: string; copies: number; body: string }>(
    sql`SELECT event_id, copies, body FROM gateway_events`,
  )

describeOnBoth("a provider's message", (dialect) => {
  test('is stored as it came before anything else, and a claim alone pays nothing', async () => {
    const scene = await createPayingScene({ dialect, provider: 'midtrans' })
    const shown = await scene.showCode()
    const body = message(shown, referenceOf(shown.id), 'settlement')
    expect((await post(scene, body)).status).toBe(200)
    await scene.settle()
    const stored = (await events(scene)).map((event) => Buffer.from(event.body, 'base64').toString())
    expect(stored).toContain(body)
    expect((await scene.payment(shown.id)).status).toBe('pending')
  })

  test('ten copies in any order with others make one paid payment, one move, one change of the bill', async () => {
    const scene = await createPayingScene({ dialect, provider: 'midtrans' })
    const shown = await scene.showCode()
    const billBefore = (await scene.bill()).rev
    scene.simulator?.webhooks.plan({ kind: 'lose' })
    scene.simulator?.payer.scan(shown.providerRef ?? '')
    const kinds = [
      'settlement',
      'pending',
      'expire',
      'settlement',
      'settlement',
      'pending',
      'expire',
      'settlement',
      'refund',
      'settlement',
    ]
    const bodies = fc.sample(fc.shuffledSubarray(kinds, { minLength: 10 }), { numRuns: 3, seed: 7 }).flat()
    const codes: Readonly<Record<string, string>> = { pending: '201', expire: '202' }
    await Promise.all(
      bodies.map((kind) => post(scene, message(shown, referenceOf(shown.id), kind, codes[kind]))),
    )
    await scene.settle()
    const paid = await scene.payment(shown.id)
    expect(paid.status).toBe('paid')
    expect(paid.rev).toBe(shown.rev + 1)
    expect((await scene.bill()).rev).toBe(billBefore + 1)
    const moves = await scene.shop.read.all(sql`SELECT kind FROM money_moves WHERE payment_id = ${shown.id}`)
    expect(moves).toEqual([{ kind: 'received' }])
    expect((await events(scene)).length).toBeLessThanOrEqual(4)
  })

  test('comes from another site without a browser: no check of sites, and none of cookies', async () => {
    const scene = await createPayingScene({ dialect, provider: 'midtrans' })
    const shown = await scene.showCode()
    const body = message(shown, referenceOf(shown.id), 'settlement')
    const answer = await post(scene, body, {
      origin: 'https://midtrans.example',
      'sec-fetch-site': 'cross-site',
    })
    expect(answer.status).toBe(200)
  })

  test.each([
    ['signed by nobody', (body: string) => body.replace(/(signature_key":")(.)/, otherDigit), 401],
    ['of a changed amount', (body: string) => body.replace(/(gross_amount":")(\d)/, otherDigit), 401],
    ['that is no JSON', () => '{"order_id":', 400],
    ['longer than any', (body: string) => `${body}${' '.repeat(70_000)}`, 413],
  ] as const)('%s is refused and leaves no trace', async (_, spoil, status) => {
    const scene = await createPayingScene({ dialect, provider: 'midtrans' })
    const shown = await scene.showCode()
    const body = message(shown, referenceOf(shown.id), 'settlement')
    const before = await events(scene)
    const answer = await post(scene, spoil(body))
    expect(answer.status).toBe(status)
    expect(await events(scene)).toEqual(before)
    await scene.settle()
    expect((await scene.payment(shown.id)).rev).toBe(shown.rev)
  })

  test('sent again asks the provider nothing more for ten seconds, and one with other words asks once', async () => {
    const scene = await createPayingScene({ dialect, provider: 'midtrans' })
    const shown = await scene.showCode()
    const asked = async () => {
      const rows = await scene.shop.read.all<{ id: string; next_at_ms: number; round: number }>(
        sql`SELECT id, next_at_ms, round FROM gateway_tasks WHERE payment_id = ${shown.id} ORDER BY id`,
      )
      return rows.map(({ id, next_at_ms, round }) => [id, Number(next_at_ms), Number(round)])
    }
    const body = message(shown, referenceOf(shown.id), 'settlement')
    await post(scene, body)
    await scene.settle()
    const before = await events(scene)
    expect(await asked()).toEqual([])
    for (let copy = 0; copy < 5; copy++) await post(scene, body)
    expect(await asked()).toEqual([])
    for (let copy = 0; copy < 30; copy++) {
      const refunds = [{ refund_key: `other-${copy}`, refund_amount: '1.00' }]
      await post(scene, JSON.stringify({ ...JSON.parse(body), transaction_id: `other-${copy}`, refunds }))
    }
    const dueAtMs = scene.shop.clock.now() + 10_000
    expect(await asked()).toEqual([[`status:${shown.id}:later`, dueAtMs, 0]])
    expect((await events(scene)).length).toBe(before.length)
    scene.shop.clock.turn(10_000)
    await scene.settle()
    expect(await asked()).toEqual([])
    scene.shop.clock.turn(10_000)
    await post(scene, body)
    expect((await scene.payment(shown.id)).rev).toBe(shown.rev)
  })

  test('of the simulators finds its door where a server listens by itself', async () => {
    const scene = await createPayingScene({ dialect, provider: 'midtrans' })
    const { pathname } = new URL(`${DEFAULT_WEBHOOK_BASE}/midtrans`)
    const answer = await scene.shop.stranger().fetch(pathname, { method: 'POST', body: '{' })
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      { refusal: { code: 'webhook.malformed' } },
    ])
  })

  test('about somebody else’s payment is stored and moves nothing', async () => {
    const scene = await createPayingScene({ dialect, provider: 'midtrans' })
    const shown = await scene.showCode()
    const body = message(shown, 'another-shop-1', 'settlement')
    expect((await post(scene, body)).status).toBe(200)
    await scene.settle()
    expect((await scene.payment(shown.id)).rev).toBe(shown.rev)
  })

  test('to a provider without keys is not there', async () => {
    const scene = await createPayingScene({ dialect })
    const answer = await scene.shop.stranger().fetch('/api/hooks/xendit', { method: 'POST', body: '{}' })
    expect(answer.status).toBe(404)
    const practice = await scene.shop.stranger().fetch('/api/hooks/practice', { method: 'POST', body: '{}' })
    expect(practice.status).toBe(404)
  })

  test.each(['full', 'slow'] as const)(
    'is answered 503 within five seconds while the storage is %s, and works when it comes again',
    async (how) => {
      let isBroken = false
      const wrap = (database: Database): Database => ({
        ...database,
        runGroup: async (jobs) => {
          if (isBroken && how === 'slow') await new Promise((resolve) => setTimeout(resolve, 6000))
          if (isBroken) throw new StorageFullError('SQLITE_FULL', { cause: { code: 'SQLITE_FULL' } })
          return database.runGroup(jobs)
        },
      })
      const scene = await createPayingScene({ dialect, provider: 'midtrans', wrap })
      const shown = await scene.showCode()
      scene.simulator?.webhooks.plan({ kind: 'lose' })
      scene.simulator?.payer.scan(shown.providerRef ?? '')
      const body = message(shown, referenceOf(shown.id), 'settlement')
      isBroken = true
      const startedMs = performance.now()
      const answer = await post(scene, body)
      expect(answer.status).toBe(503)
      expect(performance.now() - startedMs).toBeLessThan(5000)
      isBroken = false
      expect((await post(scene, body)).status).toBe(200)
      await scene.settle()
      expect((await scene.payment(shown.id)).status).toBe('paid')
    },
  )
})
