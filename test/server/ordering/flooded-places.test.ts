import { expect, test } from 'vitest'
import { MAX_UNANSWERED_PICKUPS_PER_OUTLET, MAX_UNPAID_PICKUPS_PER_OUTLET } from '#shared/ordering/pickup.ts'
import { MAX_AWAITED_PER_TABLE, MAX_AWAITED_WITH_FIRST } from '#shared/visits/visit.ts'
import { readHeldAtTable } from '../../../server/ordering/pay-first.store.ts'
import { type Dialect, describeOnBoth } from '../../support/both-databases.ts'
import type { Browser } from '../../support/browser.ts'
import { createPickupScene, MINUTE_MS, type PickupScene } from '../../support/pickup-scene.ts'

const FLOODER = '203.0.113.9'
const CAFE = '198.51.100.7'
const CARRIER = '192.0.2.4'
const espresso = [{ itemId: 'espresso' }]

type PayWhen = { readonly table: 'first' | 'end'; readonly pickup: 'first' | 'end' }
const openAt = (dialect: Dialect, payWhen: PayWhen) =>
  createPickupScene(dialect, { payWhen, provider: 'practice', methods: ['qris', 'cash'] })

/** A new phone behind this address, and its first order for pick-up. */
async function fetchFrom({ shop, outlet }: PickupScene, address: string) {
  const phone = shop.stranger(address)
  await phone.send('phone.begin', { outletId: outlet.id })
  const args = await shop.pickupArgs(outlet.id, espresso)
  return { phone, args, answer: (await phone.send('pickup.place', args)).body }
}

/** A new phone behind this address at the table, and what it orders there. */
async function sitDown({ shop }: PickupScene, address: string) {
  const { token } = await shop.table('A1')
  const phone = shop.stranger(address)
  await phone.send('code.scan', { token })
  const order = async () => {
    const args = await shop.orderArgs(token)
    return { args, answer: (await phone.send('order.place', args)).body }
  }
  return { phone, order, ...(await order()) }
}

/** Shows a code, or promises to come to the till, for the one cup of this order. */
async function begin(scene: PickupScene, phone: Browser, orderId: string, method: 'qris' | 'cash') {
  const { visitId } = await scene.order(orderId)
  const { billId } = (await phone.send('bill.open', { visitId })).body.result
  const part = { kind: 'items', units: [{ orderId, line: 0, quantity: 1 }] }
  const args = { paymentId: scene.shop.id('pay'), billId, method, part, tipRp: 0 }
  const asked = await phone.send('bill.pay', { ...args, shownRp: 0 })
  const begun = await phone.send('bill.pay', { ...args, shownRp: asked.body.refusal.askedRp })
  expect(begun.body.ok).toBe(true)
  await scene.shop.gatewayWork.run()
  return scene.payment(args.paymentId)
}

/** Takes whatever place is free, as often as one is, every twenty seconds. */
async function flood(scene: PickupScene, place: () => Promise<boolean>, minutes: number) {
  for (let tick = 0; tick < minutes * 3; tick++) {
    scene.shop.clock.turn(20_000)
    while (await place()) {}
  }
}

