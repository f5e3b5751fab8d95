import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { standingOf } from '#shared/payment/bill/standing.ts'
import type { Payment } from '#shared/payment/payment.ts'
import { attentionTo } from '#shared/payment/payment-status.ts'
import { readPayments } from '../../../server/payment/payment.store.ts'
import { claimTasks, noteTask } from '../../../server/payment/tasks/task.store.ts'
import { describeOnBoth } from '../../support/both-databases.ts'
import { createPayingScene, type PayingScene, type Provider } from '../../support/paying-scene.ts'

const HOUR_MS = 3_600_000

/** What the payer, or the world, does to the code that is shown. */
type Act = 'pay' | 'pay_late' | 'expire' | 'pay_twice' | 'pay_short'

async function act(scene: PayingScene, payment: Payment, what: Act): Promise<void> {
  const { simulator, phone, shop } = scene
  if (!simulator) {
    await phone.send('practice.play', { paymentId: payment.id, play: what })
  } else if (what === 'pay') {
    simulator.payer.scan(payment.providerRef ?? '')
  } else if (what === 'expire') {
    shop.clock.turn(HOUR_MS)
  } else {
    shop.clock.turn(HOUR_MS)
    await scene.settle()
    shop.clock.turn(1000)
    simulator.payer.scan(payment.providerRef ?? '', { late: 'honoured' })
  }
  await scene.settle()
}

async function standing(scene: PayingScene) {
  const { sums } = await scene.bill()
  return standingOf(sums.totalRp, await readPayments(scene.shop.read, scene.billId))
}

const moves = (scene: PayingScene, paymentId: string) =>
  scene.shop.read.all<{ kind: string; amount_rp: number; actor: string }>(
    sql`SELECT kind, amount_rp, actor FROM money_moves WHERE payment_id = ${paymentId} ORDER BY at_ms, id`,
  )

