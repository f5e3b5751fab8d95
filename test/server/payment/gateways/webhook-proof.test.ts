import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Gateway } from '../../../../server/payment/gateways/gateway.ts'
import { createMidtransGateway } from '../../../../server/payment/gateways/midtrans.ts'
import { midtransSignature } from '../../../../server/payment/gateways/midtrans-answers.ts'
import {
  CALLBACK_TOKEN,
  type GatewayBench,
  openBench,
  SERVER_KEY,
} from '../../../support/gateways/gateway-bench.ts'
import { forgeMidtrans } from '../../../support/gateways/midtrans-simulator.ts'
import { forgeXendit } from '../../../support/gateways/xendit-forgeries.ts'

const ORDER = { reference: 'ORDER-101', amountRp: 38_500, expiresAfterMs: 900_000, description: 'Meja A7' }
const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))

/** One honest settlement, as it came over the wire. */
async function hearOne(name: 'midtrans' | 'xendit') {
  const bench = await openBench(name)
  const created = await bench.gateway.create(ORDER)
  bench.payer.scan(created.ok ? created.value.providerId : '')
  await bench.webhooks.settled()
  const heard = bench.heard.at(-1)
  if (!heard?.read.ok) throw new Error('nothing was heard')
  return { bench, body: heard.body, headers: heard.headers, text: heard.body.toString('utf8') }
}

const refusalOf = (gateway: Gateway, body: Uint8Array, headers: Headers) => {
  const read = gateway.readWebhook(body, headers)
  return read.ok ? null : read.refusal
}

