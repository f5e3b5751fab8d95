import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RefundRequest } from '../../../../server/payment/gateways/gateway.ts'
import { type GatewayBench, openBench } from '../../../support/gateways/gateway-bench.ts'

const isStillOurs = async () => true

const ORDER = { reference: 'pay_01', amountRp: 50_000, expiresAfterMs: 900_000, description: 'Meja A7' }

describe.each(['midtrans', 'xendit'] as const)('A refund through %s', (name) => {
  let bench: GatewayBench
  let providerId: string
  const ask = (refundKey: string, amountRp: number): RefundRequest => ({
    providerId,
    reference: ORDER.reference,
    refundKey,
    amountRp,
    reason: 'customer',
    isStillOurs,
  })
  const events = () => bench.heard.flatMap(({ read }) => (read.ok ? [read.value] : []))

  beforeEach(async () => {
    bench = await openBench(name)
    const created = await bench.gateway.create(ORDER)
    if (!created.ok) throw new Error('not created')
    providerId = created.value.providerId
  })
  afterEach(() => bench.close())

  it('goes back whole, and is confirmed later', async () => {
    bench.payer.scan(providerId)
    const refund = await bench.gateway.refund(ask('rfd_1', 50_000))
    expect(refund).toMatchObject({
      ok: true,
      value: { status: 'accepted', amountRp: 50_000, refundKey: 'rfd_1' },
    })
    const early = await bench.gateway.refundState(ask('rfd_1', 50_000))
    expect(early).toMatchObject({ ok: true, value: { status: name === 'midtrans' ? 'accepted' : 'done' } })
    bench.clock.turn(60_000)
    const after = await bench.gateway.refundState(ask('rfd_1', 50_000))
    expect(after).toMatchObject({ ok: true, value: { status: 'done', amountRp: 50_000 } })
    await bench.webhooks.settled()
    expect(events().at(-1)).toMatchObject({ about: 'refund', refundKey: 'rfd_1' })
    const state = await bench.gateway.status({ providerId, reference: ORDER.reference })
    const expected = { status: 'refunded', refundedRp: 50_000 }
    expect(state).toMatchObject({ ok: true, value: { receivedRp: 50_000, ...expected } })
  })

  it('goes back in parts, and no further than to the last rupiah', async () => {
    bench.payer.scan(providerId)
    expect(await bench.gateway.refund(ask('rfd_1', 20_000))).toMatchObject({ ok: true })
    expect(await bench.gateway.refund(ask('rfd_2', 30_001))).toMatchObject({
      ok: false,
      refusal: { code: 'gateway.refund_too_much' },
    })
    expect(await bench.gateway.refund(ask('rfd_3', 30_000))).toMatchObject({ ok: true })
    const fourth = await bench.gateway.refund(ask('rfd_4', 1))
    const code = name === 'midtrans' ? 'gateway.wrong_state' : 'gateway.refund_too_much'
    expect(fourth).toMatchObject({ ok: false, refusal: { code } })
  })

  it('is not possible before the money came', async () => {
    expect(await bench.gateway.refund(ask('rfd_1', 1000))).toMatchObject({
      ok: false,
      refusal: { code: 'gateway.wrong_state' },
    })
  })

  it('asked for again with the same key, pays once', async () => {
    bench.payer.scan(providerId)
    await bench.gateway.refund(ask('rfd_1', 20_000))
    bench.clock.turn(10 * 60_000)
    expect(await bench.gateway.refund(ask('rfd_1', 20_000))).toMatchObject({
      ok: true,
      value: { amountRp: 20_000 },
    })
    expect(await bench.gateway.refund(ask('rfd_1', 10_000))).toMatchObject({
      ok: false,
      refusal: { code: 'gateway.reference_used' },
    })
    expect(await bench.gateway.refund(ask('rfd_2', 30_000))).toMatchObject({ ok: true })
  })

  it('whose answer was lost, pays once', async () => {
    bench.payer.scan(providerId)
    // Xendit is asked for earlier refunds first, so there the second request is the refund.
    if (name === 'xendit') bench.provider.arm({ kind: 'delay', ms: 0 })
    bench.provider.arm({ kind: 'lose_answer' })
    expect(await bench.gateway.refund(ask('rfd_1', 30_000))).toMatchObject({
      ok: true,
      value: { amountRp: 30_000 },
    })
    const rest = await bench.gateway.refund(ask('rfd_2', 20_001))
    expect(rest).toMatchObject({ ok: false, refusal: { code: 'gateway.refund_too_much' } })
    expect(await bench.gateway.refund(ask('rfd_3', 20_000))).toMatchObject({ ok: true })
  })

  it('is unknown under a key that was never used', async () => {
    bench.payer.scan(providerId)
    expect(await bench.gateway.refundState(ask('rfd_9', 1))).toMatchObject({
      ok: false,
      refusal: { code: 'gateway.not_found' },
    })
  })
})

