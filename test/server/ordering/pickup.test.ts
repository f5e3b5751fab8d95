import { expect, test } from 'vitest'
import { HERE_BEFORE_MS, HERE_LEFT_AFTER_MS } from '#shared/ordering/here.ts'
import {
  findPickup,
  MAX_OPEN_PICKUPS_PER_PHONE,
  MAX_UNANSWERED_PICKUPS_PER_OUTLET,
  pickupQrText,
} from '#shared/ordering/pickup.ts'
import { NO_SHOW_AFTER_MS } from '#shared/ordering/promise.ts'
import type { Change } from '#shared/protocol.ts'
import { readIdleVisits } from '../../../server/payment/bills/bill.store.ts'
import { readVisit } from '../../../server/visits/visit.store.ts'
import { describeOnBoth } from '../../support/both-databases.ts'
import { createPickupScene, MINUTE_MS } from '../../support/pickup-scene.ts'

const kinds = (changes: Change[] | null, kind: string) =>
  (changes ?? []).filter((change) => change.kind === kind)

describeOnBoth('an order for pick-up', (dialect) => {
  test('is placed from a link, paid, made in time and handed over by its code', async () => {
    const scene = await createPickupScene(dialect)
    const { shop, barista, outlet } = scene
    const phone = await scene.linkPhone()
    const placed = await scene.place(phone)
    expect(placed).toMatchObject({
      orderType: 'pickup',
      tableId: null,
      tableLabel: null,
      presence: 'proven',
      payFirst: { state: 'awaited', untilMs: shop.clock.now() + 15 * MINUTE_MS, releasedAtMs: null },
      pickup: { wantedAtMs: null, firstPromisedAtMs: null, hereAtMs: null, name: 'Sari' },
    })
    expect(placed.pickup?.pickupAtMs).toBe(shop.clock.now() + 10 * MINUTE_MS)

    const refused = await barista.send('order.accept', { orderId: placed.id, readyInMinutes: 5 })
    expect(refused.body.refusal).toEqual({ code: 'order.payment_awaited' })

    shop.clock.turn(2 * MINUTE_MS)
    const paid = await scene.pay(phone, placed.visitId)
    expect(paid.status).toBe('paid')
    const released = await scene.order(placed.id)
    expect(released.payFirst).toMatchObject({ state: 'paid', releasedAtMs: shop.clock.now() })
    expect(released.pickup?.firstPromisedAtMs).toBe(placed.pickup?.pickupAtMs)
    expect(released.seenAtMs).toBeNull()

    await barista.send('order.accept', { orderId: placed.id, readyInMinutes: 5 })
    await barista.send('order.move', { orderId: placed.id, from: 'accepted', to: 'preparing' })
    await barista.send('order.move', { orderId: placed.id, from: 'preparing', to: 'ready' })
    const here = await phone.send('pickup.here', { orderId: placed.id })
    expect(here.body).toMatchObject({ ok: true, result: { hereAtMs: shop.clock.now() } })

    const ready = await scene.order(placed.id)
    expect(findPickup([ready], pickupQrText(ready))).toBe(ready)
    expect(findPickup([ready], ready.pickup?.code ?? '')).toBe(ready)
    await barista.send('order.move', { orderId: placed.id, from: 'ready', to: 'served' })
    expect((await scene.order(placed.id)).status).toBe('served')
    expect(await readVisit(shop.read, placed.visitId)).toMatchObject({ status: 'closed', tableId: null })

    // The visit is over; what became of the money is still the phone's to read.
    const own = await shop.readStream(phone, `customer:${phone.customerId}`)
    expect(kinds(own, 'payment').at(-1)?.body).toMatchObject({ id: paid.id, status: 'paid' })
    const promises = await scene.manager.fetch(`/api/desk/${outlet.id}/promises/2026-11-18`)
    expect(await promises.json()).toEqual({ made: 1, kept: 1, hitPermille: 1000 })
  })

  test('that was cancelled leaves its bill with its phone, which hears what becomes of the money', async () => {
    const scene = await createPickupScene(dialect)
    const { shop, outlet, barista } = scene
    const phone = await scene.linkPhone()
    const placed = await scene.place(phone)
    const paid = await scene.pay(phone, placed.visitId)
    await barista.send('order.reject', { orderId: placed.id, reason: 'sold_out', text: '' })
    const heard = async () => {
      const own = await shop.readStream(phone, `customer:${phone.customerId}`)
      return { bill: kinds(own, 'bill').at(-1)?.body, refund: kinds(own, 'refund').at(-1)?.body }
    }
    expect((await heard()).bill).toMatchObject({ id: paid.billId, sums: { totalRp: 0 } })
    await barista.send('payment.refund', {
      refundId: shop.id('rfd'),
      paymentId: paid.id,
      amountRp: paid.askedRp,
      reason: 'habis',
      approval: scene.approval,
    })
    await shop.gatewayWork.run()
    expect(await heard()).toMatchObject({ bill: { id: paid.billId }, refund: { stage: 'succeeded' } })
    const open = await readVisit(shop.read, placed.visitId)
    expect([open?.status, outlet.id]).toEqual(['closed', placed.outletId])
  })

  test('that is not paid in time gives its slot back; a code that is being paid by is waited for', async () => {
    const scene = await createPickupScene(dialect)
    const { shop } = scene
    const phone = await scene.linkPhone()
    const placed = await scene.place(phone)
    const again = await phone.send('pickup.place', await shop.pickupArgs(scene.outlet.id))
    expect(again.body.refusal).toEqual({ code: 'pickup.unpaid_already', orderId: placed.id })

    shop.clock.turn(14 * MINUTE_MS)
    await scene.showCode(phone, placed.visitId)
    shop.clock.turn(2 * MINUTE_MS)
    await scene.runJobs()
    expect((await scene.order(placed.id)).status).toBe('placed')
    shop.clock.turn(16 * MINUTE_MS)
    await shop.gatewayWork.run()
    await scene.runJobs()
    expect(await scene.order(placed.id)).toMatchObject({
      status: 'cancelled',
      reason: { code: 'unpaid' },
      seenAtMs: null,
    })
    expect(await readVisit(shop.read, placed.visitId)).toMatchObject({ status: 'closed' })
    expect((await scene.place(phone)).status).toBe('placed')
  })

  test('paid after it was given up is money to give back, and no order', async () => {
    const scene = await createPickupScene(dialect)
    const phone = await scene.linkPhone()
    const placed = await scene.place(phone)
    const shown = await scene.showCode(phone, placed.visitId)
    scene.shop.clock.turn(40 * MINUTE_MS)
    await scene.shop.gatewayWork.run()
    await scene.runJobs()
    await scene.play(phone, shown.id, 'pay_late')
    expect((await scene.order(placed.id)).status).toBe('cancelled')
    expect((await scene.payment(shown.id)).status).toBe('paid_late')
  })

  test('fifty race for the last slot: one gets it, the others are told the nearest free ones', async () => {
    const scene = await createPickupScene(dialect, { payWhen: { table: 'end', pickup: 'end' } })
    const { shop, outlet, barista } = scene
    const wantedAtMs = shop.clock.now() + 60 * MINUTE_MS
    const lattes = [{ itemId: 'caffe-latte', quantity: 2 }]
    // Two at work give 24 minutes to that moment; 18 are accepted, and each of these takes six.
    for (let count = 0; count < 3; count++) {
      const { id } = await scene.place(await scene.linkPhone(), wantedAtMs, lattes)
      await barista.send('order.accept', { orderId: id, readyInMinutes: 5 })
    }
    const phones = await Promise.all(Array.from({ length: 50 }, () => scene.linkPhone()))
    const args = await Promise.all(phones.map(() => shop.pickupArgs(outlet.id, lattes, wantedAtMs)))
    const answers = await Promise.all(phones.map((phone, index) => phone.send('pickup.place', args[index])))
    const refused = answers.filter(({ body }) => !body.ok)
    expect(refused).toHaveLength(49)
    for (const { body } of refused) {
      expect(body.refusal.code).toBe('pickup.full')
      expect(body.refusal.freeAtMs).not.toContain(wantedAtMs)
      expect(body.refusal.freeAtMs.length).toBeGreaterThan(0)
    }
    const { slots } = await scene.slots(6)
    expect(slots.find((slot: { pickupAtMs: number }) => slot.pickupAtMs === wantedAtMs)).toMatchObject({
      isFree: false,
    })
  })

  test('is booked by paying: who pays first keeps the time, the others are told the next that is true', async () => {
    const scene = await createPickupScene(dialect)
    const { shop } = scene
    const wantedAtMs = shop.clock.now() + 60 * MINUTE_MS
    const lattes = [{ itemId: 'caffe-latte', quantity: 2 }]
    const placed = []
    for (let count = 0; count < 6; count++) {
      const phone = await scene.linkPhone()
      placed.push({ phone, order: await scene.place(phone, wantedAtMs, lattes) })
    }
    const paidAtMs = []
    for (const { phone, order } of placed.reverse()) {
      await scene.pay(phone, order.visitId)
      const { pickup } = await scene.order(order.id)
      expect(pickup?.firstPromisedAtMs).toBe(pickup?.pickupAtMs)
      paidAtMs.push((pickup?.pickupAtMs ?? 0) - wantedAtMs)
    }
    expect(paidAtMs).toEqual([0, 0, 0, 0, 10, 10].map((minutes) => minutes * MINUTE_MS))
  })

  test('as soon as possible stays possible while strangers wait for their money with fifteen', async () => {
    const scene = await createPickupScene(dialect)
    const { shop } = scene
    const espresso = [{ itemId: 'espresso' }]
    for (let count = 0; count < 15; count++) await scene.place(await scene.linkPhone(), null, espresso)
    const phone = await scene.linkPhone()
    const placed = await scene.place(phone, null, espresso)
    expect(placed.pickup?.pickupAtMs).toBe(shop.clock.now() + 10 * MINUTE_MS)
    await scene.pay(phone, placed.visitId)
    expect((await scene.order(placed.id)).pickup?.pickupAtMs).toBe(placed.pickup?.pickupAtMs)
  })

  test('large ones that nobody paid leave a free time in every hour, and are bounded in rupiah', async () => {
    const scene = await createPickupScene(dialect)
    const { shop, outlet } = scene
    const before = await scene.slots(3)
    for (let hour = 1; hour <= 20; hour++) {
      const [lines, wantedAtMs] = [
        [{ itemId: 'espresso', quantity: 20 }],
        shop.clock.now() + hour * 60 * MINUTE_MS,
      ]
      const phone = await scene.linkPhone()
      await phone.send('pickup.place', await shop.pickupArgs(outlet.id, [...lines, ...lines], wantedAtMs))
    }
    shop.clock.turn(3000)
    const after = await scene.slots(3)
    const freeOf = (times: { slots: { isFree: boolean }[] }) =>
      times.slots.filter(({ isFree }) => isFree).length
    expect(freeOf(after)).toBeGreaterThan(freeOf(before) * 0.95)
    expect(after.soonMs).not.toBeNull()
    const args = await shop.pickupArgs(
      outlet.id,
      Array.from({ length: 5 }, () => ({ itemId: 'espresso', quantity: 20 })),
    )
    const refused = await (await scene.linkPhone()).send('pickup.place', args)
    expect(refused.body.refusal).toMatchObject({ code: 'order.cap_reached' })
  })

  test('paid at the end waits for a first look: one of a phone, ten at an outlet, until they are answered', async () => {
    const scene = await createPickupScene(dialect, { payWhen: { table: 'end', pickup: 'end' } })
    const { shop, outlet, barista } = scene
    const phone = await scene.linkPhone()
    const first = await scene.place(phone)
    const again = await phone.send('pickup.place', await shop.pickupArgs(outlet.id))
    expect(again.body.refusal).toEqual({ code: 'pickup.unanswered_already', orderId: first.id })
    const orders = [first]
    for (let count = 1; count < MAX_UNANSWERED_PICKUPS_PER_OUTLET; count++) {
      shop.clock.turn(1000)
      orders.push(await scene.place(await scene.linkPhone()))
    }
    const honest = await scene.linkPhone()
    const crowded = await honest.send('pickup.place', await shop.pickupArgs(outlet.id))
    expect(crowded.body.refusal).toEqual({ code: 'pickup.crowded' })
    const reason = { reason: 'other', text: 'Tidak dikenal' }
    for (const { id } of orders) await barista.send('order.reject', { orderId: id, ...reason })
    expect((await scene.place(await scene.linkPhone())).status).toBe('placed')
  })

  test('keeps the told time when the promise differs from it by seconds', async () => {
    const scene = await createPickupScene(dialect, { payWhen: { table: 'end', pickup: 'end' } })
    const placed = await scene.place(await scene.linkPhone())
    scene.shop.clock.turn(40_000)
    await scene.barista.send('order.accept', { orderId: placed.id, readyInMinutes: 10 })
    expect(await scene.order(placed.id)).toMatchObject({
      promisedAtMs: placed.pickup?.pickupAtMs,
      pickup: { pickupAtMs: placed.pickup?.pickupAtMs, firstPromisedAtMs: placed.pickup?.pickupAtMs },
    })
    await scene.barista.send('order.promise', { orderId: placed.id, readyInMinutes: 12 })
    expect((await scene.order(placed.id)).promisedAtMs).toBe(scene.shop.clock.now() + 12 * MINUTE_MS)
  })

  test('is refused with reasons: off, paused, off the grid, closed, too far, too many', async () => {
    const scene = await createPickupScene(dialect, { payWhen: { table: 'end', pickup: 'end' } })
    const { shop, outlet } = scene
    await shop.setHours('07:00', '23:00')
    const phone = await scene.linkPhone()
    const codeOf = async (wantedAtMs: number | null) => {
      const answer = await phone.send('pickup.place', await shop.pickupArgs(outlet.id, undefined, wantedAtMs))
      return answer.body.refusal?.code
    }
    const now = shop.clock.now()
    expect(await codeOf(now + 25 * MINUTE_MS)).toBe('pickup.off_grid')
    expect(await codeOf(now)).toBe('pickup.too_soon')
    expect(await codeOf(now + 16 * 60 * MINUTE_MS)).toBe('pickup.closed')
    expect(await codeOf(now + 25 * 60 * MINUTE_MS)).toBe('pickup.too_far')
    for (let open = 0; open < MAX_OPEN_PICKUPS_PER_PHONE; open++) {
      const { id } = await scene.place(phone)
      await scene.barista.send('order.accept', { orderId: id, readyInMinutes: 5 })
    }
    expect(await codeOf(null)).toBe('pickup.too_many')
    const other = await scene.linkPhone()
    await shop.asHouse('outlet.set_load', {
      outletId: outlet.id,
      load: { mode: 'paused', addMinutes: 0, message: null },
    })
    const paused = await other.send('pickup.place', await shop.pickupArgs(outlet.id))
    expect(paused.body.refusal.code).toBe('order.outlet_paused')
    expect(await scene.slots(4)).toMatchObject({ slots: [], refusal: { code: 'order.outlet_paused' } })
    const { id: _, rev: __, load: ___, ...settings } = outlet
    const off = { ...settings, pickup: { isOn: false, isServiceCharged: false } }
    await shop.asHouse('outlet.change', { outletId: outlet.id, settings: off })
    expect((await other.send('pickup.place', await shop.pickupArgs(outlet.id))).body.refusal.code).toBe(
      'pickup.off',
    )
  })

  test('pays no service charge, unless the outlet says so', async () => {
    const scene = await createPickupScene(dialect)
    const { shop } = scene
    const at = await shop.outlet('multatuli')
    const phone = await scene.linkPhone()
    const args = await shop.pickupArgs(at.id)
    await phone.send('pickup.place', args)
    expect((await scene.order(args.orderId)).quote.serviceRp).toBe(0)
    const { id: _, rev: __, load: ___, ...settings } = at
    const charging = { ...settings, pickup: { isOn: true, isServiceCharged: true } }
    await shop.asHouse('outlet.change', { outletId: at.id, settings: charging })
    const other = await scene.linkPhone()
    const dearer = await shop.pickupArgs(at.id)
    await other.send('pickup.place', dearer)
    expect((await scene.order(dearer.orderId)).quote.serviceRp).toBeGreaterThan(0)
  })

  test('that nobody fetches is given up after its time, is still owed, and is handed out after all', async () => {
    const scene = await createPickupScene(dialect)
    const { shop, barista } = scene
    const phone = await scene.linkPhone()
    const { id, visitId } = await scene.place(phone)
    await scene.pay(phone, visitId)
    await barista.send('order.accept', { orderId: id, readyInMinutes: 10 })
    await barista.send('order.move', { orderId: id, from: 'accepted', to: 'ready' })
    shop.clock.turn(NO_SHOW_AFTER_MS + 9 * MINUTE_MS)
    await scene.runJobs()
    expect((await scene.order(id)).status).toBe('ready')
    shop.clock.turn(2 * MINUTE_MS)
    await scene.runJobs()
    expect(await scene.order(id)).toMatchObject({ status: 'no_show', endedAtMs: shop.clock.now() })
    expect(await readVisit(shop.read, visitId)).toMatchObject({ status: 'closed' })
    await barista.send('order.move', { orderId: id, from: 'no_show', to: 'ready' })
    expect(await readVisit(shop.read, visitId)).toMatchObject({ status: 'open', closedAtMs: null })
    await barista.send('order.move', { orderId: id, from: 'ready', to: 'served' })
    expect((await scene.order(id)).status).toBe('served')
    expect(await readVisit(shop.read, visitId)).toMatchObject({ status: 'closed' })
  })

  test('whose customer stands there is not given up by the house', async () => {
    const scene = await createPickupScene(dialect)
    const { shop, barista } = scene
    const phone = await scene.linkPhone()
    const { id, visitId } = await scene.place(phone)
    expect((await phone.send('pickup.here', { orderId: id })).body.refusal.code).toBe('order.payment_awaited')
    await scene.pay(phone, visitId)
    await barista.send('order.accept', { orderId: id, readyInMinutes: 10 })
    await barista.send('order.move', { orderId: id, from: 'accepted', to: 'ready' })
    const stranger = await scene.linkPhone()
    expect((await stranger.send('pickup.here', { orderId: id })).body.refusal.code).toBe('order.unknown')
    await phone.send('pickup.here', { orderId: id })
    const first = (await scene.order(id)).pickup?.hereAtMs
    shop.clock.turn(2 * NO_SHOW_AFTER_MS)
    await phone.send('pickup.here', { orderId: id })
    await scene.runJobs()
    expect(await scene.order(id)).toMatchObject({ status: 'ready', pickup: { hereAtMs: first } })
    shop.clock.turn(HERE_LEFT_AFTER_MS)
    await scene.runJobs()
    expect(await scene.order(id)).toMatchObject({ status: 'no_show', pickup: { hereAtMs: first } })
  })

  test('is not said to be waited for from home, long before its time', async () => {
    const scene = await createPickupScene(dialect)
    const { shop, barista } = scene
    const phone = await scene.linkPhone()
    const wantedAtMs = shop.clock.now() + 120 * MINUTE_MS
    const { id, visitId } = await scene.place(phone, wantedAtMs)
    await scene.pay(phone, visitId)
    const early = await phone.send('pickup.here', { orderId: id })
    const fromMs = wantedAtMs - HERE_BEFORE_MS
    expect(early.body.refusal).toEqual({ code: 'pickup.here_early', fromMs })
    await barista.send('order.accept', { orderId: id, readyInMinutes: 10 })
    shop.clock.turn(120 * MINUTE_MS - HERE_BEFORE_MS)
    expect((await phone.send('pickup.here', { orderId: id })).body.ok).toBe(true)
    const other = await scene.linkPhone()
    const soon = await scene.place(other, shop.clock.now() + 60 * MINUTE_MS)
    await scene.pay(other, soon.visitId)
    await barista.send('order.accept', { orderId: soon.id, readyInMinutes: 10 })
    await barista.send('order.move', { orderId: soon.id, from: 'accepted', to: 'ready' })
    expect((await other.send('pickup.here', { orderId: soon.id })).body.ok).toBe(true)
  })

  test('that slips is promised anew, later and never earlier; the first promise is kept', async () => {
    const scene = await createPickupScene(dialect)
    const { shop, barista } = scene
    const phone = await scene.linkPhone()
    const { id, visitId, pickup } = await scene.place(phone)
    await scene.pay(phone, visitId)
    await barista.send('order.accept', { orderId: id, readyInMinutes: 10 })
    await scene.runJobs()
    expect((await scene.order(id)).pickup?.pickupAtMs).toBe(pickup?.pickupAtMs)
    shop.clock.turn(12 * MINUTE_MS)
    await scene.runJobs()
    const late = await scene.order(id)
    expect(late.pickup?.pickupAtMs).toBeGreaterThan(shop.clock.now())
    expect(late.promisedAtMs).toBe(late.pickup?.pickupAtMs)
    expect(late.pickup?.firstPromisedAtMs).toBe(pickup?.pickupAtMs)
    expect((late.pickup?.pickupAtMs ?? 1) % MINUTE_MS).toBe(0)
    await scene.runJobs()
    expect((await scene.order(id)).rev).toBe(late.rev)
    await barista.send('order.move', { orderId: id, from: 'accepted', to: 'ready' })
    const promises = await scene.manager.fetch(`/api/desk/${scene.outlet.id}/promises/2026-11-18`)
    expect(await promises.json()).toMatchObject({ made: 1, kept: 0, hitPermille: 0 })
  })

  test('for later is begun later, and is not promised earlier than it was wanted', async () => {
    const scene = await createPickupScene(dialect)
    const { shop, barista } = scene
    const phone = await scene.linkPhone()
    const wantedAtMs = shop.clock.now() + 4 * 60 * MINUTE_MS
    const { id, visitId } = await scene.place(phone, wantedAtMs)
    await scene.pay(phone, visitId)
    await barista.send('order.accept', { orderId: id, readyInMinutes: 5 })
    const accepted = await scene.order(id)
    expect(accepted).toMatchObject({ promisedAtMs: wantedAtMs, pickup: { pickupAtMs: wantedAtMs } })
    expect(accepted.pickup?.startAtMs).toBeGreaterThan(wantedAtMs - 20 * MINUTE_MS)
  })

  test('keeps its visit open while it is due, however long that is', async () => {
    const scene = await createPickupScene(dialect)
    const phone = await scene.linkPhone()
    const { visitId } = await scene.place(phone, scene.shop.clock.now() + 8 * 60 * MINUTE_MS)
    await scene.pay(phone, visitId)
    scene.shop.clock.turn(5 * 60 * MINUTE_MS)
    expect(await readIdleVisits(scene.shop.read, scene.shop.clock.now())).toEqual([])
  })
})
