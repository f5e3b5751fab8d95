import { expect, test } from 'vitest'
import { isUnseen, UNSEEN_AFTER_MS } from '#shared/ordering/order.ts'
import type { Change } from '#shared/protocol.ts'
import { type Dialect, describeOnBoth } from '../../support/both-databases.ts'
import { createPickupScene, MINUTE_MS } from '../../support/pickup-scene.ts'

const tablePaysFirst = { payWhen: { table: 'first', pickup: 'first' } } as const

async function createTable(dialect: Dialect) {
  const scene = await createPickupScene(dialect, tablePaysFirst)
  const { shop } = scene
  const { token } = await shop.table('A1')
  const phone = await shop.phone('A1')
  const place = async (by: typeof phone, lines?: Parameters<typeof shop.orderArgs>[1]) => {
    const args = await shop.orderArgs(token, lines)
    shop.clock.turn(1000)
    const answer = await by.send('order.place', args)
    if (!answer.body.ok) throw new Error(`Placing was answered ${JSON.stringify(answer.body)}`)
    return scene.order(args.orderId)
  }
  const cupsOf = (orderId: string, quantity = 1) =>
    ({ kind: 'items', units: [{ orderId, line: 0, quantity }] }) as const
  return { ...scene, token, phone, placeAt: place, cupsOf }
}