describe('The signature of Midtrans', () => {
  let bench: GatewayBench
  let gateway: Gateway
  let body: Buffer
  let honest: Record<string, unknown>
  const none = new Headers()
  beforeAll(async () => {
    const heard = await hearOne('midtrans')
    bench = heard.bench
    gateway = bench.gateway
    body = heard.body
    honest = JSON.parse(heard.text)
  })
  afterAll(() => bench.close())

  it('is lower-case hex SHA-512 over order, status code, amount and key', () => {
    const signed = { order_id: 'ORDER-101', status_code: '200', gross_amount: '38500.00' }
    expect(midtransSignature(signed, SERVER_KEY)).toBe(
      '8eb342fa5c0822136870dd09bc2a6de59c0e48a53a4f120406976548be29be92867a9d3f824a1f3bfd00efc41b852b40734a9584bfd6e169ab37879f2189da8a',
    )
    expect(honest.signature_key).toBe(midtransSignature(signed, SERVER_KEY))
  })

  it('passes the bytes as they came', () => {
    expect(gateway.readWebhook(body, none)).toMatchObject({ ok: true, value: { claimedStatus: 'paid' } })
  })

  it('accepts only exact bytes: no single changed byte of what is signed passes', () => {
    const text = body.toString('utf8')
    const spots = (['order_id', 'gross_amount', 'signature_key'] as const).map((name) => {
      const value = String(honest[name])
      const from = text.indexOf(`"${name}":"${value}"`) + name.length + 4
      return { from, to: from + value.length }
    })
    const spot = fc.constantFrom(...spots).chain(({ from, to }) => fc.integer({ min: from, max: to - 1 }))
    fc.assert(
      fc.property(spot, fc.integer({ min: 0, max: 255 }), (at, byte) => {
        fc.pre(body[at] !== byte)
        const changed = Buffer.from(body)
        changed[at] = byte
        expect(gateway.readWebhook(changed, none).ok).toBe(false)
      }),
      { numRuns: 2000 },
    )
  })

  it('never passes what another key signed, whatever the fields', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 10_000_000 }),
        (key, amountRp) => {
          fc.pre(key !== SERVER_KEY)
          const signed = { order_id: 'ORDER-101', status_code: '200', gross_amount: `${amountRp}.00` }
          const forged = { ...honest, ...signed, signature_key: midtransSignature(signed, key) }
          expect(refusalOf(gateway, bytes(forged), none)).toEqual({ code: 'webhook.forged' })
        },
      ),
      { numRuns: 300 },
    )
  })

  it('does not let a digit wander from one signed field to the next', () => {
    const joined = 'ORDER-10120038500.00'
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 16 }), fc.integer({ min: 1, max: 8 }), (first, second) => {
        const order_id = joined.slice(0, first)
        const status_code = joined.slice(first, first + second)
        const gross_amount = joined.slice(first + second)
        fc.pre(order_id !== 'ORDER-101' || status_code !== '200')
        const shifted = { ...honest, order_id, status_code, gross_amount }
        expect(gateway.readWebhook(bytes(shifted), none).ok).toBe(false)
      }),
      { numRuns: 300 },
    )
  })

  it('does not read an amount with a leading zero, where the order would end in the code', () => {
    const signed = { order_id: 'ORD', status_code: '200', gross_amount: '200085.00' }
    const signature_key = midtransSignature(signed, SERVER_KEY)
    const shifted = {
      ...honest,
      order_id: 'ORD200',
      status_code: '200',
      gross_amount: '085.00',
      signature_key,
    }
    expect(refusalOf(gateway, bytes(shifted), none)).toMatchObject({
      code: 'webhook.malformed',
      field: 'gross_amount',
    })
  })

  it.each(['no_proof', 'wrong_key', 'edited_amount', 'edited_reference'] as const)(
    'refuses a forgery: %s',
    (forgery) => {
      const refusal = refusalOf(gateway, bytes(forgeMidtrans(honest, forgery)), none)
      expect(refusal?.code).toBe(forgery === 'no_proof' ? 'webhook.malformed' : 'webhook.forged')
    },
  )

  it.each([
    ['upper case', (signature: string) => signature.toUpperCase()],
    ['one character short', (signature: string) => signature.slice(1)],
    ['one character more', (signature: string) => `${signature}0`],
    ['with a space', (signature: string) => ` ${signature}`],
    ['empty', () => ''],
  ])('refuses a signature that is %s', (_name, change) => {
    const forged = { ...honest, signature_key: change(String(honest.signature_key)) }
    expect(refusalOf(gateway, bytes(forged), none)).toEqual({ code: 'webhook.forged' })
  })

  it('of another shop means nothing here', () => {
    const deps = {
      clock: bench.clock,
      random: () => 0,
      pause: async () => undefined,
      patience: QUICK,
    }
    const config = {
      serverKey: 'SB-Mid-server-OTHERSHOP',
      address: 'http://127.0.0.1:1',
      acquirer: 'gopay',
      notificationUrl: null,
    } as const
    expect(refusalOf(createMidtransGateway(config, deps), body, none)).toEqual({ code: 'webhook.forged' })
  })

  it('of a pending payment cannot carry a settlement: the signed code contradicts it', () => {
    const signed = { order_id: 'ORDER-101', status_code: '201', gross_amount: '38500.00' }
    const pending = { ...honest, ...signed, signature_key: midtransSignature(signed, SERVER_KEY) }
    expect(refusalOf(gateway, bytes({ ...pending, transaction_status: 'pending' }), none)).toBeNull()
    for (const transaction_status of ['settlement', 'SETTLEMENT', 'refund', 'expire']) {
      expect(refusalOf(gateway, bytes({ ...pending, transaction_status }), none)).toEqual({
        code: 'webhook.forged',
      })
    }
  })

  it('passes an edited status, which it does not cover: hence the status call', () => {
    const edited = { ...honest, transaction_status: 'refund' }
    expect(gateway.readWebhook(bytes(edited), none)).toMatchObject({
      ok: true,
      value: { claimedStatus: 'refunded' },
    })
  })
})

const QUICK = { connectMs: 100, totalMs: 100, attempts: 1, firstPauseMs: 1, maxPauseMs: 1 }

