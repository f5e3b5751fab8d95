import * as v from 'valibot'
import { expect, test } from 'vitest'
import { ok } from '#shared/kernel/result.ts'
import { businessDay } from '#shared/kernel/time.ts'
import { type VisitPhone, visitPhoneSchema } from '#shared/visits/visit.ts'
import type { AnyCommand, Context } from '../../../server/command.ts'
import { submit } from '../../../server/commands.ts'
import { readPayments } from '../../../server/payment/payment.store.ts'
import { readPhones, readVisit, savePhone } from '../../../server/visits/visit.store.ts'
import { describeOnBoth } from '../../support/both-databases.ts'
import { type Browser, commandId } from '../../support/browser.ts'
import { createPayingScene, type PayingScene } from '../../support/paying-scene.ts'
import { createScene, type Scene } from '../../support/scene.ts'

type Phone = Browser & { readonly customerId: string }

/** What the phone was told of its place at the table, in its own stream, last. */
async function placeOf({ shop }: Pick<Scene, 'shop'>, phone: Phone): Promise<VisitPhone> {
  const told = (await shop.readStream(phone, `customer:${phone.customerId}`)) ?? []
  return v.parse(visitPhoneSchema, told.findLast(({ kind }) => kind === 'visit_phone')?.body)
}

async function takeCard({ shop, barista, billId }: PayingScene, amountRp: number) {
  const part = { kind: 'amount', amountRp }
  const args = {
    paymentId: shop.id('pay'),
    billId,
    method: 'card',
    part,
    tipRp: 0,
    shownRp: amountRp,
    tenderedRp: amountRp,
  }
  const taken = await barista.send('payment.take', args)
  expect(taken.body.ok, JSON.stringify(taken.body)).toBe(true)
}

describeOnBoth('phones of a party whose table was closed', (dialect) => {
  test('are told what the till still waits for, and again as it is paid there', async () => {
    const scene = await createPayingScene({ dialect })
    const { shop, visitId, barista, phone, table } = scene
    const friend = await shop.phone('A1')
    await friend.send('visit.join', { token: table.token })
    const { number } = await placeOf(scene, friend)
    await phone.send('visit.answer_phone', { visitId, number, admit: true })
    const stranger = await shop.phone('A1')
    await stranger.send('visit.join', { token: table.token })
    expect(await placeOf(scene, phone)).not.toHaveProperty('remainderRp')
    await barista.send('visit.close', { visitId })
    const { sums } = await scene.bill()
    expect(sums.totalRp).toBeGreaterThan(2000)
    for (const each of [phone, friend]) {
      expect(await placeOf(scene, each)).toMatchObject({ isVisitOpen: false, remainderRp: sums.totalRp })
    }
    await takeCard(scene, 2000)
    expect(await placeOf(scene, phone)).toMatchObject({ remainderRp: sums.totalRp - 2000 })
    await takeCard(scene, sums.totalRp - 2000)
    for (const each of [phone, friend]) expect(await placeOf(scene, each)).toMatchObject({ remainderRp: 0 })
    expect(await placeOf(scene, stranger)).not.toHaveProperty('remainderRp')
  })

  test('who paid before it was closed are told that nothing is left', async () => {
    const scene = await createPayingScene({ dialect })
    const { visitId, barista, phone, acceptedOrderId, placedOrderId } = scene
    await barista.send('order.answer', { orderId: acceptedOrderId, isAccepted: false })
    await barista.send('order.accept', { orderId: placedOrderId, readyInMinutes: 5 })
    await takeCard(scene, (await scene.bill()).sums.totalRp)
    await barista.send('visit.close', { visitId })
    expect(await placeOf(scene, phone)).toMatchObject({ isVisitOpen: false, remainderRp: 0 })
  })

  test('are told what they paid for an order that is cancelled after all, until it was given back', async () => {
    const scene = await createPayingScene({ dialect })
    const { shop, visitId, barista, phone, placedOrderId, acceptedOrderId, manager, outlet, approval } = scene
    await barista.send('order.answer', { orderId: acceptedOrderId, isAccepted: false })
    await barista.send('order.accept', { orderId: placedOrderId, readyInMinutes: 5 })
    const { sums } = await scene.bill()
    await barista.send('visit.close', { visitId })
    await takeCard(scene, sums.totalRp)
    expect(await placeOf(scene, phone)).not.toHaveProperty('dueBackRp')

    await phone.send('order.ask', { orderId: placedOrderId, kind: 'cancel', note: '' })
    await barista.send('order.answer', { orderId: placedOrderId, isAccepted: true })
    const backRp = sums.totalRp - (await scene.bill()).sums.totalRp
    expect(backRp).toBeGreaterThan(0)
    expect(await placeOf(scene, phone)).toMatchObject({ remainderRp: 0, dueBackRp: backRp })
    const today = businessDay(shop.clock.now(), outlet.zone, outlet.dayEndsAt)
    const dueBack = async () => {
      const books = await (await manager.fetch(`/api/desk/${outlet.id}/days/${today}`)).json()
      return (books as { openBills: { dueBack: { dueBackRp: number }[] } }).openBills.dueBack
    }
    expect(await dueBack()).toMatchObject([{ billId: scene.billId, tableLabel: 'A1', dueBackRp: backRp }])

    const [paid] = await readPayments(shop.read, scene.billId)
    const refund = { refundId: shop.id('rfd'), paymentId: paid?.id, amountRp: backRp, owesAgain: false }
    const given = await barista.send('payment.refund', { ...refund, reason: 'batal', approval })
    expect(given.body.result, JSON.stringify(given.body)).toMatchObject({ ok: true })
    expect(await placeOf(scene, phone)).not.toHaveProperty('dueBackRp')
    expect(await placeOf(scene, phone)).toMatchObject({ remainderRp: 0, returnedRp: backRp })
    expect(await dueBack()).toEqual([])
  })

  test('are told nothing that nobody knows: without a bill, until the till makes one', async () => {
    const scene = await createScene({ dialect })
    const { visitId, barista, phone, acceptedOrderId } = scene
    await barista.send('order.answer', { orderId: acceptedOrderId, isAccepted: false })
    await barista.send('visit.close', { visitId })
    expect(await placeOf(scene, phone)).not.toHaveProperty('remainderRp')
    expect((await barista.send('bill.open', { visitId })).body.ok).toBe(true)
    expect((await placeOf(scene, phone)).remainderRp).toBeGreaterThan(0)
  })

  test('keep what the till said when their place is written again', async () => {
    const scene = await createPayingScene({ dialect })
    const { shop, visitId, barista, phone } = scene
    await barista.send('visit.close', { visitId })
    const before = await placeOf(scene, phone)
    expect(before.remainderRp).toBeGreaterThan(2000)
    const writing: AnyCommand = {
      name: 'visit.close',
      who: 'barista',
      async handle(context: Context) {
        const visit = await readVisit(context.tx, visitId)
        for (const row of await readPhones(context.tx, visitId)) await savePhone(context, visit!, row)
        return ok({})
      },
    }
    await submit(shop.door, writing, commandId(), { visitId }, { kind: 'house' })
    expect(await placeOf(scene, phone)).toEqual({ ...before, rev: before.rev + 1 })
  })
})