describeOnBoth('who floods the places from one address', (dialect) => {
  test('keeps nobody elsewhere out of a table that pays first', { timeout: 120_000 }, async () => {
    const scene = await openAt(dialect, { table: 'first', pickup: 'first' })
    const again = await sitDown(scene, FLOODER)
    const place = async () => (await sitDown(scene, FLOODER)).answer.ok
    while (await place()) {}
    await flood(scene, place, 7)
    const guest = await sitDown(scene, CARRIER)
    expect(guest.answer.ok).toBe(true)
    await begin(scene, guest.phone, guest.args.orderId, 'cash')
    scene.shop.clock.turn(4 * MINUTE_MS)
    for (let more = 0; more < MAX_AWAITED_WITH_FIRST; more++) await place()
    // From there each further phone makes room among its own alone.
    expect((await scene.order(guest.args.orderId)).status).toBe('placed')
    expect((await scene.order(again.args.orderId)).status).toBe('cancelled')
  })

  test('keeps no place by codes either; money that comes for one that gave way is late', async () => {
    const scene = await openAt(dialect, { table: 'first', pickup: 'first' })
    const codes: { phone: Browser; orderId: string; paymentId: string }[] = []
    for (;;) {
      const { phone, args, answer } = await sitDown(scene, FLOODER)
      if (!answer.ok) break
      const { id: paymentId } = await begin(scene, phone, args.orderId, 'qris')
      codes.push({ phone, orderId: args.orderId, paymentId })
      scene.shop.clock.turn(1000)
    }
    expect(codes).toHaveLength(MAX_AWAITED_WITH_FIRST)
    expect((await sitDown(scene, CARRIER)).answer.ok).toBe(true)
    await scene.shop.gatewayWork.run()
    const newest = codes.at(-1)
    expect(await scene.order(newest?.orderId ?? '')).toMatchObject({
      status: 'cancelled',
      reason: { code: 'unpaid' },
    })
    if (newest) await scene.play(newest.phone, newest.paymentId, 'pay_late')
    expect((await scene.payment(newest?.paymentId ?? '')).status).toBe('paid_late')
  })

  test('ends no order of a party behind the same address that is paying just now', async () => {
    const scene = await openAt(dialect, { table: 'first', pickup: 'first' })
    const party = await sitDown(scene, CAFE)
    const code = await begin(scene, party.phone, party.args.orderId, 'qris')
    scene.shop.clock.turn(20_000)
    while ((await sitDown(scene, CAFE)).answer.ok) {}
    for (const address of [CARRIER, FLOODER, '192.0.2.5']) {
      expect((await sitDown(scene, address)).answer.ok).toBe(true)
    }
    await scene.play(party.phone, code.id, 'pay')
    expect((await scene.payment(code.id)).status).toBe('paid')
    expect(await scene.order(party.args.orderId)).toMatchObject({
      status: 'placed',
      payFirst: { state: 'paid' },
    })
  })

  test('loses no order for which money has come, though too little', async () => {
    const scene = await openAt(dialect, { table: 'first', pickup: 'first' })
    const oldest = await sitDown(scene, FLOODER)
    const code = await begin(scene, oldest.phone, oldest.args.orderId, 'qris')
    await scene.play(oldest.phone, code.id, 'pay_short')
    scene.shop.clock.turn(1000)
    while ((await sitDown(scene, FLOODER)).answer.ok) scene.shop.clock.turn(1000)
    expect((await sitDown(scene, CARRIER)).answer.ok).toBe(true)
    expect((await scene.order(oldest.args.orderId)).status).toBe('placed')
  })

  test('keeps nobody elsewhere from a pick-up that is paid first', { timeout: 120_000 }, async () => {
    const scene = await openAt(dialect, { table: 'end', pickup: 'first' })
    const place = async () => (await fetchFrom(scene, FLOODER)).answer.ok
    for (let each = 0; each < MAX_UNPAID_PICKUPS_PER_OUTLET; each++) await place()
    await flood(scene, place, 7)
    const guest = await fetchFrom(scene, CARRIER)
    expect(guest.answer.ok).toBe(true)
    scene.shop.clock.turn(4 * MINUTE_MS)
    await place()
    expect((await scene.order(guest.args.orderId)).status).toBe('placed')
  })

  test('keeps nobody elsewhere from a pick-up that is paid at the end', { timeout: 120_000 }, async () => {
    const scene = await openAt(dialect, { table: 'end', pickup: 'end' })
    const place = async () => (await fetchFrom(scene, FLOODER)).answer.ok
    while (await place()) {}
    await flood(scene, place, 7)
    const guest = await fetchFrom(scene, CARRIER)
    expect(guest.answer.ok).toBe(true)
    for (let more = 0; more < MAX_UNANSWERED_PICKUPS_PER_OUTLET; more++) {
      scene.shop.clock.turn(MINUTE_MS)
      await place()
    }
    expect((await scene.order(guest.args.orderId)).status).toBe('placed')
  })
})

describeOnBoth('guests behind one address', (dialect) => {
  test('order at a table that pays first, sixty in turn, each with room once others waited three minutes', async () => {
    const scene = await openAt(dialect, { table: 'first', pickup: 'first' })
    const guests = []
    for (let each = 0; each < 60; each++) {
      const guest = await sitDown(scene, CAFE)
      expect(guest.answer.ok).toBe(true)
      guests.push(guest)
      scene.shop.clock.turn(10_000)
    }
    const waiting = await Promise.all(
      guests.map(async ({ args }) => (await scene.order(args.orderId)).status),
    )
    expect(waiting.slice(-MAX_AWAITED_WITH_FIRST)).toEqual(Array(MAX_AWAITED_WITH_FIRST).fill('placed'))
  })

  test('a party whose phones promised to pay at the till keeps its orders for as long as they say', async () => {
    const scene = await openAt(dialect, { table: 'first', pickup: 'first' })
    const payers: Awaited<ReturnType<typeof sitDown>>[] = []
    for (let each = 0; each < 5; each++) {
      const payer = await sitDown(scene, CAFE)
      await begin(scene, payer.phone, payer.args.orderId, 'cash')
      // Their second and third wait for room: they end nobody's first.
      for (let further = 0; further < 2; further++) {
        scene.shop.clock.turn(20_000)
        const { answer } = await payer.order()
        if (!answer.ok) expect(answer.refusal).toEqual({ code: 'order.table_unpaid' })
      }
      payers.push(payer)
    }
    const statuses = () =>
      Promise.all(payers.map(async ({ args }) => (await scene.order(args.orderId)).status))
    scene.shop.clock.turn(4 * MINUTE_MS)
    for (let more = 0; more < MAX_AWAITED_PER_TABLE * 2; more++) await sitDown(scene, CAFE)
    expect(await statuses()).toEqual(payers.map(() => 'placed'))
    scene.shop.clock.turn(20 * MINUTE_MS)
    await scene.runJobs()
    expect(await statuses()).toEqual(payers.map(() => 'cancelled'))
  })

  test('find room after three minutes at a table that others shut with promises', async () => {
    const scene = await openAt(dialect, { table: 'first', pickup: 'first' })
    for (;;) {
      const { phone, args, answer } = await sitDown(scene, CAFE)
      if (!answer.ok) break
      await begin(scene, phone, args.orderId, 'cash')
    }
    scene.shop.clock.turn(2 * MINUTE_MS)
    expect((await sitDown(scene, CAFE)).answer.refusal).toEqual({ code: 'order.table_unpaid' })
    scene.shop.clock.turn(MINUTE_MS)
    let guests = 0
    while ((await sitDown(scene, CAFE)).answer.ok) guests++
    // All but what one party may have promised.
    expect(guests).toBe(MAX_AWAITED_WITH_FIRST - 8)
  })

  test('and at one that others shut with codes that they never pay', async () => {
    const scene = await openAt(dialect, { table: 'first', pickup: 'first' })
    const first = await sitDown(scene, CAFE)
    await begin(scene, first.phone, first.args.orderId, 'qris')
    scene.shop.clock.turn(1000)
    for (;;) {
      const { phone, args, answer } = await sitDown(scene, CAFE)
      if (!answer.ok) break
      await begin(scene, phone, args.orderId, 'qris')
    }
    scene.shop.clock.turn(2 * MINUTE_MS)
    expect((await sitDown(scene, CAFE)).answer.refusal).toEqual({ code: 'order.table_unpaid' })
    scene.shop.clock.turn(MINUTE_MS)
    const guest = await sitDown(scene, CAFE)
    expect(guest.answer.ok).toBe(true)
    await begin(scene, guest.phone, guest.args.orderId, 'qris')
    let guests = 1
    while ((await sitDown(scene, CAFE)).answer.ok) guests++
    expect(guests).toBe(MAX_AWAITED_WITH_FIRST - 8)
    // Neither who was there first nor who is paying just now has lost a place by it.
    for (const { args } of [first, guest]) expect((await scene.order(args.orderId)).status).toBe('placed')
  })
})

