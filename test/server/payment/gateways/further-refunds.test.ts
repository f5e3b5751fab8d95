import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { amountsOf, attentionTo } from '#shared/payment/payment-status.ts'
import { describeOnBoth } from '../../../support/both-databases.ts'
import { createPayingScene } from '../../../support/paying-scene.ts'

const HOUR_MS = 60 * 60_000

describeOnBoth('what Xendit lists of refunds', (dialect) => {
  async function paidScene() {
    const scene = await createPayingScene({ dialect, provider: 'xendit', isLive: true })
    const { shop, simulator } = scene
    const shown = await scene.showCode()
    simulator?.payer.scan(shown.providerRef ?? '')
    await scene.settle()
    const dashboard = simulator?.dashboard
    if (!dashboard) throw new Error('Xendit has pages of its own.')
    const { providerRef, id } = await scene.payment(shown.id)
    const back = async () => {
      const moves = await shop.read.all<{ amount_rp: number }>(sql`
        SELECT amount_rp FROM money_moves WHERE payment_id = ${id} AND kind = 'refunded' ORDER BY at_ms, id`)
      return moves.map(({ amount_rp }) => amount_rp)
    }
    const told = () =>
      shop.read.get<{ provider_refunded_rp: number }>(
        sql`SELECT provider_refunded_rp FROM payments WHERE id = ${id}`,
      )
    const askLater = async () => {
      shop.clock.turn(7 * HOUR_MS)
      await shop.gatewayWork.reconcile()
      shop.clock.turn(5000)
      await scene.settle()
    }
    /** The request and its payment are answered, the list of refunds is not, however often it is tried. */
    const failList = () => {
      const fine = { kind: 'delay', ms: 0 } as const
      const broken = { kind: 'status', status: 500 } as const
      simulator?.arm(fine, fine, broken, broken)
    }
    const refundId = shop.id('rfd')
    const refund = async (amountRp = 5000) => {
      const what = { refundId, paymentId: id, amountRp, owesAgain: true, reason: 'salah pesan' }
      await scene.barista.send('payment.refund', { ...what, approval: scene.approval })
      await scene.settle()
    }
    const seen = { requestId: providerRef ?? '', paymentId: id, refundId }
    return { ...scene, ...seen, dashboard, back, told, askLater, failList, ask: refund }
  }

  test('more than ours under our own key is booked, and a person looks', async () => {
    const scene = await paidScene()
    await scene.ask()
    scene.shop.clock.turn(16 * 60_000)
    await scene.settle()
    expect(await scene.back()).toEqual([-5000])
    expect(attentionTo(await scene.payment(scene.paymentId))).toEqual([])
    scene.dashboard.refund(scene.requestId, 5000, 'SUCCEEDED', scene.refundId)
    await scene.settle()
    expect(await scene.back()).toEqual([-5000, -5000])
    expect(attentionTo(await scene.payment(scene.paymentId))).toEqual(['returned_more'])
    scene.dashboard.refund(scene.requestId, 3000, 'SUCCEEDED', scene.refundId)
    await scene.askLater()
    await scene.askLater()
    expect((await scene.back()).reduce((sum, rp) => sum + rp, 0)).toBe(-13_000)
  })

  test('more than ours is no matter once a manager has compared it, until more goes back', async () => {
    const scene = await paidScene()
    await scene.ask()
    const attention = async () => attentionTo(await scene.payment(scene.paymentId))
    const compare = (shownRp: number) =>
      scene.barista.send('payment.compare', {
        ...{ paymentId: scene.paymentId, shownRp, reason: 'cocok dengan dasbor', approval: scene.approval },
      })
    expect((await compare(0)).body.ok).toBe(true)
    scene.shop.clock.turn(16 * 60_000)
    await scene.settle()
    scene.dashboard.refund(scene.requestId, 5000, 'SUCCEEDED', scene.refundId)
    await scene.settle()
    expect(await attention()).toEqual(['returned_more'])
    const shownRp = amountsOf(await scene.payment(scene.paymentId)).returnedRp
    expect((await compare(shownRp)).body.ok).toBe(true)
    expect(await attention()).toEqual([])
    expect((await compare(shownRp)).body.ok).toBe(true)
    const moves = await scene.shop.read.all<{ approved_by: string; reason: string; at_ms: number }>(
      sql`SELECT approved_by, reason, at_ms FROM money_moves WHERE kind = 'compared'`,
    )
    expect(moves.map(({ approved_by, reason, at_ms }) => [approved_by, reason, Number(at_ms)])).toEqual([
      [expect.stringMatching(/./), 'cocok dengan dasbor', scene.shop.clock.now()],
    ])
    scene.dashboard.refund(scene.requestId, 3000, 'SUCCEEDED', scene.refundId)
    await scene.askLater()
    expect(await attention()).toEqual(['returned_more'])
    // The card that the manager saw had less on it; and nothing is compared before it has gone back.
    expect((await compare(shownRp)).body.ok).toBe(true)
    expect(await attention()).toEqual(['returned_more'])
    expect((await compare(shownRp + 3001)).body.ok).toBe(true)
    expect((await scene.payment(scene.paymentId)).facts.comparedRp).toBe(shownRp + 3000)
  })

  test('one that has to wait for another to end is asked again, and is no failure', async () => {
    const scene = await paidScene()
    const other = scene.dashboard.refund(scene.requestId, 1000, 'PENDING')
    await scene.ask()
    expect(await scene.refund(scene.refundId)).toMatchObject({ stage: 'requested', failure: null })
    scene.dashboard.end(other ?? '', 'SUCCEEDED')
    scene.shop.clock.turn(16 * 60_000)
    await scene.settle()
    scene.shop.clock.turn(16 * 60_000)
    await scene.settle()
    expect(await scene.refund(scene.refundId)).toMatchObject({ stage: 'succeeded' })
    expect([...(await scene.back())].toSorted((a, b) => a - b)).toEqual([-5000, -1000])
    expect(attentionTo(await scene.payment(scene.paymentId))).not.toContain('refund_failed')
  })

  test('one that failed here and was done there all the same is done, and booked once', async () => {
    const scene = await paidScene()
    const text = JSON.stringify({ error_code: 'INSUFFICIENT_BALANCE', message: 'Top up first.' })
    scene.simulator?.arm({ kind: 'delay', ms: 0 }, { kind: 'status', status: 403, text })
    await scene.ask()
    expect(await scene.refund(scene.refundId)).toMatchObject({ stage: 'failed' })
    const made = scene.dashboard.refund(scene.requestId, 5000, 'SUCCEEDED', scene.refundId)
    await scene.settle()
    await scene.askLater()
    expect(await scene.refund(scene.refundId)).toMatchObject({ stage: 'succeeded', providerRef: made })
    expect(await scene.back()).toEqual([-5000])
    expect(attentionTo(await scene.payment(scene.paymentId))).toEqual([])
  })

  test('failed and then done under one key is done', async () => {
    const scene = await paidScene()
    const key = { providerId: scene.requestId, reference: `${scene.paymentId}-01` }
    scene.dashboard.refund(scene.requestId, 5000, 'FAILED', scene.refundId)
    scene.dashboard.refund(scene.requestId, 5000, 'SUCCEEDED', scene.refundId)
    const state = await scene.gateway?.refundState({ ...key, refundKey: scene.refundId })
    expect(state).toMatchObject({ ok: true, value: { status: 'done' } })
  })

  test('a list that fails when the message comes is asked for again, seconds later', async () => {
    const scene = await paidScene()
    scene.failList()
    scene.dashboard.refund(scene.requestId, 4000)
    await scene.settle()
    expect(await scene.back()).toEqual([])
    scene.shop.clock.turn(2000)
    await scene.settle()
    expect(await scene.back()).toEqual([-4000])
    expect(await scene.told()).toEqual({ provider_refunded_rp: 4000 })
    await scene.shop.gatewayWork.reconcile()
    scene.shop.clock.turn(7 * HOUR_MS)
    await scene.shop.gatewayWork.reconcile()
    scene.failList()
    scene.shop.clock.turn(5000)
    await scene.shop.gatewayWork.run()
    expect(await scene.told()).toEqual({ provider_refunded_rp: 4000 })
  })

  test('money in is heard although the list fails', async () => {
    const scene = await createPayingScene({ dialect, provider: 'xendit', isLive: true })
    const shown = await scene.showCode()
    const asked = () => scene.shop.read.all(sql`SELECT kind FROM gateway_tasks`)
    const fine = { kind: 'delay', ms: 0 } as const
    const broken = { kind: 'status', status: 500 } as const
    scene.simulator?.arm(fine, fine, broken, broken)
    scene.simulator?.payer.scan(shown.providerRef ?? '')
    await scene.settle()
    expect((await scene.payment(shown.id)).status).toBe('paid')
    expect(await asked()).toEqual([{ kind: 'status' }])
    scene.shop.clock.turn(2000)
    await scene.settle()
    expect(await asked()).toEqual([])
  })

  test('sixty small ones are all booked: the last as one sum that grows, and a person looks', async () => {
    const scene = await paidScene()
    for (let made = 0; made < 60; made++) scene.dashboard.refund(scene.requestId, 100)
    await scene.settle()
    const sum = async () => (await scene.back()).reduce((all, rp) => all + rp, 0)
    expect(await sum()).toBe(-6000)
    expect(attentionTo(await scene.payment(scene.paymentId))).toEqual(['returned_more'])
    scene.dashboard.refund(scene.requestId, 250)
    await scene.askLater()
    await scene.askLater()
    expect(await sum()).toBe(-6250)
    await scene.ask(1000)
    scene.shop.clock.turn(16 * 60_000)
    await scene.settle()
    expect(await sum()).toBe(-7250)
  })
})
