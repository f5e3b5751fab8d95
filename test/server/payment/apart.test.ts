import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import type { Bill, Payment } from '#shared/payment/payment.ts'
import type { Change } from '#shared/protocol.ts'
import { MAX_AWAITED_PER_TABLE, MAX_AWAITED_WITH_FIRST, type VisitPhone } from '#shared/visits/visit.ts'
import { readBillOfVisit } from '../../../server/payment/bills/bill.store.ts'
import { readPhones } from '../../../server/visits/visit.store.ts'
import { type Dialect, describeOnBoth } from '../../support/both-databases.ts'
import { createPickupScene, MINUTE_MS } from '../../support/pickup-scene.ts'

const cupsOf = (orderId: string, quantity = 1) =>
  ({ kind: 'items', units: [{ orderId, line: 0, quantity }] }) as const

/** A guest who was let in by paying, and a stranger beside them with an order ten times as dear. */
async function createTable(dialect: Dialect) {
  const scene = await createPickupScene(dialect, { payWhen: { table: 'first', pickup: 'first' } })
  const { shop } = scene
  const { token } = await shop.table('A1')
  const placeAt = async (by: Awaited<ReturnType<typeof shop.phone>>, quantity = 1) => {
    const args = await shop.orderArgs(token, [{ itemId: 'americano', quantity }])
    shop.clock.turn(1000)
    const answer = await by.send('order.place', args)
    if (!answer.body.ok) throw new Error(`Placing was answered ${JSON.stringify(answer.body)}`)
    return scene.order(args.orderId)
  }
  const [guest, stranger] = [await shop.phone('A1'), await shop.phone('A1')]
  const first = await placeAt(guest)
  const { visitId } = first
  await scene.pay(guest, visitId, cupsOf(first.id))
  const theirs = await placeAt(stranger, 10)
  const bill = async () => (await readBillOfVisit(shop.read, visitId)) as Bill
  const stateOf = async (orderId: string) => (await scene.order(orderId)).payFirst?.state
  const phoneOf = async (number: number): Promise<VisitPhone['state'] | undefined> =>
    (await readPhones(shop.read, visitId)).find((phone) => phone.number === number)?.state
  const ask = async (by: typeof guest, part: object) => {
    const { id: billId } = await bill()
    const wish = { paymentId: shop.id('pay'), billId, method: 'qris', tipRp: 0, shownRp: 0 }
    return (await by.send('bill.pay', { ...wish, part })).body.refusal
  }
  /** Money at the till, as the barista takes it. */
  const take = async (part: object, paymentId = shop.id('pay')) => {
    const { id: billId } = await bill()
    const args = { paymentId, billId, method: 'cash', part, tipRp: 0, tenderedRp: 5_000_000 }
    const asked = await scene.barista.send('payment.take', { ...args, shownRp: 0 })
    const shownRp = asked.body.refusal?.askedRp ?? 0
    return (await scene.barista.send('payment.take', { ...args, shownRp })).body
  }
  return {
    ...scene,
    token,
    guest,
    stranger,
    first,
    theirs,
    visitId,
    placeAt,
    bill,
    stateOf,
    phoneOf,
    ask,
    take,
  }
}