describeOnBoth('a table that pays first, full of orders that nobody pays', (dialect) => {
  const addresses = Array.from({ length: MAX_AWAITED_WITH_FIRST }, (_, at) => `198.51.100.${at + 1}`)

  /** As many orders as the table takes, each from somewhere else, and none of them paid for long. */
  async function fill(scene: PickupScene) {
    const guests: Awaited<ReturnType<typeof sitDown>>[] = []
    for (const address of addresses) {
      const guest = await sitDown(scene, address)
      expect(guest.answer.ok).toBe(true)
      guests.push(guest)
      scene.shop.clock.turn(1000)
    }
    scene.shop.clock.turn(4 * MINUTE_MS)
    const statuses = () =>
      Promise.all(guests.map(async ({ args }) => (await scene.order(args.orderId)).status))
    return { guests, statuses }
  }

  test('gives another’s place to a phone’s first alone', async () => {
    const scene = await openAt(dialect, { table: 'first', pickup: 'first' })
    const { guests, statuses } = await fill(scene)
    const second = await guests.at(-1)?.order()
    expect(second?.answer.refusal).toEqual({ code: 'order.table_unpaid' })
    expect(await statuses()).toEqual(guests.map(() => 'placed'))
    expect((await sitDown(scene, CARRIER)).answer.ok).toBe(true)
    expect(await statuses()).toEqual(guests.map((_, at) => (at === 0 ? 'cancelled' : 'placed')))
  })

  test('never takes the party’s own for a stranger’s', async () => {
    const scene = await openAt(dialect, { table: 'first', pickup: 'first' })
    const host = await sitDown(scene, CAFE)
    const code = await begin(scene, host.phone, host.args.orderId, 'qris')
    await scene.play(host.phone, code.id, 'pay')
    const own = await host.order()
    expect(await scene.order(own.args.orderId)).toMatchObject({
      presence: 'proven',
      payFirst: { state: 'awaited' },
    })
    scene.shop.clock.turn(1000)
    const { guests, statuses } = await fill(scene)
    expect((await sitDown(scene, CARRIER)).answer.ok).toBe(true)
    expect((await scene.order(own.args.orderId)).status).toBe('placed')
    expect(await statuses()).toEqual(guests.map((_, at) => (at === 0 ? 'cancelled' : 'placed')))
  })

  test('believes a promise to come to the till for as long as it holds, not until somebody has cleared it away', async () => {
    const scene = await openAt(dialect, { table: 'first', pickup: 'first' })
    const guest = await sitDown(scene, CAFE)
    const promise = await begin(scene, guest.phone, guest.args.orderId, 'cash')
    const { visitId } = await scene.order(guest.args.orderId)
    const isPromisedAt = async (nowMs: number) =>
      (await readHeldAtTable(scene.shop.read, visitId, nowMs)).map(({ isPromised }) => isPromised)
    const endsAtMs = promise.expiresAtMs ?? 0
    expect(await isPromisedAt(endsAtMs - 1)).toEqual([true])
    expect(await isPromisedAt(endsAtMs)).toEqual([false])
  })
})
