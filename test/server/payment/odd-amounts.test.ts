import { expect, test } from 'vitest'
import { standingOf } from '#shared/payment/bill/standing.ts'
import { attentionTo } from '#shared/payment/payment-status.ts'
import { readPayments } from '../../../server/payment/payment.store.ts'
import { describeOnBoth } from '../../support/both-databases.ts'
import { createPayingScene, type PayingScene, type Provider } from '../../support/paying-scene.ts'

const HOUR_MS = 3_600_000

async function standing(scene: PayingScene) {
  const { sums } = await scene.bill()
  return standingOf(sums.totalRp, await readPayments(scene.shop.read, scene.billId))
}

async function giveBack(scene: PayingScene, paymentId: string, amountRp: number, more: object = {}) {
  const refundId = scene.shop.id('rfd')
  const args = { refundId, paymentId, amountRp, reason: 'dikembalikan', approval: scene.approval, ...more }
  const answer = await scene.barista.send('payment.refund', args)
  for (let turn = 0; turn < 3; turn++) {
    await scene.settle()
    scene.shop.clock.turn(20 * 60_000)
  }
  await scene.settle()
  return { refundId, body: answer.body }
}

describeOnBoth('money that is not what was asked for', (dialect) => {
  test('too little, through Xendit: it counts for what it is, and the rest stays open', async () => {
    const scene = await createPayingScene({ dialect, provider: 'xendit' })
    const shown = await scene.showCode()
    scene.simulator?.payer.scan(shown.providerRef ?? '', { amountRp: shown.askedRp - 1000 })
    await scene.settle()
    const short = await scene.payment(shown.id)
    expect([short.status, attentionTo(short)]).toEqual(['short', ['short']])
    expect(await standing(scene)).toMatchObject({ remainderRp: 1000, isPaid: false })
    expect((await scene.bill()).status).toBe('open')
  })

  test('too much, through Xendit: the bill is paid, what is over waits to go back, and then nothing waits', async () => {
    const scene = await createPayingScene({ dialect, provider: 'xendit' })
    const shown = await scene.showCode()
    scene.simulator?.payer.scan(shown.providerRef ?? '', { amountRp: shown.askedRp + 5000 })
    await scene.settle()
    const over = await scene.payment(shown.id)
    expect([over.status, attentionTo(over)]).toEqual(['over', ['over']])
    expect(await standing(scene)).toMatchObject({ remainderRp: 0, excessRp: 5000, isPaid: true })
    await giveBack(scene, shown.id, 5000)
    expect(attentionTo(await scene.payment(shown.id))).toEqual([])
    expect(await standing(scene)).toMatchObject({ excessRp: 0, remainderRp: 0 })
  })

  test.each<Provider>(['midtrans', 'xendit'])(
    'twice, by an old code and a new one, through %s: the late money goes back and the bill stays paid',
    async (provider) => {
      const scene = await createPayingScene({ dialect, provider })
      const old = await scene.showCode()
      scene.shop.clock.turn(HOUR_MS)
      await scene.settle()
      const fresh = await scene.showCode()
      scene.simulator?.payer.scan(fresh.providerRef ?? '')
      scene.shop.clock.turn(1000)
      scene.simulator?.payer.scan(old.providerRef ?? '', { late: 'honoured' })
      await scene.settle()
      expect((await scene.payment(fresh.id)).status).toBe('paid')
      const late = await scene.payment(old.id)
      expect([late.status, attentionTo(late)]).toEqual(['paid_late', ['late']])
      expect(await standing(scene)).toMatchObject({ isPaid: true, excessRp: old.askedRp })
      await giveBack(scene, old.id, old.askedRp)
      expect((await scene.payment(old.id)).status).toBe('refunded')
      expect(attentionTo(await scene.payment(old.id))).toEqual([])
      expect((await scene.bill()).status).toBe('paid')
    },
  )

  test('twice by one code, in practice: half of it goes back', async () => {
    const scene = await createPayingScene({ dialect })
    const shown = await scene.showCode()
    await scene.phone.send('practice.play', { paymentId: shown.id, play: 'pay_twice' })
    await scene.settle()
    const twice = await scene.payment(shown.id)
    expect([twice.status, attentionTo(twice)]).toEqual(['paid_twice', ['twice']])
    await giveBack(scene, shown.id, shown.askedRp)
    expect(attentionTo(await scene.payment(shown.id))).toEqual([])
    expect((await scene.bill()).status).toBe('paid')
  })

  test('a picture of a code alone is said to fail at once, and another way is open', async () => {
    const scene = await createPayingScene({ dialect, provider: 'midtrans', sendsQrString: false })
    const begun = await scene.pay('qris')
    await scene.settle()
    expect(await scene.payment(begun.id)).toMatchObject({ status: 'failed', qrText: null })
    expect(scene.shop.logLines.some((line) => line.includes('no code could be made'))).toBe(true)
    expect((await scene.pay('cash')).status).toBe('pending')
  })

  test('no refund makes a paid bill owe again, unless that is meant or a discount came first', async () => {
    const scene = await createPayingScene({ dialect })
    const shown = await scene.showCode()
    await scene.phone.send('practice.play', { paymentId: shown.id, play: 'pay' })
    await scene.settle()
    const refused = await giveBack(scene, shown.id, 5000)
    expect(refused.body.refusal).toMatchObject({ code: 'refund.owes_again', owesRp: 5000 })
    expect((await scene.payment(shown.id)).facts.refunds).toEqual([])
    const discount = { billId: scene.billId, what: { kind: 'amount', amountRp: 5000 }, label: 'Maaf' }
    await scene.barista.send('bill.discount', {
      ...discount,
      reason: 'kopinya salah',
      approval: scene.approval,
    })
    const { overRp } = await standing(scene)
    expect(overRp).toBeGreaterThan(0)
    expect((await giveBack(scene, shown.id, overRp)).body.ok).toBe(true)
    expect((await scene.bill()).status).toBe('paid')
    expect((await giveBack(scene, shown.id, 1000, { owesAgain: true })).body.ok).toBe(true)
    expect((await scene.bill()).status).toBe('open')
  })
})
