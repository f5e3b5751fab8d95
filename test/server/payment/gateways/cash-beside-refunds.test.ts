import { expect, test } from 'vitest'
import { amountsOf, attentionTo } from '#shared/payment/payment-status.ts'
import { describeOnBoth } from '../../../support/both-databases.ts'
import { SERVER_KEY } from '../../../support/gateways/gateway-bench.ts'
import { createPayingScene } from '../../../support/paying-scene.ts'

describeOnBoth('a refund out of the drawer', (dialect) => {
  test('hides nothing that goes back in the provider’s own pages', async () => {
    const scene = await createPayingScene({ dialect, provider: 'midtrans', isLive: true })
    const { id, askedRp, providerRef } = await scene.showCode()
    scene.simulator?.payer.scan(providerRef ?? '')
    await scene.settle()
    const cash = { refundId: scene.shop.id('rfd'), paymentId: id, amountRp: 10_000, way: 'cash' }
    const because = { owesAgain: true, reason: 'tumpah', approval: scene.approval }
    await scene.barista.send('payment.refund', { ...cash, ...because })
    await fetch(`${scene.simulator?.origin}/v2/${providerRef}/refund`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${SERVER_KEY}:`).toString('base64')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ refund_key: 'by-hand', amount: askedRp, reason: 'x' }),
    })
    await scene.settle()
    const payment = await scene.payment(id)
    expect(amountsOf(payment).returnedRp).toBe(10_000 + askedRp)
    expect(attentionTo(payment)).toEqual(['over_refunded'])
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
