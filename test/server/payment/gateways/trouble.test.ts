import { createServer, type Server } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createMidtransGateway } from '../../../../server/payment/gateways/midtrans.ts'
import { createXenditGateway } from '../../../../server/payment/gateways/xendit/xendit.ts'
import {
  CALLBACK_TOKEN,
  type GatewayBench,
  openBench,
  SECRET_KEY,
  SERVER_KEY,
} from '../../../support/gateways/gateway-bench.ts'

const ORDER = { reference: 'pay_01', amountRp: 38_500, expiresAfterMs: 900_000, description: 'Meja A7' }

describe.each(['midtrans', 'xendit'] as const)('When %s has trouble', (name) => {
  let bench: GatewayBench
  beforeEach(async () => {
    bench = await openBench(name)
  })
  afterEach(() => bench.close())

  async function createdKey() {
    const created = await bench.gateway.create(ORDER)
    if (!created.ok) throw new Error(JSON.stringify(created.refusal))
    return { providerId: created.value.providerId, reference: ORDER.reference }
  }

  it('a creation is tried three times, with random pauses that grow', async () => {
    bench.provider.arm({ kind: 'status', status: 500 }, { kind: 'status', status: 502 })
    expect(await bench.gateway.create(ORDER)).toMatchObject({ ok: true })
    expect(bench.provider.seen).toHaveLength(3)
    expect(bench.pauses).toEqual([200, 400])
  })

  it('it is given up after the third, saying what may have happened', async () => {
    bench.provider.arm(...Array.from({ length: 9 }, () => ({ kind: 'status', status: 500 }) as const))
    expect(await bench.gateway.create(ORDER)).toEqual({
      ok: false,
      refusal: {
        code: 'gateway.unreachable',
        gateway: name,
        why: 'server_error',
        attempts: 3,
        mayHaveHappened: true,
      },
    })
    expect(bench.provider.seen).toHaveLength(3)
  })

  it('a creation whose answer was lost makes one payment, and no second one', async () => {
    bench.provider.arm({ kind: 'lose_answer' })
    const created = await bench.gateway.create(ORDER)
    expect(bench.payer.list()).toHaveLength(1)
    if (name === 'midtrans') expect(created).toMatchObject({ ok: true, value: { code: { kind: 'qris' } } })
    else expect(created).toMatchObject({ ok: false, refusal: { code: 'gateway.reference_used' } })
  })

  it('silence ends at the stated time', async () => {
    const key = await createdKey()
    bench.provider.arm({ kind: 'hang' }, { kind: 'hang' }, { kind: 'hang' })
    const startedMs = performance.now()
    expect(await bench.gateway.status(key)).toMatchObject({
      ok: false,
      refusal: { code: 'gateway.unreachable', why: 'timeout', attempts: 3, mayHaveHappened: false },
    })
    expect(performance.now() - startedMs).toBeLessThan(3000)
  })

  it('an answer that drips is cut off at the same time, however busy the line', async () => {
    const key = await createdKey()
    const drip = { kind: 'drip', everyMs: 20 } as const
    bench.provider.arm(drip, drip, drip)
    expect(await bench.gateway.status(key)).toMatchObject({
      ok: false,
      refusal: { why: 'timeout', attempts: 3 },
    })
  })

  it('a late answer within the time is taken', async () => {
    const key = await createdKey()
    bench.provider.arm({ kind: 'delay', ms: 100 })
    expect(await bench.gateway.status(key)).toMatchObject({ ok: true, value: { status: 'pending' } })
  })

  it('a reset connection is tried again', async () => {
    const key = await createdKey()
    bench.provider.arm({ kind: 'reset' })
    expect(await bench.gateway.status(key)).toMatchObject({ ok: true })
    bench.provider.arm({ kind: 'reset' }, { kind: 'reset' }, { kind: 'reset' })
    expect(await bench.gateway.status(key)).toMatchObject({
      ok: false,
      refusal: { why: 'reset', attempts: 3 },
    })
  })

  it('half an answer is none', async () => {
    const key = await createdKey()
    bench.provider.arm({ kind: 'cut' }, { kind: 'cut' }, { kind: 'cut' })
    expect(await bench.gateway.status(key)).toMatchObject({
      ok: false,
      refusal: { why: 'reset', attempts: 3 },
    })
  })

  it('a refused rush is waited out as long as the provider asks, within reason', async () => {
    const key = await createdKey()
    bench.provider.arm(
      { kind: 'status', status: 429, retryAfter: '2' },
      { kind: 'status', status: 429, retryAfter: '9999' },
    )
    expect(await bench.gateway.status(key)).toMatchObject({ ok: true })
    expect(bench.pauses).toEqual([2200, 5400])
  })

  it.each([
    [{ kind: 'malformed' }, { why: 'json' }],
    [{ kind: 'not_utf8' }, { why: 'utf8' }],
    [{ kind: 'huge' }, { why: 'too_large' }],
    [{ kind: 'status', status: 404, text: '<html>gone</html>' }, { why: 'json' }],
  ] as const)('an answer that is none (%o) is stated as such, not guessed at', async (trouble, expected) => {
    const key = await createdKey()
    bench.provider.arm(trouble)
    expect(await bench.gateway.status(key)).toMatchObject({
      ok: false,
      refusal: { code: 'gateway.bad_answer', ...expected },
    })
  })

  const words =
    name === 'midtrans'
      ? { amount: 'gross_amount', status: 'transaction_status', id: 'transaction_id', reference: 'order_id' }
      : { amount: 'request_amount', status: 'status', id: 'payment_request_id', reference: 'reference_id' }

  it.each([
    [words.amount, '38500.50'],
    [words.amount, '38.500'],
    [words.amount, '038500'],
    [words.amount, '-38500'],
    [words.amount, '3.85e4'],
    [words.amount, 38500.5],
    [words.amount, null],
    [words.amount, undefined],
    [words.status, 'SOMETHING_NEW'],
    [words.status, 7],
    [words.id, undefined],
    ['currency', 'USD'],
  ])('a field that is missing or wrong (%s = %s) is named', async (field, value) => {
    const key = await createdKey()
    bench.provider.arm({ kind: 'field', name: field, value })
    expect(await bench.gateway.status(key)).toMatchObject({
      ok: false,
      refusal: { code: 'gateway.bad_answer', why: 'field', field },
    })
  })

  it('an answer about somebody else is not taken for ours', async () => {
    const key = await createdKey()
    for (const field of [words.id, words.reference]) {
      bench.provider.arm({ kind: 'field', name: field, value: 'another-one' })
      expect(await bench.gateway.status(key)).toMatchObject({
        ok: false,
        refusal: { code: 'gateway.bad_answer', why: 'mismatch', field },
      })
    }
    bench.provider.arm({ kind: 'field', name: words.amount, value: '38501' })
    expect(await bench.gateway.create({ ...ORDER, reference: 'pay_02' })).toMatchObject({
      ok: false,
      refusal: { code: 'gateway.bad_answer', why: 'mismatch', field: words.amount, mayHaveHappened: true },
    })
  })

  it('keys that nobody knows in an answer do no harm', async () => {
    const key = await createdKey()
    bench.provider.arm({ kind: 'field', name: 'brand_new_key', value: { deep: [1] } })
    expect(await bench.gateway.status(key)).toMatchObject({ ok: true })
  })

  it('a wrong key is said to be one', async () => {
    const deps = { clock: bench.clock, random: () => 0, pause: async () => undefined, patience: PATIENT }
    const address = bench.provider.origin
    const stranger =
      name === 'midtrans'
        ? createMidtransGateway(
            { serverKey: `${SERVER_KEY}X`, address, acquirer: 'gopay', notificationUrl: null },
            deps,
          )
        : createXenditGateway({ secretKey: `${SECRET_KEY}X`, address, callbackToken: CALLBACK_TOKEN }, deps)
    expect(await stranger.create(ORDER)).toMatchObject({
      ok: false,
      refusal: { code: 'gateway.not_authorized' },
    })
  })
})

