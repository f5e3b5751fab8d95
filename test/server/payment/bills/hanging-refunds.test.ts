import { expect, test } from 'vitest'
import { openMatters } from '#shared/payment/bill/refunding/open-matters.ts'
import { owedOf, readAccount } from '../../../../server/payment/bills/bill-keeping.ts'
import { describeOnBoth } from '../../../support/both-databases.ts'
import { createPayingScene } from '../../../support/paying-scene.ts'

const TIP_RP = 2000

describeOnBoth('money that is neither here nor back', (dialect) => {
  test('a refund of the tip that hangs, while the provider gives all back, makes nobody owe', async () => {
    const scene = await createPayingScene({
      dialect,
      provider: 'xendit',
      isLive: true,
      settings: { tips: { isOn: true, choicesRp: [TIP_RP] } },
    })
    const { shop, barista, gateway } = scene
    const begun = await scene.pay('qris', { kind: 'rest' }, scene.phone, TIP_RP)
    await scene.settle()
    const ref = (await scene.payment(begun.id)).providerRef ?? ''
    scene.simulator?.payer.scan(ref)
    await scene.settle()
    const hanging = { refund: async () => ({ ok: false, refusal: { code: 'gateway.unreachable' } }) }
    const reached = { refund: gateway?.refund }
    Object.assign(gateway ?? {}, hanging)
    const asked = await barista.send('payment.refund', {
      refundId: shop.id('rfd'),
      paymentId: begun.id,
      amountRp: TIP_RP,
      reason: 'tip keliru',
      approval: scene.approval,
    })
    expect(asked.body.ok).toBe(true)
    await shop.gatewayWork.run()
    const { askedRp } = await scene.payment(begun.id)
    const standing = async () => (await readAccount(shop.read, await scene.bill())).standing
    const left = { remainderRp: 0, undecidedRp: askedRp - TIP_RP, paidRp: 0, tipRp: 0 }
    scene.simulator?.dashboard?.refund(ref, askedRp)
    await scene.simulator?.webhooks.settled()
    await shop.gatewayWork.run()
    expect(await standing()).toMatchObject(left)
    // However ours ends, and however often the bill is kept.
    Object.assign(gateway ?? {}, reached)
    for (let time = 0; time < 3; time++) {
      shop.clock.turn(120_000)
      await scene.settle()
      expect(await standing()).toMatchObject(left)
    }
  })

  test('too little is a matter still when a friend has shown a code for the rest and given it up', async () => {
    const scene = await createPayingScene({ dialect })
    const { shop, phone } = scene
    const order = await shop.orderArgs(scene.table.token, [{ itemId: 'americano', quantity: 1 }])
    const paid = await scene.showCode()
    await phone.send('practice.play', { paymentId: paid.id, play: 'pay_short' })
    await scene.settle()
    const matters = async () => {
      const account = await readAccount(shop.read, await scene.bill())
      const payment = account.payments.find(({ id }) => id === paid.id)
      return payment && openMatters(payment, owedOf(account), account.payments)
    }
    expect(await matters()).toEqual(['short'])
    const code = await scene.showCode({ kind: 'rest' })
    expect((await phone.send('order.place', order)).body.ok).toBe(true)
    await scene.settle()
    await phone.send('payment.cancel', { paymentId: code.id })
    await scene.settle()
    expect(await matters()).toEqual(['short'])
  })
})
