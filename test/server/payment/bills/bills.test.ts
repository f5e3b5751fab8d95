import { expect, test } from 'vitest'
import type { Bill, Payment } from '#shared/payment/payment.ts'
import { describeOnBoth } from '../../../support/both-databases.ts'
import { createScene } from '../../../support/scene.ts'

describeOnBoth('a bill at the table', (dialect) => {
  test('is opened by a phone of the visit, follows its orders, and is paid in cash', async () => {
    const scene = await createScene({ dialect })
    const { phone, visitId, shop } = scene
    const opened = await phone.send('bill.open', { visitId })
    expect(opened.status).toBe(200)
    const bill = async () => {
      const changes = await shop.readStream(phone, `visit:${visitId}`)
      return changes?.findLast(({ kind }) => kind === 'bill')?.body as Bill
    }
    const first = await bill()
    expect(first.orders).toHaveLength(2)
    await phone.send('order.place', await shop.orderArgs(scene.table.token))
    expect((await bill()).orders).toHaveLength(3)
    const paymentId = shop.id('pay')
    const { totalRp } = (await bill()).sums
    const asked = Math.floor((totalRp + 50) / 100) * 100
    const args = { paymentId, billId: first.id, method: 'cash', part: { kind: 'rest' }, tipRp: 0, shownRp: 1 }
    const wrong = await phone.send('bill.pay', args)
    expect(wrong.body.refusal).toMatchObject({ code: 'payment.amount_changed', askedRp: asked })
    const paid = await phone.send('bill.pay', { ...args, shownRp: asked })
    expect(paid.body).toMatchObject({ ok: true })
    const changes = await shop.readStream(phone, `visit:${visitId}`)
    const payment = changes?.findLast(({ kind }) => kind === 'payment')?.body as Payment
    expect(payment).toMatchObject({ id: paymentId, status: 'pending', askedRp: asked })
    expect(payment.code).toMatch(/^7\d{11}$/)
  })
})
