import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { makeId } from '../../../server/platform/random-ids.ts'
import { forgetCrowd, forgetOld } from '../../../server/upkeep/forgetting.ts'
import { type Dialect, describeOnBoth } from '../../support/both-databases.ts'
import { createTestShop } from '../../support/test-shop.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

async function shopWithPhones(dialect: Dialect) {
  const shop = await createTestShop({ dialect })
  const { token } = await shop.table('A1')
  const phones = {
    silent: await shop.phone('A2'),
    joined: await shop.phone('A1'),
    ordered: await shop.phone('A1'),
    called: await shop.phone('A3'),
  }
  const args = await shop.orderArgs(token)
  const placedId = makeId('cmd', shop.clock.now())
  const placed = await phones.ordered.send('order.place', args, { id: placedId })
  await phones.joined.send('visit.join', { token })
  const at = (await shop.table('A3')).token
  await phones.called.send('call.place', { callId: shop.id('cal'), token: at, kind: 'water', note: '' })
  const rows = async (table: 'customers' | 'sessions' | 'scans' | 'commands') => {
    const queries = {
      customers: sql`SELECT id FROM customers`,
      sessions: sql`SELECT subject_id AS id FROM sessions WHERE kind = 'customer'`,
      scans: sql`SELECT customer_id AS id FROM scans`,
      commands: sql`SELECT id FROM commands WHERE actor <> 'house'`,
    }
    return new Set((await shop.read.all<{ id: string }>(queries[table])).map(({ id }) => id))
  }
  return { shop, phones, args, placed, placedId, rows }
}

