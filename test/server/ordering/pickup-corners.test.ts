import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import type { Order } from '#shared/ordering/order.ts'
import { MAX_UNANSWERED_PICKUPS_PER_OUTLET, MAX_UNPAID_PICKUPS_PER_OUTLET } from '#shared/ordering/pickup.ts'
import { UNANSWERED_AFTER_MS } from '../../../server/ordering/pickup/making-room.ts'
import { countPickups, readPromised } from '../../../server/ordering/pickup/pickup.store.ts'
import { readVisit } from '../../../server/visits/visit.store.ts'
import { describeOnBoth } from '../../support/both-databases.ts'
import { createPickupScene, MINUTE_MS, type PickupScene } from '../../support/pickup-scene.ts'

describeOnBoth('a pick-up in a corner', (dialect) => {
  const paidAtTheEnd = () => createPickupScene(dialect, { payWhen: { table: 'end', pickup: 'end' } })

  test('that is held is promised nothing new, however late it is; resumed, it is', async () => {
    const scene = await paidAtTheEnd()
    const { id } = await scene.place(await scene.linkPhone())
    await scene.barista.send('order.accept', { orderId: id, readyInMinutes: 5 })
    await scene.barista.send('order.hold', { orderId: id, isHeld: true })
    const before = await scene.order(id)
    expect(before.heldAtMs).not.toBeNull()
    scene.shop.clock.turn(30 * MINUTE_MS)
    await scene.runJobs()
    expect((await scene.order(id)).promisedAtMs).toBe(before.promisedAtMs)
    await scene.barista.send('order.hold', { orderId: id, isHeld: false })
    await scene.runJobs()
    expect((await scene.order(id)).promisedAtMs).toBeGreaterThan(before.promisedAtMs ?? 0)
  })

  test('that comes back after its number was given to another gets a number of its own', async () => {
    const scene = await paidAtTheEnd()
    const first = await scene.place(await scene.linkPhone())
    await scene.barista.send('order.accept', { orderId: first.id, readyInMinutes: 5 })
    for (const [from, to] of [
      ['accepted', 'preparing'],
      ['preparing', 'ready'],
      ['ready', 'served'],
    ]) {
      await scene.barista.send('order.move', { orderId: first.id, from, to })
    }
    const second = await scene.place(await scene.linkPhone())
    const code = first.pickup?.code ?? ''
    await scene.shop.writer.submit(async (tx) => {
      await tx.run(sql`UPDATE pickups SET code = ${code} WHERE order_id = ${second.id}`)
      return { keep: true, value: undefined }
    })
    const back = await scene.barista.send('order.move', { orderId: first.id, from: 'served', to: 'ready' })
    expect(back.body.ok).toBe(true)
    const again = await scene.order(first.id)
    expect(again.pickup?.code).toMatch(/^\d{3}$/)
    expect(again.pickup?.code).not.toBe(code)
  })

  test('that was rejected by mistake comes back, and opens its visit again', async () => {
    const scene = await paidAtTheEnd()
    const { id, visitId } = await scene.place(await scene.linkPhone())
    const isOpen = async () => (await readVisit(scene.shop.read, visitId))?.status === 'open'
    await scene.barista.send('order.reject', { orderId: id, reason: 'closing', text: '' })
    expect(await isOpen()).toBe(false)
    const back = await scene.barista.send('order.move', { orderId: id, from: 'rejected', to: 'placed' })
    expect([back.body.ok, await isOpen(), (await scene.order(id)).status]).toEqual([true, true, 'placed'])
  })

  test('that is paid before anybody accepted it has its time for sure, and keeps nobody else waiting', async () => {
    const scene = await paidAtTheEnd()
    const phone = await scene.linkPhone()
    const placed = await scene.place(phone)
    expect(placed.pickup?.firstPromisedAtMs).toBeNull()
    await scene.pay(phone, placed.visitId)
    const paid = await scene.order(placed.id)
    expect(paid).toMatchObject({ status: 'placed', payFirst: null })
    expect(paid.pickup?.firstPromisedAtMs).toBe(placed.pickup?.pickupAtMs)
    const [row] = await readPromised(scene.shop.read, scene.outlet.id)
    expect(row?.is_certain).toBe(1)
    expect((await scene.place(phone)).status).toBe('placed')
    const accepted = await scene.barista.send('order.accept', { orderId: placed.id, readyInMinutes: 5 })
    expect(accepted.body.ok).toBe(true)
    expect((await scene.order(placed.id)).pickup?.firstPromisedAtMs).toBe(placed.pickup?.pickupAtMs)
  })

  test('that nobody answers makes room after minutes, unless somebody looked at it; who fetched before needs none', async () => {
    const scene = await paidAtTheEnd()
    const { shop, outlet, barista } = scene
    const placeNew = async () => scene.place(await scene.linkPhone(), null, [{ itemId: 'espresso' }])
    const orders: Order[] = []
    for (let count = 0; count < MAX_UNANSWERED_PICKUPS_PER_OUTLET; count++) {
      orders.push(await placeNew())
      shop.clock.turn(1000)
    }
    const [seen, oldest] = orders.map(({ id }) => id)
    await barista.send('order.see', { orderIds: [seen] })
    const honest = await scene.linkPhone()
    const place = async () => (await honest.send('pickup.place', await shop.pickupArgs(outlet.id))).body
    expect((await place()).refusal).toEqual({ code: 'pickup.crowded' })
    shop.clock.turn(UNANSWERED_AFTER_MS)
    const { orderId } = (await place()).result
    expect((await scene.order(seen ?? '')).status).toBe('placed')
    const reason = { code: 'too_busy' }
    expect(await scene.order(oldest ?? '')).toMatchObject({ status: 'rejected', reason })
    await barista.send('order.accept', { orderId, readyInMinutes: 5 })
    await barista.send('order.move', { orderId, from: 'accepted', to: 'ready' })
    await barista.send('order.move', { orderId, from: 'ready', to: 'served' })
    await placeNew()
    const rejected = async () =>
      (await Promise.all(orders.map(({ id }) => scene.order(id)))).filter(
        ({ status }) => status === 'rejected',
      )
    expect(await rejected()).toHaveLength(1)
    expect((await place()).ok).toBe(true)
    expect(await rejected()).toHaveLength(1)
  })

  test('of which a part is paid is not certain yet', async () => {
    const scene = await paidAtTheEnd()
    const phone = await scene.linkPhone()
    const placed = await scene.place(phone, null, [{ itemId: 'espresso', quantity: 3 }])
    const amountRp = Math.floor(placed.quote.totalRp / 2)
    await scene.pay(phone, placed.visitId, { kind: 'amount', amountRp })
    expect((await scene.order(placed.id)).pickup?.firstPromisedAtMs).toBeNull()
  })

  test('unpaid ones that fill the outlet make room after minutes, the oldest that nobody is paying first', async () => {
    const scene = await createPickupScene(dialect)
    const { shop, outlet } = scene
    const payer = await scene.linkPhone()
    const paying = await scene.place(payer)
    await scene.showCode(payer, paying.visitId)
    shop.clock.turn(1000)
    const idle = await scene.place(await scene.linkPhone())
    shop.clock.turn(1000)
    await fillWithUnpaid(scene, MAX_UNPAID_PICKUPS_PER_OUTLET - 2)
    // What is being paid has a place of its own: one more finds room, and then none.
    await scene.place(await scene.linkPhone(), null, [{ itemId: 'espresso' }])
    const honest = await scene.linkPhone()
    const crowded = await honest.send('pickup.place', await shop.pickupArgs(outlet.id))
    expect(crowded.body.refusal).toEqual({ code: 'pickup.crowded' })
    shop.clock.turn(4 * MINUTE_MS)
    expect((await scene.place(honest)).status).toBe('placed')
    expect(await scene.order(idle.id)).toMatchObject({ status: 'cancelled', reason: { code: 'unpaid' } })
    expect((await scene.order(paying.id)).status).toBe('placed')
    const counts = await countPickups(shop.read, outlet.id, honest.customerId, shop.clock.now())
    expect(counts.unpaidOfOutlet).toBe(MAX_UNPAID_PICKUPS_PER_OUTLET + 1)
  })
})

