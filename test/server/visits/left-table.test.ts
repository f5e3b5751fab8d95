import { expect, test } from 'vitest'
import type { VisitPhone } from '#shared/visits/visit.ts'
import { type Dialect, describeOnBoth } from '../../support/both-databases.ts'
import { createScene } from '../../support/scene.ts'

/** A1 after its party was closed and strangers have sat down there; `phone` was of the party. */
async function nextParty(dialect: Dialect) {
  const scene = await createScene({ dialect })
  const { shop, barista, table, visitId } = scene
  const { token } = table
  shop.clock.turn(1000)
  await barista.send('visit.close', { visitId })
  shop.clock.turn(60_000)
  const next = await shop.phone('A1')
  const args = await shop.orderArgs(token)
  const nextVisitId = String((await next.send('order.place', args)).body.result.visitId)
  await barista.send('order.accept', { orderId: args.orderId, readyInMinutes: 5 })
  const asking = async () => {
    const told = (await shop.readStream(next, `visit:${nextVisitId}`)) ?? []
    const phones = told.filter(({ kind }) => kind === 'visit_phone').map(({ body }) => body as VisitPhone)
    return phones.filter(({ state }) => state === 'asking').length
  }
  return { ...scene, token, next, nextVisitId, asking }
}

describeOnBoth('a guest whose visit was closed', (dialect) => {
  test('does not ask the strangers who sit there next, however often the old seat is opened', async () => {
    const { phone, asking, token, shop } = await nextParty(dialect)
    for (let times = 0; times < 2; times++) {
      const refused = await phone.send('visit.join', { token })
      expect([refused.status, refused.body.refusal]).toEqual([409, { code: 'visit.scan_again' }])
      shop.clock.turn(60_000)
    }
    expect(await asking()).toBe(0)
  })

  test('asks them once a scan says that it sits there again', async () => {
    const { phone, asking, token, nextVisitId } = await nextParty(dialect)
    await phone.send('code.scan', { token })
    const joined = await phone.send('visit.join', { token })
    expect(joined.body.result).toEqual({ visitId: nextVisitId, state: 'asking' })
    expect(await asking()).toBe(1)
  })

  test('may scan before anybody sits there, and asks those who come after', async () => {
    const { shop, phone, barista, token, nextVisitId } = await nextParty(dialect)
    await barista.send('visit.close', { visitId: nextVisitId })
    await phone.send('code.scan', { token })
    expect((await phone.send('visit.join', { token })).body.result).toEqual({ visitId: null, state: null })
    // Long enough ago that the first order does not propose it by itself.
    shop.clock.turn(60 * 60_000)
    const next = await shop.phone('A1')
    await next.send('order.place', await shop.orderArgs(token))
    expect((await phone.send('visit.join', { token })).body.result.state).toBe('asking')
  })

  test('has to scan anew after each visit: the scan of the last one is no word of the next', async () => {
    const { shop, phone, barista, token, nextVisitId } = await nextParty(dialect)
    await barista.send('visit.close', { visitId: nextVisitId })
    await phone.send('code.scan', { token })
    shop.clock.turn(1000)
    const again = await phone.send('order.place', await shop.orderArgs(token))
    shop.clock.turn(1000)
    await barista.send('visit.close', { visitId: again.body.result.visitId })
    shop.clock.turn(60 * 60_000)
    await (await shop.phone('A1')).send('order.place', await shop.orderArgs(token))
    const refused = await phone.send('visit.join', { token })
    expect(refused.body.refusal).toEqual({ code: 'visit.scan_again' })
  })

  test('orders there without another scan: an order is a wish of its own', async () => {
    const { shop, phone, token, nextVisitId } = await nextParty(dialect)
    const placed = await phone.send('order.place', await shop.orderArgs(token))
    expect(placed.body.result.visitId).toBe(nextVisitId)
    expect((await phone.send('visit.join', { token })).body.result.state).toBe('asking')
  })

  test('is told when it was closed; a phone that was never in a visit there asks as before', async () => {
    const { shop, phone, visitId, token } = await nextParty(dialect)
    const told = (await shop.readStream(phone, `customer:${phone.customerId}`)) ?? []
    const place = told.findLast(({ id }) => id.startsWith(visitId))?.body as VisitPhone
    expect(place).toMatchObject({ isVisitOpen: false, closedAtMs: shop.clock.now() - 60_000 })
    const elsewhere = await shop.phone('A2')
    expect((await elsewhere.send('visit.join', { token })).body.result.state).toBe('asking')
  })

  test('is told by its code alone that a sticker was replaced since', async () => {
    const { manager, outlet, table, phone, token } = await nextParty(dialect)
    await manager.send('table.rotate', { outletId: outlet.id, tableIds: [table.id] })
    expect((await phone.send('visit.join', { token })).body.refusal.code).toBe('code.replaced')
  })
})