describeOnBoth('what nobody can use any more is forgotten', (dialect) => {
  test('a phone that came by a link goes like one that scanned; one that ordered for pick-up stays', async () => {
    const { shop, rows } = await shopWithPhones(dialect)
    const { id: outletId } = await shop.outlet()
    const begin = async () => {
      const browser = shop.stranger()
      const begun = await browser.send('phone.begin', { outletId })
      return { browser, customerId: String(begun.body.result.customerId) }
    }
    const [silent, ordered] = [await begin(), await begin()]
    await ordered.browser.send('pickup.place', await shop.pickupArgs(outletId))
    shop.clock.turn(25 * HOUR_MS)
    await forgetOld(shop.door)
    const customers = await rows('customers')
    expect([customers.has(silent.customerId), customers.has(ordered.customerId)]).toEqual([false, true])
  })

  test('a phone that never asked for anything goes after a day, whoever did stays', async () => {
    const { shop, phones, rows } = await shopWithPhones(dialect)
    shop.clock.turn(23 * HOUR_MS)
    await forgetOld(shop.door)
    expect(await rows('customers')).toContain(phones.silent.customerId)
    shop.clock.turn(2 * HOUR_MS)
    await forgetOld(shop.door)
    const { silent, ...known } = phones
    const [customers, sessions] = [await rows('customers'), await rows('sessions')]
    expect([customers.has(silent.customerId), sessions.has(silent.customerId)]).toEqual([false, false])
    for (const { customerId } of Object.values(known)) {
      expect([customers.has(customerId), sessions.has(customerId)]).toEqual([true, true])
    }
    expect(await rows('scans')).not.toContain(silent.customerId)
    // It comes back as a new phone, without a word about it.
    const again = await silent.send('code.scan', { token: (await shop.table('A2')).token })
    expect(again.status).toBe(200)
    expect(again.body.result.customerId).not.toBe(silent.customerId)
    expect(
      (await phones.ordered.send('code.scan', { token: (await shop.table('A1')).token })).body.result,
    ).toMatchObject({ customerId: phones.ordered.customerId })
  })

  test('a phone that came back within the day is not silent yet', async () => {
    const { shop, phones, rows } = await shopWithPhones(dialect)
    shop.clock.turn(20 * HOUR_MS)
    await phones.silent.send('code.scan', { token: (await shop.table('A2')).token })
    shop.clock.turn(20 * HOUR_MS)
    await forgetOld(shop.door)
    expect(await rows('customers')).toContain(phones.silent.customerId)
  })

  test('of a crowd the silent go within the hour, with all that they left; who asked or just came stays', async () => {
    const { shop, phones, rows } = await shopWithPhones(dialect)
    const { token } = await shop.table('A1')
    const before = (await rows('commands')).size
    await Promise.all(
      Array.from({ length: 100 }, () =>
        shop.stranger().send('code.scan', { token }, { id: makeId('cmd', shop.clock.now()) }),
      ),
    )
    expect((await rows('commands')).size).toBe(before + 100)
    shop.clock.turn(50 * 60_000)
    const fresh = await shop.phone('A1')
    await forgetCrowd(shop.door, 1000)
    expect((await rows('customers')).size).toBe(105)
    await forgetCrowd(shop.door, 100)
    const { silent, ...known } = phones
    const stay = [...Object.values(known), fresh].map(({ customerId }) => customerId)
    expect([...(await rows('customers'))].sort()).toEqual([...stay].sort())
    expect([...(await rows('sessions'))].sort()).toEqual([...stay].sort())
    expect(await rows('scans')).not.toContain(silent.customerId)
    expect((await rows('commands')).size).toBeLessThanOrEqual(before + 1)
    const late = await silent.send('order.place', await shop.orderArgs(token))
    expect([late.status, late.body.refusal.code]).toEqual([401, 'session.missing'])
    expect((await silent.send('code.scan', { token })).status).toBe(200)
    expect((await silent.send('order.place', await shop.orderArgs(token))).status).toBe(200)
  })

  test('the same order is answered the same for as long as its phone has a name', async () => {
    const { shop, phones, args, placed, placedId } = await shopWithPhones(dialect)
    shop.clock.turn(364 * DAY_MS)
    await forgetOld(shop.door)
    const again = await phones.ordered.send('order.place', args, { id: placedId })
    expect([again.status, again.body.result]).toEqual([200, placed.body.result])
    shop.clock.turn(40 * DAY_MS)
    await forgetOld(shop.door)
    // Forgotten, but its sender is too: nothing is done twice.
    const late = await phones.ordered.send('order.place', args, { id: placedId })
    expect([late.status, late.body.refusal.code]).toEqual([401, 'session.missing'])
    const renewed = await shop.phone('A1')
    expect((await renewed.send('order.place', args, { id: placedId })).body.refusal.code).toBe(
      'order.id_taken',
    )
    expect(await shop.count('orders')).toBe(1)
  })

  test('what phones were refused goes after days, whatever ids they sent; what was done, and people, stay', async () => {
    const { shop, phones, placedId } = await shopWithPhones(dialect)
    const barista = await shop.staff('barista')
    const unknown = () => ({ orderId: shop.id('ord'), kind: 'cancel', note: '' })
    const ofYear = (year: number) => makeId('cmd', Date.UTC(year, 0, 1))
    const ids = [shop.clock.now(), 0].map((atMs) => makeId('cmd', atMs)).concat(ofYear(2300))
    for (const id of ids)
      expect((await phones.ordered.send('order.ask', unknown(), { id })).body.ok).toBe(false)
    const byStaff = await barista.send('order.accept', { orderId: shop.id('ord'), readyInMinutes: 5 })
    const kept = async () => {
      const rows = await shop.read.all<{ id: string }>(sql`SELECT id FROM commands`)
      const all = new Set(rows.map(({ id }) => id))
      return [...ids, byStaff.id, placedId].map((id) => all.has(id))
    }
    shop.clock.turn(47 * HOUR_MS)
    await forgetOld(shop.door)
    expect(await kept()).toEqual([true, true, true, true, true])
    shop.clock.turn(2 * HOUR_MS)
    await forgetOld(shop.door)
    expect(await kept()).toEqual([false, false, false, true, true])
  })

  test('a crowd of refusals goes within the hour', async () => {
    const { shop, phones } = await shopWithPhones(dialect)
    const refused = async () =>
      (await shop.read.all(sql`SELECT id FROM commands WHERE name = 'order.ask'`)).length
    for (let count = 0; count < 30; count++) {
      await phones.ordered.send('order.ask', { orderId: shop.id('ord'), kind: 'cancel', note: '' })
    }
    shop.clock.turn(50 * 60_000)
    await forgetCrowd(shop.door, 30)
    expect(await refused()).toBe(30)
    await forgetCrowd(shop.door, 20)
    expect(await refused()).toBe(0)
  })

  test('sessions and codes go a month after they ended, the house’s commands never', async () => {
    const { shop } = await shopWithPhones(dialect)
    const barista = await shop.staff('barista')
    await barista.send('staff.sign_out', {})
    const houseBefore = await shop.read.all(sql`SELECT id FROM commands WHERE actor = 'house'`)
    const staffSessions = () => shop.read.all(sql`SELECT 1 FROM sessions WHERE kind = 'staff'`)
    const codes = () => shop.read.all(sql`SELECT 1 FROM one_time_codes`)
    shop.clock.turn(29 * DAY_MS)
    await forgetOld(shop.door)
    expect([(await staffSessions()).length, (await codes()).length]).toEqual([1, 1])
    shop.clock.turn(3 * DAY_MS)
    await forgetOld(shop.door)
    expect([(await staffSessions()).length, (await codes()).length]).toEqual([0, 0])
    shop.clock.turn(500 * DAY_MS)
    await forgetOld(shop.door)
    expect(await shop.read.all(sql`SELECT id FROM commands WHERE actor = 'house'`)).toEqual(houseBefore)
  })

  test('a thousand scans of a flood leave no trace after a month, in steps between which orders pass', async () => {
    const shop = await createTestShop({ dialect })
    const { token } = await shop.table('A1')
    for (let wave = 0; wave < 10; wave++) {
      await Promise.all(
        Array.from({ length: 100 }, () =>
          shop.stranger().send('code.scan', { token }, { id: makeId('cmd', shop.clock.now()) }),
        ),
      )
    }
    shop.clock.turn(3 * DAY_MS)
    const guest = await shop.phone('A1')
    const forgetting = forgetOld(shop.door)
    const order = await guest.send('order.place', await shop.orderArgs(token))
    expect(order.status).toBe(200)
    await forgetting
    const scans = await shop.read.all(sql`SELECT id FROM commands WHERE name = 'code.scan'`)
    expect(scans.length).toBeLessThanOrEqual(1)
    shop.clock.turn(28 * DAY_MS)
    await forgetOld(shop.door)
    expect(await shop.count('customers')).toBe(1)
  })
})