describe('The token of Xendit', () => {
  let heard: Awaited<ReturnType<typeof hearOne>>
  beforeAll(async () => {
    heard = await hearOne('xendit')
  })
  afterAll(() => heard.bench.close())

  it('passes exactly, and in no other spelling', () => {
    expect(heard.bench.gateway.readWebhook(heard.body, heard.headers).ok).toBe(true)
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (token) => {
        fc.pre(token.trim() !== CALLBACK_TOKEN && /^[\x20-\x7e]*$/.test(token))
        const headers = new Headers({ 'x-callback-token': token })
        expect(refusalOf(heard.bench.gateway, heard.body, headers)).toEqual({ code: 'webhook.forged' })
      }),
      { numRuns: 500 },
    )
    const doubled = new Headers(heard.headers)
    doubled.append('x-callback-token', CALLBACK_TOKEN)
    expect(refusalOf(heard.bench.gateway, heard.body, doubled)).toEqual({ code: 'webhook.forged' })
  })

  it('is asked for before a single byte of the body is read', () => {
    expect(refusalOf(heard.bench.gateway, Buffer.from('{'), new Headers())).toEqual({
      code: 'webhook.forged',
    })
  })

  it.each(['no_proof', 'wrong_key'] as const)('refuses a forgery: %s', (forgery) => {
    const envelope = JSON.parse(heard.text)
    const forged = forgeXendit(envelope.data, CALLBACK_TOKEN, forgery)
    const refusal = refusalOf(
      heard.bench.gateway,
      bytes({ ...envelope, data: forged.data }),
      new Headers(forged.headers),
    )
    expect(refusal).toEqual({ code: 'webhook.forged' })
  })

  it('leaves news of other products aside by name', () => {
    const refusal = refusalOf(
      heard.bench.gateway,
      bytes({ event: 'payout.succeeded', data: {} }),
      heard.headers,
    )
    expect(refusal).toEqual({ code: 'webhook.unknown_event', event: 'payout.succeeded' })
  })
})

describe.each(['midtrans', 'xendit'] as const)('Bytes that are no message, sent as if from %s', (name) => {
  let heard: Awaited<ReturnType<typeof hearOne>>
  beforeAll(async () => {
    heard = await hearOne(name)
  })
  afterAll(() => heard.bench.close())
  const refusal = (body: Uint8Array) => refusalOf(heard.bench.gateway, body, heard.headers)

  it('are refused: empty, cut, UTF-16, Latin-1, with a byte order mark, not an object, too long', () => {
    const { body, text } = heard
    expect(refusal(new Uint8Array())).toMatchObject({ code: 'webhook.malformed', why: 'json' })
    expect(refusal(body.subarray(0, -1))).toMatchObject({ code: 'webhook.malformed', why: 'json' })
    expect(refusal(Buffer.from(text, 'utf16le'))).toMatchObject({ code: 'webhook.malformed' })
    expect(refusal(Buffer.concat([body.subarray(0, -2), Buffer.from([0xe9, 0x22, 0x7d])]))).toMatchObject({
      code: 'webhook.malformed',
      why: 'utf8',
    })
    expect(refusal(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body]))).toMatchObject({
      code: 'webhook.malformed',
      why: 'utf8',
    })
    for (const value of ['[]', 'null', '1', '"x"', '{}']) {
      expect(refusal(Buffer.from(value))).toMatchObject({ code: 'webhook.malformed', why: 'field' })
    }
    expect(refusal(Buffer.from(JSON.stringify({ padding: 'x'.repeat(40_000) })))).toMatchObject({
      code: 'webhook.too_large',
    })
  })

  it('are refused when a key stands twice, so that no two readers can see two messages', () => {
    const twice = heard.text.replace('{', `{"${name === 'midtrans' ? 'order_id' : 'event'}":"x",`)
    expect(refusal(Buffer.from(twice))).toMatchObject({ code: 'webhook.malformed', why: 'key' })
  })

  it('never throw, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (body) => {
        expect(heard.bench.gateway.readWebhook(body, heard.headers).ok).toBe(false)
      }),
      { numRuns: 300 },
    )
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(heard.bench.gateway.readWebhook(Buffer.from(text), heard.headers).ok).toBe(false)
      }),
      { numRuns: 300 },
    )
  })
})
