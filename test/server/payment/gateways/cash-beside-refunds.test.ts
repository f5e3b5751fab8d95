import { expect, test } from 'vitest'
import { amountsOf, attentionTo } from '#shared/payment/payment-status.ts'
import { describeOnBoth } from '../../../support/both-databases.ts'
import { SERVER_KEY } from '../../../support/gateways/gateway-bench.ts'
import { createPayingScene, type PayingScene } from '../../../support/paying-scene.ts'

/** Somebody gives money back in the provider's own pages. */
async function refundInDashboard(scene: PayingScene, providerRef: string, amountRp: number): Promise<void> {
  await fetch(`${scene.simulator?.origin}/v2/${providerRef}/refund`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${SERVER_KEY}:`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ refund_key: 'by-hand', amount: amountRp, reason: 'x' }),
  })
}

describeOnBoth('a refund out of the drawer', (dialect) => {
  test('hides nothing that goes back in the provider’s own pages', async () => {
    const scene = await createPayingScene({ dialect, provider: 'midtrans', isLive: true })
    const { id, askedRp, providerRef } = await scene.showCode()
    scene.simulator?.payer.scan(providerRef ?? '')
    await scene.settle()
    const cash = { refundId: scene.shop.id('rfd'), paymentId: id, amountRp: 10_000, way: 'cash' }
    const because = { owesAgain: true, reason: 'tumpah', approval: scene.approval }
    await scene.barista.send('payment.refund', { ...cash, ...because })
    await refundInDashboard(scene, providerRef ?? '', askedRp)
    await scene.settle()
    const payment = await scene.payment(id)
    expect(amountsOf(payment).returnedRp).toBe(10_000 + askedRp)
    expect(attentionTo(payment)).toEqual(['over_refunded'])
  })

  test('that the provider refuses is a reason to ask what else went back', async () => {
    const scene = await createPayingScene({ dialect, provider: 'midtrans', isLive: true })
    const { id, askedRp, providerRef } = await scene.showCode()
    scene.simulator?.payer.scan(providerRef ?? '')
    await scene.settle()
    // The answer to ours is lost; before it is asked for again all of it goes back in the provider's pages.
    scene.simulator?.arm({ kind: 'status', status: 500 }, { kind: 'status', status: 500 })
    const ours = { refundId: scene.shop.id('rfd'), paymentId: id, amountRp: 10_000, way: 'same' }
    const because = { owesAgain: true, reason: 'tumpah', approval: scene.approval }
    await scene.barista.send('payment.refund', { ...ours, ...because })
    await scene.shop.gatewayWork.run()
    await refundInDashboard(scene, providerRef ?? '', askedRp)
    await scene.settle()
    scene.shop.clock.turn(60_000)
    await scene.settle()
    expect(await scene.refund(ours.refundId)).toMatchObject({ stage: 'failed' })
    expect(amountsOf(await scene.payment(id)).returnedRp).toBe(askedRp)
  })

  test('of money that came twice makes a paid bill owe only when somebody says so', async () => {
    const scene = await createPayingScene({ dialect })
    const { id, askedRp } = await scene.showCode()
    await scene.phone.send('practice.play', { paymentId: id, play: 'pay_twice' })
    await scene.settle()
    const refund = (amountRp: number, owesAgain = false) =>
      scene.barista.send('payment.refund', {
        ...{ refundId: scene.shop.id('rfd'), paymentId: id, amountRp, owesAgain },
        ...{ reason: 'dua kali', approval: scene.approval },
      })
    const asked = await refund(2 * askedRp)
    expect(asked.body.refusal).toMatchObject({ code: 'refund.owes_again', owesRp: askedRp })
    expect((await refund(askedRp)).body.ok).toBe(true)
  })
})
