import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { attentionTo } from '#shared/payment/payment-status.ts'
import { describeOnBoth } from '../../../support/both-databases.ts'
import { createPayingScene } from '../../../support/paying-scene.ts'

const HOUR_MS = 60 * 60_000

describeOnBoth('a refund made in the dashboard of Xendit', (dialect) => {
  async function paidScene() {
    const scene = await createPayingScene({ dialect, provider: 'xendit', isLive: true })
    const shown = await scene.showCode()
    scene.simulator?.payer.scan(shown.providerRef ?? '')
    await scene.settle()
    const dashboard = scene.simulator?.dashboard
    if (!dashboard) throw new Error('Xendit has pages of its own.')
    const { providerRef, id, askedRp } = await scene.payment(shown.id)
    const back = () =>
      scene.shop.read.all<{ amount_rp: number; actor: string; reason: string }>(sql`
        SELECT amount_rp, actor, reason FROM money_moves WHERE payment_id = ${id} AND kind = 'refunded'
        ORDER BY at_ms, id`)
    /** The next round of asking, whenever it is due. */
    const askLater = async (ms: number) => {
      scene.shop.clock.turn(ms)
      await scene.shop.gatewayWork.reconcile()
      scene.shop.clock.turn(5000)
      await scene.settle()
    }
    return { ...scene, dashboard, requestId: providerRef ?? '', paymentId: id, askedRp, back, askLater }
  }
  const house = (amountRp: number) => ({ amount_rp: -amountRp, actor: 'house', reason: 'at the provider' })

  test('is heard by its message although it bears no reference of ours, and booked once', async () => {
    const scene = await paidScene()
    scene.simulator?.webhooks.plan({ kind: 'repeat', times: 3 })
    scene.dashboard.refund(scene.requestId, 4000)
    await scene.settle()
    await scene.askLater(7 * HOUR_MS)
    await scene.askLater(7 * HOUR_MS)
    expect(await scene.back()).toEqual([house(4000)])
    expect((await scene.payment(scene.paymentId)).status).toBe('partly_refunded')
    expect(scene.shop.logLines.some((line) => line.includes('refunds were made at the provider'))).toBe(true)
  })

  test('whose message was lost is found by asking, also days later', async () => {
    const scene = await paidScene()
    scene.simulator?.webhooks.plan({ kind: 'lose' }, { kind: 'lose' })
    scene.dashboard.refund(scene.requestId, 1000)
    await scene.askLater(7 * HOUR_MS)
    expect(await scene.back()).toEqual([house(1000)])
    scene.shop.clock.turn(4 * 24 * HOUR_MS)
    scene.dashboard.refund(scene.requestId, 2000)
    await scene.askLater(HOUR_MS)
    expect((await scene.back()).map(({ amount_rp }) => amount_rp)).toEqual([-1000, -2000])
  })

  test('is booked when it is done, not while it is under way, and never when it failed', async () => {
    const scene = await paidScene()
    const pending = scene.dashboard.refund(scene.requestId, 3000, 'PENDING')
    scene.dashboard.refund(scene.requestId, 500, 'FAILED')
    await scene.askLater(7 * HOUR_MS)
    expect(await scene.back()).toEqual([])
    expect((await scene.payment(scene.paymentId)).status).toBe('paid')
    scene.dashboard.end(pending ?? '', 'SUCCEEDED')
    await scene.askLater(7 * HOUR_MS)
    expect(await scene.back()).toEqual([house(3000)])
  })

  test('beside one of ours is told apart from it; what went back beyond what came needs a person', async () => {
    const scene = await paidScene()
    const refundId = scene.shop.id('rfd')
    const args = {
      refundId,
      paymentId: scene.paymentId,
      amountRp: 5000,
      owesAgain: true,
      reason: 'salah pesan',
    }
    await scene.barista.send('payment.refund', { ...args, approval: scene.approval })
    await scene.settle()
    await scene.askLater(20 * 60_000)
    scene.dashboard.refund(scene.requestId, scene.askedRp)
    await scene.settle()
    await scene.askLater(7 * HOUR_MS)
    const amounts = (await scene.back()).map(({ amount_rp }) => amount_rp)
    expect(amounts.toSorted((a, b) => a - b)).toEqual([-scene.askedRp, -5000])
    expect(attentionTo(await scene.payment(scene.paymentId))).toContain('over_refunded')
  })

  test('is read page by page, and a list that fails keeps no money from being heard', async () => {
    const scene = await paidScene()
    for (let made = 0; made < 130; made++) scene.dashboard.refund(scene.requestId, 10, 'PENDING')
    scene.dashboard.refund(scene.requestId, 700)
    await scene.settle()
    expect(await scene.back()).toEqual([house(700)])
    const key = { providerId: scene.requestId, reference: `${scene.paymentId}-01` }
    const state = await scene.gateway?.status(key)
    expect(state).toMatchObject({ ok: true, value: { status: 'partly_refunded', refundedRp: 2000 } })
    // The request and its payment are answered, their refunds are not.
    scene.simulator?.arm({ kind: 'delay', ms: 0 })
    scene.simulator?.arm({ kind: 'delay', ms: 0 })
    scene.simulator?.arm({ kind: 'status', status: 500 })
    scene.simulator?.arm({ kind: 'status', status: 500 })
    expect(await scene.gateway?.status(key)).toMatchObject({
      ok: true,
      value: { status: 'paid', receivedRp: scene.askedRp, refundedRp: null },
    })
  })
})
