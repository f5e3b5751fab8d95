import { expect, test } from 'vitest'
import type { Order } from '#shared/ordering/order.ts'
import type { Change } from '#shared/protocol.ts'
import type { VisitPhone } from '#shared/visits/visit.ts'
import { type Dialect, describeOnBoth } from '../../support/both-databases.ts'
import { createScene } from '../../support/scene.ts'

const MINUTE_MS = 60_000
const waited = (ms: number) => ({ headers: { 'meja-waited-ms': String(ms) } })
const refusal = { code: 'order.visit_closed_since' }

/** A1, whose party was closed a minute ago; `phone` was of the party, and `order` is what it had tapped before. */
async function closedTable(dialect: Dialect) {
  const scene = await createScene({ dialect })
  const { shop, barista, phone, table, visitId } = scene
  const { token } = table
  const order = await shop.orderArgs(token)
  shop.clock.turn(MINUTE_MS)
  await barista.send('visit.close', { visitId })
  shop.clock.turn(MINUTE_MS)
  /** Strangers sit down there and order; answers their visit. */
  const seatOthers = async () => {
    const args = await shop.orderArgs(token)
    const placed = await (await shop.phone('A1')).send('order.place', args)
    await barista.send('order.accept', { orderId: args.orderId, readyInMinutes: 5 })
    return String(placed.body.result.visitId)
  }
  const counts = async () => [await shop.count('orders'), await shop.count('visits')]
  const place = (waitedMs: number, id?: string) =>
    phone.send('order.place', order, { ...waited(waitedMs), ...(id && { id }) })
  return { ...scene, token, order, seatOthers, counts, place }
}

describeOnBoth('an order that was tapped before its table was closed and comes after', (dialect) => {
  test('is no order of the strangers who sit there now, however often it comes', async () => {
    const { shop, phone, seatOthers, counts, place } = await closedTable(dialect)
    await seatOthers()
    const before = [await counts(), await shop.count('records')]
    const refused = await place(2 * MINUTE_MS)
    expect([refused.status, refused.body.refusal]).toEqual([409, refusal])
    shop.clock.turn(5 * MINUTE_MS)
    expect((await place(7 * MINUTE_MS, refused.id)).body.refusal).toEqual(refusal)
    expect((await place(7 * MINUTE_MS)).body.refusal).toEqual(refusal)
    expect([await counts(), await shop.count('records')]).toEqual(before)
    const told = (await shop.readStream(phone, `customer:${phone.customerId}`)) ?? []
    const places = told.filter(({ kind }) => kind === 'visit_phone').map(({ body }) => body as VisitPhone)
    expect(places.filter(({ isVisitOpen }) => isVisitOpen)).toEqual([])
  })

  test('does not open the empty table anew', async () => {
    const { counts, place } = await closedTable(dialect)
    const before = await counts()
    expect((await place(90_000)).body.refusal).toEqual(refusal)
    expect(await counts()).toEqual(before)
  })

  test('is not sent for a guest who has since ordered there once more either', async () => {
    const { shop, phone, token, place } = await closedTable(dialect)
    expect((await phone.send('order.place', await shop.orderArgs(token))).status).toBe(200)
    expect((await place(90_000)).body.refusal).toEqual(refusal)
  })

  test('goes to the barista once a scan says that the guest sits there: who accepts it lets them in', async () => {
    const { phone, token, place, seatOthers } = await closedTable(dialect)
    const visitId = await seatOthers()
    await phone.send('code.scan', { token })
    const placed = await place(2 * MINUTE_MS)
    expect(placed.body.result.visitId).toBe(visitId)
    const order = placed.body.changes.find(({ kind }: Change) => kind === 'order').body as Order
    expect(order).toMatchObject({ status: 'placed', presence: 'unproven' })
  })

  test('is asked for again from the cart: ordered anew, it goes', async () => {
    const { phone, order, place, shop } = await closedTable(dialect)
    await place(2 * MINUTE_MS)
    const anew = await phone.send('order.place', { ...order, orderId: shop.id('ord') }, waited(40))
    expect(anew.status).toBe(200)
  })
})

