import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { readPayments } from '../../../server/payment/payment.store.ts'
import { describeOnBoth } from '../../support/both-databases.ts'
import { createPayingScene, type PayingScene } from '../../support/paying-scene.ts'

/** A second phone at the table, let in by the first. */
async function friendOf(scene: PayingScene) {
  const friend = await scene.shop.phone('A1')
  await friend.send('visit.join', { token: scene.table.token })
  const row = await scene.shop.read.get<{ number: number }>(
    sql`SELECT number FROM visit_phones WHERE visit_id = ${scene.visitId} AND customer_id = ${friend.customerId}`,
  )
  await scene.phone.send('visit.answer_phone', { visitId: scene.visitId, number: row?.number, admit: true })
  return friend
}

describeOnBoth('who may pay, and what they may see', (dialect) => {
  test('a table pays split three ways: one QRIS, one in cash, the last one what is left', async () => {
    const scene = await createPayingScene({ dialect })
    const [second, third] = [await friendOf(scene), await friendOf(scene)]
    const { totalRp } = (await scene.bill()).sums
    const one = await scene.showCode({ kind: 'share', partsLeft: 3 })
    const two = await scene.pay('cash', { kind: 'share', partsLeft: 2 }, second)
    const three = await scene.pay('qris', { kind: 'share', partsLeft: 1 }, third)
    expect(one.amountRp + two.amountRp + three.amountRp).toBe(totalRp)
    expect(three.part).toEqual({ kind: 'rest' })
    await scene.settle()
    for (const { id, by } of [
      { id: one.id, by: scene.phone },
      { id: three.id, by: third },
    ]) {
      expect((await by.send('practice.play', { paymentId: id, play: 'pay' })).body.ok).toBe(true)
    }
    await scene.settle()
    expect((await scene.bill()).status).toBe('open')
    const money = { tipRp: 0, shownRp: two.askedRp, tenderedRp: two.askedRp }
    const args = { paymentId: two.id, billId: scene.billId, method: 'cash', part: { kind: 'rest' }, ...money }
    await scene.barista.send('payment.take', args)
    expect((await scene.bill()).status).toBe('paid')
  })

  test('two phones want the same cup: the second is told that it is taken', async () => {
    const scene = await createPayingScene({ dialect })
    const friend = await friendOf(scene)
    const part = { kind: 'items', units: [{ orderId: scene.acceptedOrderId, line: 0, quantity: 1 }] } as const
    const first = await scene.pay('cash', part)
    const args = { paymentId: scene.shop.id('pay'), billId: scene.billId, method: 'cash', part, tipRp: 0 }
    const second = await friend.send('bill.pay', { ...args, shownRp: first.askedRp })
    expect(second.body.refusal).toMatchObject({ code: 'bill.item_taken', left: 0 })
    await scene.phone.send('payment.cancel', { paymentId: first.id })
    expect((await friend.send('bill.pay', { ...args, shownRp: first.askedRp })).body.ok).toBe(true)
  })

  test('a stranger, and a phone that only asked to join, is told that there is no such bill or payment', async () => {
    const scene = await createPayingScene({ dialect })
    const shown = await scene.showCode()
    const stranger = await scene.shop.phone('A2')
    const unknownBill = scene.shop.id('bil')
    for (const phone of [stranger, scene.asking]) {
      const pay = {
        paymentId: scene.shop.id('pay'),
        method: 'cash',
        part: { kind: 'rest' },
        tipRp: 0,
        shownRp: 0,
      }
      const answers = [
        [
          await phone.send('bill.pay', { ...pay, billId: scene.billId }),
          await phone.send('bill.pay', { ...pay, billId: unknownBill }),
        ],
        ...(await Promise.all(
          ['payment.cancel', 'payment.look'].map(async (name) => [
            await phone.send(name, { paymentId: shown.id }),
            await phone.send(name, { paymentId: scene.shop.id('pay') }),
          ]),
        )),
        [
          await phone.send('practice.play', { paymentId: shown.id, play: 'pay' }),
          await phone.send('practice.play', { paymentId: scene.shop.id('pay'), play: 'pay' }),
        ],
        [
          await phone.send('bill.open', { visitId: scene.visitId }),
          await phone.send('bill.open', { visitId: scene.shop.id('vis') }),
        ],
      ]
      for (const [known, unknown] of answers) {
        expect(known?.status).toBe(404)
        expect(known?.body).toEqual(unknown?.body)
      }
    }
    expect((await scene.payment(shown.id)).status).toBe('pending')
  })

  test('a friend at the table sees a payment, but cannot give it up or play its payer', async () => {
    const scene = await createPayingScene({ dialect })
    const friend = await friendOf(scene)
    const shown = await scene.showCode()
    expect((await friend.send('payment.look', { paymentId: shown.id })).body.ok).toBe(true)
    expect((await friend.send('payment.cancel', { paymentId: shown.id })).body.refusal.code).toBe(
      'payment.unknown',
    )
    const played = await friend.send('practice.play', { paymentId: shown.id, play: 'pay' })
    expect(played.body.refusal.code).toBe('payment.unknown')
    expect((await scene.payment(shown.id)).status).toBe('pending')
  })

  test('the practice button pays nothing once the shop is open in earnest', async () => {
    const scene = await createPayingScene({ dialect })
    const shown = await scene.showCode()
    const {
      id: _,
      rev: __,
      outletNumber: ___,
      isStaticQrisDoubtful: ____,
      ...settings
    } = (await scene.settings()) ?? {}
    await scene.shop.asHouse('outlet.set_payment', {
      outletId: scene.outlet.id,
      settings: { ...settings, methods: ['cash'], provider: 'manual' },
    })
    const played = await scene.phone.send('practice.play', { paymentId: shown.id, play: 'pay' })
    expect(played.body.refusal.code).toBe('payment.not_practice')
  })

  test('asking for the same payment again is one payment; its id is of no use to anybody else', async () => {
    const scene = await createPayingScene({ dialect })
    const friend = await friendOf(scene)
    const begun = await scene.pay('cash', { kind: 'amount', amountRp: 5000 })
    const args = {
      paymentId: begun.id,
      billId: scene.billId,
      method: 'cash',
      part: { kind: 'amount', amountRp: 5000 },
      tipRp: 0,
      shownRp: 5000,
    }
    expect((await scene.phone.send('bill.pay', args)).body.result).toMatchObject({
      paymentId: begun.id,
      askedRp: 5000,
    })
    expect((await friend.send('bill.pay', args)).body.refusal.code).toBe('payment.id_taken')
    expect(await readPayments(scene.shop.read, scene.billId)).toHaveLength(1)
  })

  test('one phone has one code at a time, and twenty tries at most', async () => {
    const scene = await createPayingScene({ dialect })
    const first = await scene.pay('qris', { kind: 'amount', amountRp: 2000 })
    const args = {
      billId: scene.billId,
      method: 'qris',
      part: { kind: 'amount', amountRp: 2000 },
      tipRp: 0,
      shownRp: 2000,
    }
    const beside = await scene.phone.send('bill.pay', { ...args, paymentId: scene.shop.id('pay') })
    expect(beside.body.refusal).toMatchObject({ code: 'payment.pending_already', paymentId: first.id })
    let paymentId = first.id
    for (let tries = 1; tries < 20; tries++) {
      await scene.phone.send('payment.cancel', { paymentId })
      paymentId = (await scene.pay('qris', { kind: 'amount', amountRp: 2000 })).id
    }
    await scene.phone.send('payment.cancel', { paymentId })
    const last = await scene.phone.send('bill.pay', { ...args, paymentId: scene.shop.id('pay') })
    expect(last.body.refusal).toMatchObject({ code: 'payment.too_many' })
  })

  test('thirty phones pay the rest at once: one of them does', async () => {
    const scene = await createPayingScene({ dialect })
    const { totalRp } = (await scene.bill()).sums
    const friends = await Promise.all(Array.from({ length: 8 }, () => friendOf(scene)))
    const asked = Math.floor((totalRp + 50) / 100) * 100
    const answers = await Promise.all(
      friends.map((friend) =>
        friend.send('bill.pay', {
          paymentId: scene.shop.id('pay'),
          billId: scene.billId,
          method: 'cash',
          part: { kind: 'rest' },
          tipRp: 0,
          shownRp: asked,
        }),
      ),
    )
    expect(answers.filter(({ body }) => body.ok)).toHaveLength(1)
    expect(answers.filter(({ body }) => !body.ok).map(({ body }) => body.refusal.code)).toEqual(
      Array(7).fill('bill.nothing_open'),
    )
  })

  test('a tip is asked for only where it is on, and never beyond reason', async () => {
    const off = await createPayingScene({ dialect })
    const args = { billId: off.billId, method: 'cash', part: { kind: 'rest' }, shownRp: 0 }
    const send = async (scene: PayingScene, tipRp: number) =>
      (
        await scene.phone.send('bill.pay', {
          ...args,
          billId: scene.billId,
          paymentId: scene.shop.id('pay'),
          tipRp,
        })
      ).body.refusal.code
    expect(await send(off, 1000)).toBe('payment.tip_off')
    const on = await createPayingScene({
      dialect,
      settings: { tips: { isOn: true, choicesRp: [2000, 5000] } },
    })
    expect(await send(on, 1_000_000_000)).toBe('payment.tip_too_large')
    expect(await send(on, 2000)).toBe('payment.amount_changed')
    const paid = await on.pay('qris', { kind: 'rest' }, on.phone, 2000)
    expect(paid).toMatchObject({ tipRp: 2000, askedRp: (await on.bill()).sums.totalRp + 2000 })
  })

  test('a table that has paid may order up to its cap again', async () => {
    const scene = await createPayingScene({ dialect })
    const { totalRp } = (await scene.bill()).sums
    await scene.barista.send('visit.raise_cap', { visitId: scene.visitId, capRp: totalRp })
    const order = async () => scene.phone.send('order.place', await scene.shop.orderArgs(scene.table.token))
    expect((await order()).body.refusal.code).toBe('order.cap_reached')
    const shown = await scene.showCode()
    await scene.phone.send('practice.play', { paymentId: shown.id, play: 'pay' })
    await scene.settle()
    expect((await order()).body.ok).toBe(true)
    expect((await scene.bill()).status).toBe('open')
  })
})
