import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { describeOnBoth } from '../../support/both-databases.ts'
import type { Browser } from '../../support/browser.ts'
import { createTestShop } from '../../support/test-shop.ts'

describeOnBoth('a flood of scans does not push out friends who scanned before the first order', (dialect) => {
  const WIFI = '203.0.113.9'
  const HOME = '198.51.100.7'

  async function scene() {
    const shop = await createTestShop({ dialect })
    const { token } = await shop.table('A1')
    const scan = async (address: string) => {
      const phone = shop.stranger(address)
      const answer = await phone.send('code.scan', { token })
      shop.clock.turn(10)
      return { ...phone, customerId: String(answer.body.result.customerId) }
    }
    const flood = async (address: string, count: number) => {
      for (let at = 0; at < count; at++) await scan(address)
    }
    const place = async (phone: Browser) => phone.send('order.place', await shop.orderArgs(token))
    const isAsked = async (phone: Awaited<ReturnType<typeof scan>>) => {
      const row = await shop.read.get(
        sql`SELECT 1 FROM visit_phones WHERE customer_id = ${phone.customerId} AND state = 'asking'`,
      )
      return row !== undefined
    }
    const asked = async () => {
      const row = await shop.read.get<{ n: number }>(
        sql`SELECT COUNT(*) AS n FROM visit_phones WHERE state = 'asking'`,
      )
      return row?.n
    }
    return { shop, place, scan, flood, isAsked, asked }
  }

  test('by somebody at home, whether the friends came before, during or after it, by Wi-Fi or by their own signal', async () => {
    const { place, scan, flood, isAsked, asked } = await scene()
    const friends = [await scan(WIFI)]
    await flood(HOME, 20)
    friends.push(await scan(WIFI), await scan('192.0.2.44'))
    await flood(HOME, 20)
    const host = await scan(WIFI)
    friends.push(await scan(WIFI))
    await flood(HOME, 20)
    await place(host)
    for (const friend of friends) expect(await isAsked(friend)).toBe(true)
    // The one who ordered asks too, and the list has an end.
    expect(await asked()).toBeLessThanOrEqual(11)
  })

  test('on the very same Wi-Fi, for friends who came before it, and for guests whose phone is known', async () => {
    const { shop, place, scan, flood, isAsked } = await scene()
    const regular = await scan(WIFI)
    shop.clock.turn(60 * 60_000)
    const early = await scan(WIFI)
    await flood(WIFI, 30)
    await regular.send('code.scan', { token: (await shop.table('A1')).token })
    await place(await scan(WIFI))
    expect([await isAsked(early), await isAsked(regular)]).toEqual([true, true])
  })

  test('on the very same Wi-Fi, for a friend who came by their own signal: half of those asked are from elsewhere', async () => {
    const { place, scan, flood, isAsked } = await scene()
    await flood(WIFI, 30)
    const friend = await scan('192.0.2.44')
    await place(await scan(WIFI))
    expect(await isAsked(friend)).toBe(true)
  })

  test('from a hundred addresses', async () => {
    const { place, scan, flood, isAsked } = await scene()
    const friends = [await scan(WIFI), await scan(WIFI)]
    for (let at = 0; at < 100; at++) await flood(`198.51.100.${at}`, 1)
    await place(await scan(WIFI))
    for (const friend of friends) expect(await isAsked(friend)).toBe(true)
  })
})