const PATIENT = { connectMs: 200, totalMs: 300, attempts: 3, firstPauseMs: 1, maxPauseMs: 1 }

describe('When nobody answers at all', () => {
  const silent: Server[] = []
  afterEach(() => {
    for (const server of silent.splice(0)) server.close()
  })

  it('nothing was sent, and the refusal says so', async () => {
    const closed = createServer()
    await new Promise<void>((done) => closed.listen(0, '127.0.0.1', done))
    const address = closed.address()
    const port = typeof address === 'object' && address ? address.port : 0
    await new Promise((done) => closed.close(done))
    const deps = { clock: { now: () => 0 }, random: () => 0, pause: async () => undefined, patience: PATIENT }
    const config = {
      secretKey: SECRET_KEY,
      address: `http://127.0.0.1:${port}`,
      callbackToken: CALLBACK_TOKEN,
    }
    expect(await createXenditGateway(config, deps).create(ORDER)).toEqual({
      ok: false,
      refusal: {
        code: 'gateway.unreachable',
        gateway: 'xendit',
        why: 'connect',
        attempts: 3,
        mayHaveHappened: false,
      },
    })
  })

  it('a TLS handshake that never ends counts as not connected', async () => {
    const mute = createServer(() => undefined)
    silent.push(mute)
    await new Promise<void>((done) => mute.listen(0, '127.0.0.1', done))
    const address = mute.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const patience = { ...PATIENT, connectMs: 500 }
    const deps = { clock: { now: () => 0 }, random: () => 0, pause: async () => undefined, patience }
    const config = {
      secretKey: SECRET_KEY,
      address: `https://127.0.0.1:${port}`,
      callbackToken: CALLBACK_TOKEN,
    }
    expect(await createXenditGateway(config, deps).create(ORDER)).toMatchObject({
      ok: false,
      refusal: { why: 'connect', mayHaveHappened: false },
    })
  })

  it('a refund that may have gone through is not sent again blindly', async () => {
    const bench = await openBench('xendit')
    const created = await bench.gateway.create(ORDER)
    const providerId = created.ok ? created.value.providerId : ''
    bench.payer.scan(providerId)
    const before = bench.provider.seen.length
    bench.provider.arm({ kind: 'delay', ms: 0 }, { kind: 'reset' })
    const asked = {
      providerId,
      reference: ORDER.reference,
      refundKey: 'rfd_1',
      amountRp: 1000,
      reason: 'other',
      isStillOurs: async () => true,
    } as const
    expect(await bench.gateway.refund(asked)).toMatchObject({
      ok: false,
      refusal: { code: 'gateway.unreachable', why: 'reset', attempts: 1, mayHaveHappened: true },
    })
    expect(bench.provider.seen.slice(before)).toEqual(['GET /refunds', 'POST /refunds', 'GET /refunds'])
    await bench.close()
  })

  it('a Midtrans charge that is still at work is not made twice', async () => {
    const bench = await openBench('midtrans')
    bench.provider.arm({ kind: 'slow_work', ms: 1200 })
    expect(await bench.gateway.create(ORDER)).toMatchObject({
      ok: false,
      refusal: { code: 'gateway.unreachable', why: 'busy', attempts: 3, mayHaveHappened: true },
    })
    await new Promise((done) => setTimeout(done, 1000))
    expect(await bench.gateway.create(ORDER)).toMatchObject({ ok: true, value: { code: { kind: 'qris' } } })
    expect(bench.payer.list()).toHaveLength(1)
    await bench.close()
  })

  it('a Midtrans failure dressed as a good answer is tried again', async () => {
    const bench = await openBench('midtrans')
    bench.provider.arm({ kind: 'field', name: 'status_code', value: '503' })
    expect(await bench.gateway.create(ORDER)).toMatchObject({ ok: true })
    expect(bench.provider.seen).toHaveLength(2)
    await bench.close()
  })

  it('a Midtrans charge whose answer was lost long ago is taken up again instead of doubled', async () => {
    const bench = await openBench('midtrans')
    await bench.gateway.create(ORDER)
    bench.clock.turn(6 * 60_000)
    const again = await bench.gateway.create(ORDER)
    expect(again).toMatchObject({ ok: true, value: { code: { kind: 'qris_picture' } } })
    expect(bench.payer.list()).toHaveLength(1)
    const other = await bench.gateway.create({ ...ORDER, amountRp: 1000 })
    expect(other).toMatchObject({ ok: false })
    await bench.close()
  })

  it('a payment at Midtrans is found by our own reference when the answer never came', async () => {
    const bench = await openBench('midtrans')
    await bench.gateway.create(ORDER)
    const found = await bench.gateway.status({ providerId: null, reference: ORDER.reference })
    expect(found).toMatchObject({ ok: true, value: { status: 'pending' } })
    await bench.close()
  })
})
