import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CreatedPayment, GatewayResult } from '../../../../server/payment/gateways/gateway.ts'
import { type GatewayBench, openBench } from '../../../support/gateways/gateway-bench.ts'
import { crc16 } from '../../../support/gateways/simulated-qris.ts'

const ORDER = { reference: 'pay_01', amountRp: 38_500, expiresAfterMs: 900_000, description: 'Meja A7' }

function unwrap<T>(result: GatewayResult<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.refusal))
  return result.value
}

describe.each(['midtrans', 'xendit'] as const)('A QRIS payment through %s', (name) => {
  let bench: GatewayBench
  let created: CreatedPayment
  const key = () => ({ providerId: created.providerId, reference: ORDER.reference })
  const status = async () => unwrap(await bench.gateway.status(key()))
  const events = () => bench.heard.flatMap(({ read }) => (read.ok ? [read.value] : []))

  beforeEach(async () => {
    bench = await openBench(name)
    created = unwrap(await bench.gateway.create(ORDER))
  })
  afterEach(() => bench.close())

  it('begins with a code of a simulated merchant over the exact amount, and pending', async () => {
    expect(created.code?.kind).toBe('qris')
    const payload = created.code?.kind === 'qris' ? created.code.payload : ''
    expect(payload).toContain('5908SIMULASI')
    expect(payload).toContain('540538500')
    expect(payload.slice(-4)).toBe(crc16(payload.slice(0, -4)))
    expect(created.expiresAtMs).toBe(bench.clock.now() + (name === 'midtrans' ? 900_000 : 48 * 3_600_000))
    expect(await status()).toMatchObject({
      status: 'pending',
      amountRp: 38_500,
      receivedRp: 0,
      paidAtMs: null,
    })
  })

  it('is paid: the webhook says so and the status call agrees', async () => {
    expect(bench.payer.scan(created.providerId)).toBe('paid')
    await bench.webhooks.settled()
    expect(events().at(-1)).toMatchObject({
      about: 'payment',
      providerId: created.providerId,
      reference: ORDER.reference,
      claimedStatus: 'paid',
      claimedRp: 38_500,
    })
    expect(await status()).toMatchObject({
      status: 'paid',
      amountRp: 38_500,
      receivedRp: 38_500,
      paidAtMs: bench.clock.now(),
      issuer: name === 'midtrans' ? 'gopay' : 'DANA',
    })
  })

  it('runs out unpaid when its time is over', async () => {
    bench.clock.turn(49 * 3_600_000)
    expect(await status()).toMatchObject({ status: 'expired', receivedRp: 0 })
    expect(bench.payer.scan(created.providerId)).toBe('refused_expired')
  })

  it('is closed by the shop, and closing twice says the same', async () => {
    const closed = name === 'midtrans' ? 'expired' : 'cancelled'
    expect(unwrap(await bench.gateway.expire(key())).status).toBe(closed)
    expect(unwrap(await bench.gateway.expire(key())).status).toBe(closed)
    expect(await status()).toMatchObject({ status: closed })
  })

  it('is found paid when the shop closes it a moment too late', async () => {
    bench.payer.scan(created.providerId)
    expect(unwrap(await bench.gateway.expire(key()))).toMatchObject({ status: 'paid', receivedRp: 38_500 })
  })

  it('is paid after it was closed: expired first, then paid, never forgotten', async () => {
    await bench.gateway.expire(key())
    await bench.webhooks.settled()
    expect(bench.payer.scan(created.providerId, { late: 'honoured' })).toBe('paid')
    await bench.webhooks.settled()
    expect(events().at(-1)).toMatchObject({ claimedStatus: 'paid' })
    expect(await status()).toMatchObject({ status: 'paid', receivedRp: 38_500 })
  })

  it('stays closed when the acquirer sends late money back by itself', async () => {
    await bench.gateway.expire(key())
    const closed = (await status()).status
    expect(bench.payer.scan(created.providerId, { late: 'returned' })).toBe('returned')
    expect((await status()).status).toBe(closed)
  })

  it('cannot be paid twice with one code', async () => {
    expect(bench.payer.scan(created.providerId)).toBe('paid')
    expect(bench.payer.scan(created.providerId)).toBe('refused_paid')
    expect((await status()).receivedRp).toBe(38_500)
  })

  it('is found by the status call when its webhook was lost', async () => {
    await bench.webhooks.settled()
    const before = events().length
    bench.webhooks.plan({ kind: 'lose' })
    bench.payer.scan(created.providerId)
    await bench.webhooks.settled()
    expect(events()).toHaveLength(before)
    expect(bench.webhooks.lost).toHaveLength(1)
    expect((await status()).status).toBe('paid')
  })

  it('gives every copy of the same news the same id', async () => {
    bench.webhooks.plan({ kind: 'repeat', times: 10 })
    bench.payer.scan(created.providerId)
    await bench.webhooks.settled()
    const paid = events().filter(({ claimedStatus }) => claimedStatus === 'paid')
    expect(paid).toHaveLength(10)
    expect(new Set(paid.map(({ eventId }) => eventId)).size).toBe(1)
    expect(paid[0]?.eventId.length).toBeLessThanOrEqual(120)
  })

  it('is told again until the shop has answered well', async () => {
    await bench.webhooks.settled()
    bench.answerWith(503, 503, 503)
    bench.payer.scan(created.providerId)
    await bench.webhooks.settled()
    expect(bench.webhooks.attempts.slice(-4).map((attempt) => attempt.status)).toEqual([503, 503, 503, 200])
  })

  it('is not believed paid by a message whose status was edited: the status call disagrees', async () => {
    await bench.payer.forge(created.providerId, 'edited_status')
    expect((await status()).status).toBe('pending')
  })

  it('takes a second code for the same bill beside the first, each with its own state', async () => {
    const second = unwrap(await bench.gateway.create({ ...ORDER, reference: 'pay_02' }))
    bench.payer.scan(created.providerId)
    bench.payer.scan(second.providerId)
    expect((await status()).status).toBe('paid')
    const other = unwrap(await bench.gateway.status({ providerId: second.providerId, reference: 'pay_02' }))
    expect(other.status).toBe('paid')
  })

  it('is refused for an amount that no QRIS may carry, before anybody is asked', async () => {
    const asked = bench.provider.seen.length
    for (const amountRp of [0, -1, 10_000_001, 1.5, Number.NaN]) {
      const result = await bench.gateway.create({ ...ORDER, reference: 'pay_03', amountRp })
      expect(result).toMatchObject({ ok: false, refusal: { code: 'gateway.amount_out_of_range' } })
    }
    expect(bench.provider.seen).toHaveLength(asked)
  })

  it('is unknown under an id that is not its own', async () => {
    const result = await bench.gateway.status({
      providerId: 'pr-00000000-0000-0000-0000-000000000000',
      reference: 'x',
    })
    expect(result).toMatchObject({ ok: false, refusal: { code: 'gateway.not_found' } })
    const crossed = await bench.gateway.status({ providerId: created.providerId, reference: 'pay_99' })
    expect(crossed).toMatchObject({ ok: false, refusal: { code: 'gateway.bad_answer', why: 'mismatch' } })
  })
})