describeOnBoth('an unpaid order of a phone that nobody has let in', (dialect) => {
  test('is on nobody’s bill, in nobody’s rest, and nobody else’s money releases it', async () => {
    const scene = await createTable(dialect)
    const { shop, guest, theirs, first, visitId } = scene
    const own = await scene.placeAt(guest)
    expect((await scene.bill()).sums.totalRp).toBe(first.quote.totalRp + own.quote.totalRp)
    const heard = (await shop.readStream(guest, `visit:${visitId}`)) ?? []
    expect(heard.some(({ body }: Change) => (body as { id: string }).id === theirs.id)).toBe(false)
    expect(await scene.ask(guest, { kind: 'rest' })).toMatchObject({ amountRp: own.quote.totalRp })
    expect(await scene.ask(guest, { kind: 'amount', amountRp: theirs.quote.totalRp })).toMatchObject({
      code: 'bill.part_too_large',
      openRp: own.quote.totalRp,
    })
    expect(await scene.ask(guest, cupsOf(theirs.id, 10))).toMatchObject({ code: 'bill.item_unknown' })
    await scene.pay(guest, visitId, { kind: 'rest' })
    expect(await Promise.all([own.id, theirs.id].map(scene.stateOf))).toEqual(['paid', 'awaited'])
    expect(await scene.phoneOf(theirs.phone)).toBe('asking')
    expect((await scene.bill()).status).toBe('paid')
  })

  test('is on the bill while its own code is open, and off it again when the code runs out', async () => {
    const scene = await createTable(dialect)
    const { shop, guest, stranger, theirs, first, visitId } = scene
    const own = await scene.placeAt(guest)
    const tableRp = first.quote.totalRp + own.quote.totalRp
    const shown = await scene.showCode(stranger, visitId, cupsOf(theirs.id, 10))
    expect((await scene.bill()).sums.totalRp).toBe(tableRp + theirs.quote.totalRp)
    expect(await scene.ask(guest, { kind: 'rest' })).toMatchObject({ amountRp: own.quote.totalRp })
    await stranger.send('payment.cancel', { paymentId: shown.id })
    expect((await scene.bill()).sums.totalRp).toBe(tableRp)
    shop.clock.turn(MINUTE_MS)
    await scene.play(stranger, shown.id, 'pay')
    expect(['cancelled', 'paid_late']).toContain((await scene.payment(shown.id)).status)
    expect(await scene.stateOf(theirs.id)).toBe('awaited')
    expect(await scene.ask(guest, { kind: 'rest' })).toMatchObject({ amountRp: own.quote.totalRp })
  })

  test('is released by its own money, whole, and its phone is let in', async () => {
    const scene = await createTable(dialect)
    const { shop, guest, stranger, theirs, visitId } = scene
    const own = await scene.placeAt(guest)
    expect(await scene.ask(stranger, cupsOf(theirs.id, 3))).toEqual({
      code: 'bill.part_too_small',
      minRp: theirs.quote.totalRp,
    })
    await scene.pay(stranger, visitId, cupsOf(theirs.id, 10))
    expect(await Promise.all([own.id, theirs.id].map(scene.stateOf))).toEqual(['awaited', 'paid'])
    expect(await scene.phoneOf(theirs.phone)).toBe('admitted')
    const heard = (await shop.readStream(guest, `visit:${visitId}`)) ?? []
    expect(heard.some(({ body }: Change) => (body as { id: string }).id === theirs.id)).toBe(true)
    expect(await scene.ask(guest, { kind: 'rest' })).toMatchObject({ amountRp: own.quote.totalRp })
  })

  test('what came short for it helps nobody and is asked of nobody', async () => {
    const scene = await createTable(dialect)
    const { guest, stranger, theirs, visitId } = scene
    const own = await scene.placeAt(guest)
    const shown = await scene.showCode(stranger, visitId, cupsOf(theirs.id, 10))
    await scene.play(stranger, shown.id, 'pay_short')
    expect(await Promise.all([own.id, theirs.id].map(scene.stateOf))).toEqual(['awaited', 'awaited'])
    expect(await scene.ask(guest, { kind: 'rest' })).toMatchObject({ amountRp: own.quote.totalRp })
  })

  test('is released by its own money that came late, once a manager counts it', async () => {
    const scene = await createTable(dialect)
    const { barista, guest, stranger, theirs, visitId, approval } = scene
    const own = await scene.placeAt(guest)
    const { id: paymentId } = await scene.showCode(stranger, visitId, cupsOf(theirs.id, 10))
    await stranger.send('payment.cancel', { paymentId })
    await scene.play(stranger, paymentId, 'pay_late')
    await barista.send('payment.credit', { paymentId, reason: 'memang dibayar', approval })
    expect(await Promise.all([own.id, theirs.id].map(scene.stateOf))).toEqual(['awaited', 'paid'])
  })

  test('may be paid at the till: by its cups, or by the code that its phone shows', async () => {
    const scene = await createTable(dialect)
    const { shop, guest, stranger, theirs } = scene
    await scene.placeAt(guest)
    expect(await scene.take(cupsOf(theirs.id, 10))).toMatchObject({ ok: true })
    expect(await scene.stateOf(theirs.id)).toBe('paid')
    // The till's money says nothing of whose phone it is.
    expect(await scene.phoneOf(theirs.phone)).toBe('asking')
    const next = await scene.placeAt(stranger, 2)
    const wish = { billId: (await scene.bill()).id, method: 'cash', part: cupsOf(next.id, 2), tipRp: 0 }
    const paymentId = shop.id('pay')
    const asked = await stranger.send('bill.pay', { ...wish, paymentId, shownRp: 0 })
    const shownRp = asked.body.refusal.askedRp
    expect((await stranger.send('bill.pay', { ...wish, paymentId, shownRp })).body.ok).toBe(true)
    expect(await scene.take(cupsOf(next.id, 2), paymentId)).toMatchObject({ ok: true })
    expect(await scene.stateOf(next.id)).toBe('paid')
    expect(await scene.phoneOf(theirs.phone)).toBe('admitted')
  })

  test.each(['the party', 'the house', 'the board', 'the board, of all'])(
    'ends when %s says no, and its open code with it',
    async (who) => {
      const scene = await createTable(dialect)
      const { shop, guest, barista, stranger, theirs, visitId } = scene
      const own = await scene.placeAt(guest)
      const shown = await scene.showCode(stranger, visitId, cupsOf(theirs.id, 10))
      const about = { visitId, number: theirs.phone }
      const table = await shop.table('A1')
      if (who === 'the party') await guest.send('visit.answer_phone', { ...about, admit: false })
      else if (who === 'the house') await barista.send('visit.remove_phone', about)
      else if (who === 'the board') {
        await barista.send('order.reject', { orderId: theirs.id, reason: 'nobody_there', text: '' })
      } else await barista.send('visit.deny_strangers', { tableId: table.id, replaceCode: false })
      expect(await scene.order(theirs.id)).toMatchObject({
        status: 'rejected',
        reason: { code: 'nobody_there' },
      })
      expect((await scene.payment(shown.id)).status).toBe('cancelled')
      expect(await scene.ask(guest, { kind: 'rest' })).toMatchObject({ amountRp: own.quote.totalRp })
      await shop.gatewayWork.run()
      shop.clock.turn(MINUTE_MS)
      const late: Payment = await scene.play(stranger, shown.id, 'pay')
      expect(['cancelled', 'paid_late']).toContain(late.status)
      expect((await scene.order(theirs.id)).status).toBe('rejected')
      expect(await scene.phoneOf(theirs.phone)).toBe('refused')
      expect(await shop.readStream(stranger, `visit:${visitId}`)).toBeNull()
    },
  )

  test('a code left open by a stranger who takes the order back keeps nobody from paying', async () => {
    const scene = await createTable(dialect)
    const { guest, stranger, theirs, visitId } = scene
    const own = await scene.placeAt(guest)
    const shown = await scene.showCode(stranger, visitId, cupsOf(theirs.id, 10))
    await stranger.send('order.ask', { orderId: theirs.id, kind: 'cancel', note: '' })
    expect((await scene.payment(shown.id)).status).toBe('cancelled')
    expect(await scene.ask(guest, { kind: 'rest' })).toMatchObject({ amountRp: own.quote.totalRp })
  })

  test('takes no share of a discount that was given to the table', async () => {
    const scene = await createTable(dialect)
    const { guest, manager, stranger, theirs, visitId, approval } = scene
    const own = await scene.placeAt(guest)
    const what = { kind: 'amount', amountRp: 5000 }
    const given = { billId: (await scene.bill()).id, what, label: 'Maaf', reason: 'lama', approval }
    expect((await manager.send('bill.discount', given)).body.ok).toBe(true)
    const before = await scene.ask(guest, { kind: 'rest' })
    await scene.showCode(stranger, visitId, cupsOf(theirs.id, 10))
    expect((await scene.ask(guest, { kind: 'rest' })).amountRp).toBe(before.amountRp)
    expect(before.amountRp).toBeLessThan(own.quote.totalRp)
  })

  test('strangers who begin and give up payments in a row take none from the party', async () => {
    const scene = await createTable(dialect)
    const { shop, guest, stranger, theirs, visitId } = scene
    const own = await scene.placeAt(guest)
    const begin = async (by: typeof guest, orderId: string, shownRp: number, quantity: number) => {
      const paymentId = shop.id('pay')
      const wish = { billId: (await scene.bill()).id, method: 'qris', tipRp: 0, shownRp, paymentId }
      const { body } = await by.send('bill.pay', { ...wish, part: cupsOf(orderId, quantity) })
      if (body.ok) await by.send('payment.cancel', { paymentId })
      return body
    }
    const again = () => begin(stranger, theirs.id, theirs.quote.totalRp, 10)
    for (let tries = 0; tries < 5; tries++) expect((await again()).ok).toBe(true)
    expect((await again()).refusal).toEqual({ code: 'payment.too_many' })
    // Of the table as a whole: what the others gave up, as their payments stand in the books.
    const insert = sql`
      INSERT INTO payments (id, bill_id, outlet_id, customer_id, provider, status, asked_rp, created_at_ms)
      SELECT payments.id || numbers.n, payments.bill_id, payments.outlet_id, payments.customer_id || numbers.n,
        payments.provider, 'cancelled', payments.asked_rp, payments.created_at_ms
      FROM payments, (SELECT 'a' AS n UNION SELECT 'b' UNION SELECT 'c' UNION SELECT 'd' UNION SELECT 'e'
        UNION SELECT 'f' UNION SELECT 'g' UNION SELECT 'h' UNION SELECT 'i') AS numbers
      WHERE payments.customer_id = ${stranger.customerId}`
    await shop.writer.submit(async (tx) => ({ keep: true, value: await tx.run(insert) }))
    const other = await shop.phone('A1')
    const others = await scene.placeAt(other)
    // One that has begun nothing yet begins its first all the same; the next is one of too many.
    expect((await begin(other, others.id, others.quote.totalRp, 1)).ok).toBe(true)
    const refused = await begin(other, others.id, others.quote.totalRp, 1)
    expect(refused.refusal).toEqual({ code: 'payment.too_many' })
    expect((await begin(guest, own.id, own.quote.totalRp, 1)).ok).toBe(true)
    shop.clock.turn(10 * MINUTE_MS)
    expect((await again()).ok).toBe(true)
    expect(visitId).toBe(theirs.visitId)
  })

  test('a table’s places are not used up by strangers who do not pay', async () => {
    const scene = await createTable(dialect)
    const { shop } = scene
    const crowd = []
    for (let n = 0; n < MAX_AWAITED_WITH_FIRST - 1; n++)
      crowd.push(await scene.placeAt(await shop.phone('A1')))
    const next = await shop.phone('A1')
    const place = async () => next.send('order.place', await shop.orderArgs(scene.token))
    expect((await place()).body.refusal).toEqual({ code: 'order.table_unpaid' })
    shop.clock.turn(3 * MINUTE_MS)
    expect((await place()).body.ok).toBe(true)
    expect(await scene.order(scene.theirs.id)).toMatchObject({
      status: 'cancelled',
      reason: { code: 'unpaid' },
    })
  })

  test('four phones that promise to pay at the till shut nobody out of the table', async () => {
    const scene = await createTable(dialect)
    const { shop, theirs } = scene
    const promise = async (by: typeof scene.guest, orderIds: readonly string[], method: string) => {
      const units = orderIds.map((orderId) => ({ orderId, line: 0, quantity: 1 }))
      const wish = { paymentId: shop.id('pay'), billId: (await scene.bill()).id, method, tipRp: 0 }
      const part = { kind: 'items', units }
      const asked = await by.send('bill.pay', { ...wish, part, shownRp: 0 })
      const shownRp = asked.body.refusal.askedRp
      expect((await by.send('bill.pay', { ...wish, part, shownRp })).body.ok).toBe(true)
      return wish.paymentId
    }
    const held: string[] = []
    for (let n = 0; n < 4; n++) {
      const phone = await shop.phone('A1')
      const placed = []
      for (let each = 0; each < 3 && held.length + placed.length < MAX_AWAITED_PER_TABLE - 1; each++) {
        placed.push((await scene.placeAt(phone)).id)
      }
      await promise(phone, placed.slice(0, 1), 'cash')
      held.push(...placed)
    }
    const more = await scene.stranger.send('order.place', await shop.orderArgs(scene.token))
    expect(more.body.refusal).toEqual({ code: 'order.table_unpaid' })
    const honest = await shop.phone('A1')
    const first = await scene.placeAt(honest)
    const code = await promise(honest, [first.id], 'qris')
    shop.clock.turn(3 * MINUTE_MS)
    for (let each = 0; each < MAX_AWAITED_PER_TABLE; each++) {
      await scene.placeAt(await shop.phone('A1'))
    }
    const endings = await Promise.all([theirs.id, ...held].map(async (id) => (await scene.order(id)).status))
    expect(endings).toContain('cancelled')
    // What a provider may be paid for at this moment keeps its place, and it alone.
    expect((await scene.order(first.id)).status).toBe('placed')
    expect((await scene.payment(code)).status).toBe('pending')
  })
})