describe('Refunds that only one of them knows', () => {
  it('tells a refund and its confirmation by Midtrans apart, and either from its copies', async () => {
    const bench = await openBench('midtrans')
    const created = await bench.gateway.create(ORDER)
    const providerId = created.ok ? created.value.providerId : ''
    bench.payer.scan(providerId)
    await bench.webhooks.settled()
    bench.webhooks.plan({ kind: 'repeat', times: 2 }, { kind: 'repeat', times: 2 })
    const asked = {
      providerId,
      reference: ORDER.reference,
      refundKey: 'rfd_1',
      amountRp: 1000,
      reason: 'late',
      isStillOurs,
    } as const
    await bench.gateway.refund(asked)
    await bench.webhooks.settled()
    const news = bench.heard.flatMap(({ read }) =>
      read.ok && read.value.about === 'refund' ? [read.value] : [],
    )
    expect(news).toHaveLength(4)
    expect(new Set(news.map(({ eventId }) => eventId)).size).toBe(2)
    await bench.close()
  })

  it('fails honestly at night, when ShopeePay takes none', async () => {
    const bench = await openBench('midtrans')
    const body = {
      payment_type: 'qris',
      transaction_details: { order_id: 'pay_9', gross_amount: 1000 },
      qris: { acquirer: 'airpay shopee' },
    }
    const authorization = `Basic ${Buffer.from('SB-Mid-server-TESTKEY:').toString('base64')}`
    await fetch(`${bench.provider.origin}/v2/charge`, {
      method: 'POST',
      headers: { authorization },
      body: JSON.stringify(body),
    })
    const providerId = bench.payer.list()[0]?.id ?? ''
    bench.payer.scan(providerId)
    bench.clock.turn(15 * 3_600_000)
    const asked = {
      providerId,
      reference: 'pay_9',
      refundKey: 'rfd_1',
      amountRp: 1000,
      reason: 'customer',
      isStillOurs,
    } as const
    const refund = await bench.gateway.refund(asked)
    expect(refund).toMatchObject({ ok: true, value: { status: 'failed', failure: 'denied_by_bank' } })
    await bench.close()
  })

  it('is refused by Xendit for banks that cannot be paid back', async () => {
    const bench = await openBench('xendit')
    const created = await bench.gateway.create(ORDER)
    const providerId = created.ok ? created.value.providerId : ''
    bench.payer.scan(providerId, { issuer: 'BCA' })
    const asked = {
      providerId,
      reference: ORDER.reference,
      refundKey: 'rfd_1',
      amountRp: 1000,
      reason: 'customer',
      isStillOurs,
    } as const
    const refund = await bench.gateway.refund(asked)
    expect(refund).toMatchObject({ ok: false, refusal: { code: 'gateway.refund_unsupported' } })
    await bench.close()
  })

  it('is heard from Xendit whether wrapped once or twice', async () => {
    const bench = await openBench('xendit', { xendit: { wrapsRefundsTwice: true } })
    const created = await bench.gateway.create(ORDER)
    const providerId = created.ok ? created.value.providerId : ''
    bench.payer.scan(providerId)
    const asked = {
      providerId,
      reference: ORDER.reference,
      refundKey: 'rfd_1',
      amountRp: 1000,
      reason: 'customer',
      isStillOurs,
    } as const
    await bench.gateway.refund(asked)
    await bench.webhooks.settled()
    const last = bench.heard.at(-1)?.read
    expect(last).toMatchObject({ ok: true, value: { about: 'refund', refundKey: 'rfd_1', claimedRp: 1000 } })
    await bench.close()
  })
})