describe('What only one of them does', () => {
  it('shows the money that really came when Xendit lets a short payment through', async () => {
    const bench = await openBench('xendit')
    const { providerId } = unwrap(await bench.gateway.create(ORDER))
    expect(bench.payer.scan(providerId, { amountRp: 38_000 })).toBe('paid')
    const state = unwrap(await bench.gateway.status({ providerId, reference: ORDER.reference }))
    expect(state).toMatchObject({ status: 'paid', amountRp: 38_500, receivedRp: 38_000 })
    await bench.close()
  })

  it('is never short at Midtrans, whose code holds the wallet to its amount', async () => {
    const bench = await openBench('midtrans')
    const { providerId } = unwrap(await bench.gateway.create(ORDER))
    expect(bench.payer.scan(providerId, { amountRp: 38_499 })).toBe('refused_fixed_amount')
    await bench.close()
  })

  it('falls back to the picture when Midtrans sends no text of the code', async () => {
    const bench = await openBench('midtrans', { midtrans: { sendsQrString: false, sendsExpiryTime: false } })
    const { providerId, code, expiresAtMs } = unwrap(await bench.gateway.create(ORDER))
    expect(code).toEqual({
      kind: 'qris_picture',
      url: `${bench.provider.origin}/v2/qris/${providerId}/qr-code`,
    })
    expect(expiresAtMs).toBe(bench.clock.now() + 900_000)
    const picture = await fetch(code?.kind === 'qris_picture' ? code.url : '')
    expect(picture.headers.get('content-type')).toBe('image/png')
    await bench.close()
  })

  it('does not make a Midtrans code live shorter than Midtrans can', async () => {
    const bench = await openBench('midtrans')
    const { expiresAtMs } = unwrap(await bench.gateway.create({ ...ORDER, expiresAfterMs: 60_000 }))
    expect(expiresAtMs).toBe(bench.clock.now() + 900_000)
    await bench.close()
  })

  it('reads the amounts that Xendit prints as text', async () => {
    const bench = await openBench('xendit', { xendit: { amountsAsText: true } })
    const { providerId } = unwrap(await bench.gateway.create(ORDER))
    bench.payer.scan(providerId)
    const state = unwrap(await bench.gateway.status({ providerId, reference: ORDER.reference }))
    expect(state).toMatchObject({ amountRp: 38_500, receivedRp: 38_500 })
    await bench.close()
  })

  it('hears a late "pending" of Midtrans after the settlement as the older news it is', async () => {
    const bench = await openBench('midtrans')
    bench.webhooks.plan({ kind: 'hold' }, { kind: 'hold' })
    const { providerId } = unwrap(await bench.gateway.create(ORDER))
    bench.payer.scan(providerId)
    await bench.webhooks.release('reverse')
    const claims = bench.heard.flatMap(({ read }) => (read.ok ? [read.value.claimedStatus] : []))
    expect(claims).toEqual(['paid', 'pending'])
    expect(unwrap(await bench.gateway.status({ providerId, reference: ORDER.reference })).status).toBe('paid')
    await bench.close()
  })
})