describeOnBoth('how a QRIS payment ends', (dialect) => {
  test('nobody plays at paying a code that no page has shown yet', async () => {
    const scene = await createPayingScene({ dialect })
    const shown = await scene.showCode()
    // The practice gateway has made the code; the word of it is still on its way.
    const unheard = sql`UPDATE payments SET provider_ref = ${null} WHERE id = ${shown.id}`
    await scene.shop.writer.submit(async (tx) => ({ keep: true, value: await tx.run(unheard) }))
    const play = () => scene.phone.send('practice.play', { paymentId: shown.id, play: 'pay' })
    expect((await play()).body.refusal).toEqual({ code: 'payment.at_gateway' })
    await scene.settle()
    expect((await scene.payment(shown.id)).status).toBe('pending')
    expect(await moves(scene, shown.id)).toEqual([])
  })

  test.each<Provider>(['practice', 'midtrans', 'xendit'])('paid, through %s', async (provider) => {
    const scene = await createPayingScene({ dialect, provider })
    const shown = await scene.showCode()
    expect(shown).toMatchObject({ status: 'pending', provider, roundingRp: 0 })
    expect(shown.qrText).toContain('SIMULASI')
    await act(scene, shown, 'pay')
    const paid = await scene.payment(shown.id)
    expect(paid).toMatchObject({ status: 'paid', qrText: null })
    expect(attentionTo(paid)).toEqual([])
    expect(await scene.bill()).toMatchObject({ status: 'paid', paidAtMs: scene.shop.clock.now() })
    expect(await moves(scene, shown.id)).toEqual([
      { kind: 'received', amount_rp: shown.askedRp, actor: 'house' },
    ])
  })

  test.each<Provider>(['practice', 'midtrans', 'xendit'])(
    'expired, then tried again, through %s',
    async (provider) => {
      const scene = await createPayingScene({ dialect, provider })
      const first = await scene.showCode()
      expect((await standing(scene)).openRp).toBe(0)
      await act(scene, first, 'expire')
      expect(await scene.payment(first.id)).toMatchObject({ status: 'expired', qrText: null })
      expect((await standing(scene)).openRp).toBe(first.amountRp)
      const second = await scene.showCode()
      await act(scene, second, 'pay')
      expect((await scene.bill()).status).toBe('paid')
    },
  )

  test.each<Provider>(['practice', 'midtrans', 'xendit'])(
    'paid after expiry waits for a person, through %s',
    async (provider) => {
      const scene = await createPayingScene({ dialect, provider })
      const shown = await scene.showCode()
      await act(scene, shown, 'pay_late')
      if (provider === 'xendit') {
        // Their message about a closed request is a claim; the reconciling question finds the money, too.
        await scene.shop.gatewayWork.reconcile()
        scene.shop.clock.turn(5000)
        await scene.settle()
      }
      const late = await scene.payment(shown.id)
      expect(late.status).toBe('paid_late')
      expect(attentionTo(late)).toEqual(['late'])
      expect(await scene.bill()).toMatchObject({ status: 'open' })
      const credit = { paymentId: shown.id, reason: 'uang masuk', approval: scene.approval }
      expect((await scene.barista.send('payment.credit', credit)).body).toMatchObject({
        result: { ok: true },
      })
      expect((await scene.payment(shown.id)).status).toBe('credited')
      expect((await scene.bill()).status).toBe('paid')
    },
  )

  test.each<Provider>(['midtrans', 'xendit'])(
    'given up by the payer, and paid all the same, through %s',
    async (provider) => {
      const scene = await createPayingScene({ dialect, provider })
      const shown = await scene.showCode()
      expect((await scene.phone.send('payment.cancel', { paymentId: shown.id })).body.ok).toBe(true)
      expect((await standing(scene)).openRp).toBe(shown.amountRp)
      scene.shop.clock.turn(2000)
      await scene.settle()
      scene.simulator?.payer.scan(shown.providerRef ?? '', { late: 'honoured' })
      await scene.settle()
      await scene.shop.gatewayWork.reconcile()
      scene.shop.clock.turn(5000)
      await scene.settle()
      expect((await scene.payment(shown.id)).status).toBe('paid_late')
    },
  )

  test('paid twice: the bill is paid once, the rest is named and goes back', async () => {
    const scene = await createPayingScene({ dialect })
    const shown = await scene.showCode()
    await act(scene, shown, 'pay_twice')
    const twice = await scene.payment(shown.id)
    expect(twice.status).toBe('paid_twice')
    expect(attentionTo(twice)).toEqual(['twice'])
    expect(await standing(scene)).toMatchObject({ isPaid: true, excessRp: shown.askedRp })
    const refundId = scene.shop.id('rfd')
    const args = { refundId, paymentId: shown.id, amountRp: shown.askedRp, reason: 'terbayar dua kali' }
    expect(
      (await scene.barista.send('payment.refund', { ...args, approval: scene.approval })).body,
    ).toMatchObject({
      result: { ok: true, stage: 'requested' },
    })
    await scene.settle()
    expect(await scene.refund(refundId)).toMatchObject({ stage: 'succeeded' })
    expect(await standing(scene)).toMatchObject({ isPaid: true, excessRp: 0, paidRp: shown.amountRp })
    expect((await scene.bill()).status).toBe('paid')
  })

  test('paid short: what is missing stays open', async () => {
    const scene = await createPayingScene({ dialect })
    const shown = await scene.showCode()
    await act(scene, shown, 'pay_short')
    const short = await scene.payment(shown.id)
    expect(short.status).toBe('short')
    const half = Math.floor(shown.askedRp / 2)
    expect(await standing(scene)).toMatchObject({
      paidRp: half,
      openRp: shown.amountRp - half,
      isPaid: false,
    })
  })

  test.each<Provider>(['midtrans', 'xendit'])(
    'paid while the message is lost: looking finds it, through %s',
    async (provider) => {
      const scene = await createPayingScene({ dialect, provider })
      const shown = await scene.showCode()
      scene.simulator?.webhooks.plan({ kind: 'lose' })
      scene.simulator?.payer.scan(shown.providerRef ?? '')
      await scene.settle()
      expect((await scene.payment(shown.id)).status).toBe('pending')
      await scene.phone.send('payment.look', { paymentId: shown.id })
      await scene.settle()
      expect((await scene.payment(shown.id)).status).toBe('paid')
    },
  )

  test.each<Provider>(['midtrans', 'xendit'])(
    'paid while nobody looked: reconciling finds it, through %s',
    async (provider) => {
      const scene = await createPayingScene({ dialect, provider })
      const shown = await scene.showCode()
      scene.simulator?.webhooks.plan({ kind: 'lose' })
      scene.simulator?.payer.scan(shown.providerRef ?? '')
      await scene.settle()
      await scene.shop.gatewayWork.reconcile()
      await scene.settle()
      expect((await scene.payment(shown.id)).status).toBe('paid')
    },
  )

  test.each(['no_proof', 'wrong_key', 'edited_amount', 'edited_status', 'edited_reference'] as const)(
    'a forged message (%s) moves nothing',
    async (forgery) => {
      for (const provider of ['midtrans', 'xendit'] as const) {
        const scene = await createPayingScene({ dialect, provider })
        const shown = await scene.showCode()
        await scene.simulator?.payer.forge(shown.providerRef ?? '', forgery)
        await scene.settle()
        expect(await scene.payment(shown.id)).toMatchObject({ status: 'pending', rev: shown.rev })
        expect(await moves(scene, shown.id)).toEqual([])
      }
    },
  )

  test.each<Provider>(['practice', 'midtrans', 'xendit'])(
    'refunded in part and then whole, through %s',
    async (provider) => {
      const scene = await createPayingScene({ dialect, provider })
      const shown = await scene.showCode()
      await act(scene, shown, 'pay')
      const give = async (amountRp: number) => {
        const refundId = scene.shop.id('rfd')
        const args = {
          refundId,
          paymentId: shown.id,
          amountRp,
          reason: 'pesanan batal',
          owesAgain: true,
          approval: scene.approval,
        }
        const answer = await scene.barista.send('payment.refund', args)
        for (let turn = 0; turn < 3; turn++) {
          await scene.settle()
          scene.shop.clock.turn(20 * 60_000)
        }
        await scene.settle()
        return { answer: answer.body, refundId }
      }
      const part = await give(1000)
      expect(await scene.refund(part.refundId)).toMatchObject({ stage: 'succeeded', amountRp: 1000 })
      expect((await scene.payment(shown.id)).status).toBe('partly_refunded')
      const tooMuch = await give(shown.askedRp)
      expect(tooMuch.answer.refusal).toMatchObject({
        code: 'refund.too_much',
        refundableRp: shown.askedRp - 1000,
      })
      const rest = await give(shown.askedRp - 1000)
      expect(await scene.refund(rest.refundId)).toMatchObject({ stage: 'succeeded' })
      expect((await scene.payment(shown.id)).status).toBe('refunded')
      const booked = await moves(scene, shown.id)
      expect(booked.reduce((sum, { amount_rp }) => sum + amount_rp, 0)).toBe(0)
    },
  )

  test('hearing again what is known writes nothing', async () => {
    const scene = await createPayingScene({ dialect, provider: 'midtrans' })
    const shown = await scene.showCode()
    await act(scene, shown, 'pay')
    const paid = await scene.payment(shown.id)
    const before = await scene.shop.count('changes')
    for (let times = 0; times < 3; times++) {
      scene.shop.clock.turn(7 * HOUR_MS)
      await scene.shop.gatewayWork.reconcile()
      scene.shop.clock.turn(5000)
      await scene.settle()
    }
    expect((await scene.payment(shown.id)).rev).toBe(paid.rev)
    expect(await scene.shop.count('changes')).toBe(before)
  })

  test("refunded in the provider's own pages: it is found, and booked once", async () => {
    const scene = await createPayingScene({ dialect, provider: 'midtrans' })
    const shown = await scene.showCode()
    await act(scene, shown, 'pay')
    const key = { providerId: shown.providerRef, reference: `${shown.id}-01` }
    const refund = { ...key, refundKey: 'made-over-there', amountRp: 4000, reason: 'other' } as const
    const isStillOurs = async () => true
    expect((await scene.gateway?.refund({ ...refund, isStillOurs }))?.ok).toBe(true)
    for (let times = 0; times < 3; times++) {
      scene.shop.clock.turn(7 * HOUR_MS)
      await scene.shop.gatewayWork.reconcile()
      scene.shop.clock.turn(5000)
      await scene.settle()
    }
    expect((await scene.payment(shown.id)).status).toBe('partly_refunded')
    const back = (await moves(scene, shown.id)).filter(({ kind }) => kind === 'refunded')
    expect(back).toEqual([{ kind: 'refunded', amount_rp: -4000, actor: 'house' }])
  })

  test('a server that was killed while it asked: whoever runs next asks again, when its time is over', async () => {
    const scene = await createPayingScene({ dialect, provider: 'midtrans' })
    const shown = await scene.showCode()
    scene.simulator?.webhooks.plan({ kind: 'lose' })
    scene.simulator?.payer.scan(shown.providerRef ?? '')
    const nowMs = scene.shop.clock.now()
    const claimed = await scene.shop.door.writer.submit(async (tx) => {
      await noteTask(tx, 'status', shown.id, null, nowMs)
      return { keep: true, value: await claimTasks(tx, { dialect, nowMs }, 'killed', 8) }
    })
    expect(claimed).toHaveLength(1)
    await scene.settle()
    expect((await scene.payment(shown.id)).status).toBe('pending')
    scene.shop.clock.turn(41_000)
    // PostgreSQL's own clock says when a lease is over.
    await scene.shop.door.writer.submit(async (tx) => ({
      keep: true,
      value: await tx.run(sql`UPDATE gateway_tasks SET leased_until_ms = leased_until_ms - 41000`),
    }))
    await scene.settle()
    expect((await scene.payment(shown.id)).status).toBe('paid')
  })
})
