import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import type { Bill } from '#shared/payment/payment.ts'
import type { Visit } from '#shared/visits/visit.ts'
import { VISIT_IDLE_MS } from '#shared/visits/visit.ts'
import { readBillOfVisit, readIdleVisits } from '../../../server/payment/bills/bill.store.ts'
import { pruneStreams, startRound } from '../../../server/upkeep/retention.ts'
import { readVisit } from '../../../server/visits/visit.store.ts'
import { type Dialect, describeOnBoth } from '../../support/both-databases.ts'
import type { Browser } from '../../support/browser.ts'
import { createPayingScene } from '../../support/paying-scene.ts'
import { createScene, type Scene } from '../../support/scene.ts'
import { PIN } from '../../support/test-shop.ts'

const LATER_MS = VISIT_IDLE_MS + 60_000

async function orderBy(phone: Browser, { shop, table }: Pick<Scene, 'shop' | 'table'>) {
  const args = await shop.orderArgs(table.token)
  return { args, answer: await phone.send('order.place', args) }
}

/** Both orders of the scene's table are served; nobody has asked for the bill. */
async function createServedScene(dialect: Dialect) {
  const scene = await createScene({ dialect })
  const { barista, acceptedOrderId, placedOrderId } = scene
  await barista.send('order.answer', { orderId: acceptedOrderId, isAccepted: false })
  await barista.send('order.accept', { orderId: placedOrderId, readyInMinutes: 5 })
  for (const orderId of [acceptedOrderId, placedOrderId]) {
    await barista.send('order.move', { orderId, from: 'accepted', to: 'preparing' })
    await barista.send('order.move', { orderId, from: 'preparing', to: 'ready' })
    await barista.send('order.move', { orderId, from: 'ready', to: 'served' })
  }
  const idle = () => readIdleVisits(scene.shop.read, scene.shop.clock.now() - VISIT_IDLE_MS)
  return { ...scene, idle }
}

describeOnBoth('a table that still has to pay after three idle hours', (dialect) => {
  test('is passed on to whoever sits down next, who sees nothing of it; its money stays at the till', async () => {
    const scene = await createPayingScene({ dialect })
    const { shop, visitId, barista, table } = scene
    shop.clock.turn(LATER_MS)
    const guest = await shop.phone('A1')
    await guest.send('code.scan', { token: table.token })
    const { answer } = await orderBy(guest, scene)
    expect(answer.body.result.visitId).not.toBe(visitId)
    expect((await readVisit(shop.read, visitId))?.status).toBe('closed')
    expect((await guest.send('bill.open', { visitId })).body.ok).toBe(false)
    const owed = (await scene.bill()).sums.totalRp
    const taken = { paymentId: shop.id('pay'), billId: (await scene.bill()).id, method: 'cash', tipRp: 0 }
    const args = { ...taken, part: { kind: 'rest' }, shownRp: owed, tenderedRp: owed }
    expect((await barista.send('payment.take', args)).body.result).toMatchObject({ status: 'paid' })
  })

  test('counts being served, asking for the bill and paying as being there', async () => {
    const scene = await createPayingScene({ dialect })
    const { shop, visitId, phone, barista, acceptedOrderId } = scene
    const activeAtMs = async () => {
      const row = await shop.read.get<{ at_ms: number }>(
        sql`SELECT last_active_at_ms AS at_ms FROM visits WHERE id = ${visitId}`,
      )
      return row?.at_ms
    }
    await barista.send('order.answer', { orderId: acceptedOrderId, isAccepted: false })
    for (const [from, to] of [
      ['accepted', 'preparing'],
      ['preparing', 'ready'],
      ['ready', 'served'],
    ]) {
      shop.clock.turn(60_000)
      await barista.send('order.move', { orderId: acceptedOrderId, from, to })
    }
    expect(await activeAtMs()).toBe(shop.clock.now())
    shop.clock.turn(60_000)
    await phone.send('bill.open', { visitId })
    expect(await activeAtMs()).toBe(shop.clock.now())
    shop.clock.turn(60_000)
    await scene.pay('cash')
    expect(await activeAtMs()).toBe(shop.clock.now())
  })
})

describeOnBoth('a table that was served and never asked for its bill', (dialect) => {
  test('is closed for being idle like any other', async () => {
    const { shop, idle, visitId } = await createServedScene(dialect)
    shop.clock.turn(LATER_MS)
    expect(await idle()).toEqual([visitId])
  })

  test('is billed by the house after it was closed; its phones are not heard', async () => {
    const { shop, visitId, barista, phone } = await createServedScene(dialect)
    await barista.send('visit.close', { visitId })
    expect((await phone.send('bill.open', { visitId })).body.refusal?.code).toBe('visit.closed')
    const opened = await barista.send('bill.open', { visitId })
    expect(opened.status).toBe(200)
    const bill = await readBillOfVisit(shop.read, visitId)
    const visit = await readVisit(shop.read, visitId)
    // The till tells it from the party that sits there now.
    expect(bill).toMatchObject({ status: 'closed', closedAtMs: visit?.closedAtMs, orders: [{}, {}] })
    const shownRp = bill?.sums.totalRp ?? 0
    const pay = { billId: bill?.id, method: 'qris', part: { kind: 'rest' }, tipRp: 0, shownRp }
    const code = await barista.send('bill.pay', { ...pay, paymentId: shop.id('pay') })
    expect(code.body.result, JSON.stringify(code.body)).toMatchObject({ status: 'pending' })
    const byPhone = await phone.send('bill.pay', { ...pay, paymentId: shop.id('pay') })
    expect(byPhone.body.ok).toBe(false)
  })

  test('stays on the desk with its orders for days, closed or not, until it is settled', async () => {
    const { shop, visitId, barista, outlet } = await createServedScene(dialect)
    await barista.send('bill.open', { visitId })
    await barista.send('visit.close', { visitId })
    const onDesk = async () => {
      // Sessions of days ago have ended.
      const found = (await shop.readStream(await shop.staff('manager'), `desk:${outlet.id}`)) ?? []
      const bodies = found.map(({ body }) => body as { id?: string; visitId?: string | null })
      return new Set(found.filter((_, at) => bodies[at]?.visitId === visitId).map(({ kind }) => kind))
    }
    const days = async (count: number) => {
      for (let day = 0; day < count; day++) {
        shop.clock.turn(24 * 60 * 60_000)
        await pruneStreams(shop.door, startRound())
      }
    }
    await days(3)
    expect([...(await onDesk())]).toEqual(expect.arrayContaining(['order', 'bill']))
    const bill = (await readBillOfVisit(shop.read, visitId)) as Bill
    expect(bill.status).toBe('closed')
    const boss = await shop.staff('manager')
    const approval = { staffId: boss.staffId, pin: PIN }
    const given = { billId: bill.id, what: { kind: 'rate', permille: 1000 }, label: 'Pergi', reason: 'pergi' }
    expect((await boss.send('bill.discount', { ...given, approval })).body.result.ok).toBe(true)
    await days(3)
    expect([...(await onDesk())]).not.toContain('order')
    expect(((await readVisit(shop.read, visitId)) as Visit).status).toBe('closed')
  })
})