describeOnBoth('a table that pays first', (dialect) => {
  test('proves its presence by paying: the order comes to the board as new, and its phone is let in', async () => {
    const scene = await createTable(dialect)
    const { shop, phone, barista } = scene
    const placed = await scene.placeAt(phone)
    expect(placed).toMatchObject({ presence: 'unproven', payFirst: { state: 'awaited' } })
    await barista.send('order.see', { orderIds: [placed.id] })
    expect((await scene.order(placed.id)).seenAtMs).toBeNull()
    expect(isUnseen(placed, placed.placedAtMs + 10 * UNSEEN_AFTER_MS)).toBe(false)
    expect(await shop.readStream(phone, `visit:${placed.visitId}`)).toBeNull()

    shop.clock.turn(5 * MINUTE_MS)
    const paid = await scene.pay(phone, placed.visitId, scene.cupsOf(placed.id))
    expect(paid).toMatchObject({ status: 'paid', amountRp: placed.quote.totalRp })
    const released = await scene.order(placed.id)
    expect(released).toMatchObject({
      status: 'placed',
      presence: 'proven',
      payFirst: { state: 'paid', releasedAtMs: shop.clock.now() },
    })
    expect(isUnseen(released, shop.clock.now() + UNSEEN_AFTER_MS - 1)).toBe(false)
    expect(isUnseen(released, shop.clock.now() + UNSEEN_AFTER_MS)).toBe(true)
    expect(await shop.readStream(phone, `visit:${placed.visitId}`)).not.toBeNull()
    expect((await barista.send('order.accept', { orderId: placed.id, readyInMinutes: 5 })).body.ok).toBe(true)
  })

  test('a phone that was not let in pays its own cups, and learns nothing of the table', async () => {
    const scene = await createTable(dialect)
    const { shop, phone } = scene
    const own = await scene.placeAt(phone)
    await scene.pay(phone, own.visitId, scene.cupsOf(own.id))
    const stranger = await shop.phone('A1')
    const nothing = await stranger.send('bill.open', { visitId: own.visitId })
    expect(nothing.body.refusal).toEqual({ code: 'visit.unknown' })
    const theirs = await scene.placeAt(stranger)
    const opened = await stranger.send('bill.open', { visitId: own.visitId })
    expect(opened.body.result.code).toBeNull()
    const { billId } = opened.body.result
    const wish = { paymentId: shop.id('pay'), billId, method: 'qris', tipRp: 0, shownRp: 0 }
    const rest = await stranger.send('bill.pay', { ...wish, part: { kind: 'rest' } })
    expect(rest.body.refusal).toEqual({ code: 'visit.not_member' })
    const others = await stranger.send('bill.pay', { ...wish, part: scene.cupsOf(own.id) })
    expect(others.body.refusal).toEqual({ code: 'bill.item_unknown', orderId: own.id, line: 0 })
    const shown = await scene.showCode(stranger, own.visitId, scene.cupsOf(theirs.id))
    const heard = await shop.readStream(stranger, `customer:${stranger.customerId}`)
    const payments = (heard ?? []).filter(({ kind }: Change) => kind === 'payment')
    expect(payments.at(-1)?.body).toMatchObject({ id: shown.id, qrText: shown.qrText })
    expect((heard ?? []).some(({ kind }: Change) => kind === 'bill')).toBe(false)
    await scene.play(stranger, shown.id, 'pay')
    expect((await scene.order(theirs.id)).payFirst?.state).toBe('paid')
  })

  test('money releases the oldest first, as far as it reaches, and named cups whatever their age', async () => {
    const scene = await createTable(dialect)
    const { shop, phone } = scene
    const first = await scene.placeAt(phone)
    await scene.pay(phone, first.visitId, scene.cupsOf(first.id))
    const [older, newer, named] = [
      await scene.placeAt(phone),
      await scene.placeAt(phone),
      await scene.placeAt(phone, [{ itemId: 'americano', quantity: 2 }]),
    ]
    const states = async () =>
      Promise.all([older, newer, named].map(async ({ id }) => (await scene.order(id)).payFirst?.state))
    await scene.pay(phone, first.visitId, scene.cupsOf(named.id, 1))
    expect(await states()).toEqual(['awaited', 'awaited', 'awaited'])
    await scene.pay(phone, first.visitId, scene.cupsOf(named.id, 1))
    expect(await states()).toEqual(['awaited', 'awaited', 'paid'])
    await scene.pay(phone, first.visitId, { kind: 'amount', amountRp: older.quote.totalRp - 1000 })
    expect(await states()).toEqual(['awaited', 'awaited', 'paid'])
    await scene.pay(phone, first.visitId, { kind: 'amount', amountRp: 2000 })
    expect(await states()).toEqual(['paid', 'awaited', 'paid'])
    const cash = { paymentId: shop.id('pay'), method: 'cash', part: { kind: 'rest' }, tipRp: 0 } as const
    const opened = await phone.send('bill.open', { visitId: first.visitId })
    const taking = { ...cash, billId: opened.body.result.billId, tenderedRp: 500_000 }
    const asked = await scene.barista.send('payment.take', { ...taking, shownRp: 0 })
    await scene.barista.send('payment.take', { ...taking, shownRp: asked.body.refusal.askedRp })
    expect(await states()).toEqual(['paid', 'paid', 'paid'])
  })

  test('too little, or in doubt, releases nothing', async () => {
    const scene = await createTable(dialect)
    const { phone } = scene
    const placed = await scene.placeAt(phone)
    const shown = await scene.showCode(phone, placed.visitId, scene.cupsOf(placed.id))
    await scene.play(phone, shown.id, 'pay_short')
    expect((await scene.payment(shown.id)).status).toBe('short')
    expect((await scene.order(placed.id)).payFirst?.state).toBe('awaited')
  })

  test('a manager may let it pass unpaid; nobody else, and it stays on the bill', async () => {
    const scene = await createTable(dialect)
    const { phone, barista, approval } = scene
    const placed = await scene.placeAt(phone)
    const wish = { orderId: placed.id, reason: 'tamu langganan' }
    const wrong = await barista.send('payment.waive', { ...wish, approval: { ...approval, pin: '000001' } })
    expect(wrong.body.result).toMatchObject({ ok: false, code: 'staff.wrong_pin' })
    const own = await barista.send('payment.waive', {
      ...wish,
      approval: { ...approval, staffId: barista.staffId },
    })
    expect(own.body.refusal.code).toBe('session.not_allowed')
    const waived = await barista.send('payment.waive', { ...wish, approval })
    expect(waived.body.result).toMatchObject({ ok: true })
    expect(await scene.order(placed.id)).toMatchObject({ presence: 'proven', payFirst: { state: 'waived' } })
    expect((await barista.send('order.accept', { orderId: placed.id, readyInMinutes: 5 })).body.ok).toBe(true)
    const opened = await phone.send('bill.open', { visitId: placed.visitId })
    expect(opened.body.ok).toBe(true)
  })

  test('an order that is not paid in time ends, and says why', async () => {
    const scene = await createTable(dialect)
    const placed = await scene.placeAt(scene.phone)
    scene.shop.clock.turn(15 * MINUTE_MS)
    await scene.runJobs()
    expect(await scene.order(placed.id)).toMatchObject({
      status: 'cancelled',
      reason: { code: 'unpaid', text: '' },
    })
  })

  test('where tables pay at the end nothing waits', async () => {
    const scene = await createPickupScene(dialect)
    const phone = await scene.shop.phone('A1')
    const args = await scene.shop.orderArgs((await scene.shop.table('A1')).token)
    await phone.send('order.place', args)
    expect((await scene.order(args.orderId)).payFirst).toBeNull()
  })
})