describeOnBoth('a pick-up that is paid first, from home', (dialect) => {
  async function prepare(scene: PickupScene, method: string) {
    const phone = await scene.linkPhone()
    const placed = await scene.place(phone, null, [{ itemId: 'espresso' }])
    const { billId } = (await phone.send('bill.open', { visitId: placed.visitId })).body.result
    const paymentId = scene.shop.id('pay')
    const args = { paymentId, billId, method, part: { kind: 'rest' }, tipRp: 0 }
    const asked = await phone.send('bill.pay', { ...args, shownRp: 0 })
    const shownRp = asked.body.refusal.askedRp ?? 0
    return {
      placed,
      paymentId,
      refusal: asked.body.refusal,
      begin: () => phone.send('bill.pay', { ...args, shownRp }),
    }
  }

  test('takes no promise to come where it can be paid from there', async () => {
    const scene = await createPickupScene(dialect, { methods: ['qris', 'cash', 'card'] })
    for (const method of ['cash', 'card']) {
      const { refusal } = await prepare(scene, method)
      expect(refusal).toEqual({ code: 'payment.method_off', methods: ['qris'] })
    }
    const byCode = await prepare(scene, 'qris')
    expect((await byCode.begin()).body.ok).toBe(true)
  })

  test('keeps by such a promise no place beyond minutes where the counter alone takes money', async () => {
    const scene = await createPickupScene(dialect, { methods: ['cash'], provider: 'manual' })
    const { shop, outlet } = scene
    const { placed, paymentId, begin } = await prepare(scene, 'cash')
    expect((await begin()).body.ok).toBe(true)
    shop.clock.turn(1000)
    await fillWithUnpaid(scene, MAX_UNPAID_PICKUPS_PER_OUTLET - 1)
    const honest = await scene.linkPhone()
    const crowded = await honest.send('pickup.place', await shop.pickupArgs(outlet.id))
    expect(crowded.body.refusal).toEqual({ code: 'pickup.crowded' })
    shop.clock.turn(3 * MINUTE_MS)
    expect((await scene.place(honest)).status).toBe('placed')
    expect(await scene.order(placed.id)).toMatchObject({ status: 'cancelled', reason: { code: 'unpaid' } })
    expect((await scene.payment(paymentId)).status).toBe('cancelled')
  })
})

/** As many more unpaid orders as that, each of a phone of its own; small enough to fit beside each other. */
async function fillWithUnpaid(scene: PickupScene, count: number): Promise<void> {
  for (let each = 0; each < count; each++) {
    await scene.place(await scene.linkPhone(), null, [{ itemId: 'espresso' }])
  }
}