describeOnBoth('what no closing has overtaken', (dialect) => {
  test.each([0, 30_000])(
    'an order that was tapped after the closing, by a clock %i ms ahead',
    async (aheadMs) => {
      for (const [afterMs, waitedMs] of [
        [400, 300],
        [2 * MINUTE_MS, MINUTE_MS],
      ] as const) {
        const { shop, phone, barista, table, visitId } = await createScene({ dialect })
        shop.clock.turn(MINUTE_MS + aheadMs)
        await barista.send('visit.close', { visitId })
        shop.clock.turn(afterMs - aheadMs)
        const placed = await phone.send('order.place', await shop.orderArgs(table.token), waited(waitedMs))
        expect([waitedMs, placed.status]).toEqual([waitedMs, 200])
      }
    },
  )

  test('an order that was placed before the closing is answered as ever when its answer was lost', async () => {
    const { shop, barista, phone, table, visitId } = await createScene({ dialect })
    const args = await shop.orderArgs(table.token)
    const first = await phone.send('order.place', args)
    await barista.send('visit.close', { visitId })
    shop.clock.turn(MINUTE_MS)
    const again = await phone.send('order.place', args, { id: first.id, ...waited(MINUTE_MS) })
    expect([again.status, again.body.result]).toEqual([200, first.body.result])
    const twice = await phone.send('order.place', args, waited(MINUTE_MS))
    expect(twice.body.refusal).toEqual({ code: 'order.id_taken' })
  })

  test('one that does not say how long it waited was sent at once; what is no duration is too old', async () => {
    const { phone, order, shop } = await closedTable(dialect)
    for (const odd of ['', '-1', 'abc', '1e9', '9'.repeat(40)]) {
      const answer = await phone.send('order.place', order, { headers: { 'meja-waited-ms': odd } })
      expect([odd, answer.body.refusal]).toEqual([odd, { code: 'request.waited_too_long' }])
    }
    const unsaid = await phone.send('order.place', { ...order, orderId: shop.id('ord') })
    expect(unsaid.status).toBe(200)
  })

  test('a phone that was never at the table, and an order at another table, go however long they waited', async () => {
    const { shop, phone, order } = await closedTable(dialect)
    const other = await shop.phone('A1')
    const first = await other.send('order.place', { ...order, orderId: shop.id('ord') }, waited(90_000))
    expect(first.status).toBe(200)
    const elsewhere = await shop.orderArgs((await shop.table('A2')).token)
    expect((await phone.send('order.place', elsewhere, waited(90_000))).status).toBe(200)
  })

  test('a new guest, who only asked the party before to let it in, has left nothing: the order goes', async () => {
    const { asking, order, shop } = await closedTable(dialect)
    const placed = await asking.send('order.place', { ...order, orderId: shop.id('ord') }, waited(90_000))
    expect(placed.status).toBe(200)
  })

  test('a guest who sat alone, whose first order nobody had answered, was of the visit that was closed', async () => {
    const { shop, barista } = await createScene({ dialect })
    const alone = await shop.phone('A3')
    const { token } = await shop.table('A3')
    const first = await alone.send('order.place', await shop.orderArgs(token))
    const second = await shop.orderArgs(token)
    shop.clock.turn(MINUTE_MS)
    const { visitId } = first.body.result
    await barista.send('visit.close', { visitId })
    shop.clock.turn(MINUTE_MS)
    expect((await alone.send('order.place', second, waited(90_000))).body.refusal).toEqual(refusal)
  })

  test('a pick-up order is of no table', async () => {
    const { shop, outlet, phone } = await closedTable(dialect)
    const args = await shop.pickupArgs(outlet.id)
    expect((await phone.send('pickup.place', args, waited(2 * MINUTE_MS))).status).toBe(200)
  })
})

describeOnBoth('a call that was tapped before its table was closed and comes after', (dialect) => {
  const callAt = async (dialect: Dialect, waitedMs: number, scans = false) => {
    const { shop, phone, token, seatOthers } = await closedTable(dialect)
    await seatOthers()
    if (scans) await phone.send('code.scan', { token })
    const callId = shop.id('cal')
    const before = await shop.count('records')
    const answer = await phone.send('call.place', { callId, token, kind: 'bill', note: '' }, waited(waitedMs))
    return { ...answer, more: (await shop.count('records')) - before }
  }

  test('brings nobody to the strangers who sit there now', async () => {
    const { body, more } = await callAt(dialect, 2 * MINUTE_MS)
    expect([body.refusal, more]).toEqual([{ code: 'call.visit_closed_since' }, 0])
  })

  test.each([
    ['tapped after the closing', 30_000, false],
    ['of a guest whom a scan says to sit there', 2 * MINUTE_MS, true],
  ])('one %s goes', async (_, waitedMs, scans) => {
    expect(await callAt(dialect, waitedMs, scans)).toMatchObject({ status: 200, more: 1 })
  })
})
