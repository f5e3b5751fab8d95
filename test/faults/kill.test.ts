import { rmSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { describeOnBoth } from '../support/both-databases.ts'
import { openBusyShop } from '../support/busy-shop.ts'
import { emptyDist, freePort, type MejaProcess, makeFolder, startMeja } from '../support/meja-process.ts'
import { openSideReader, type SideReader } from '../support/table-data.ts'
import { freshDatabase } from './fresh-database.ts'
import { type Acknowledged, placeStubbornly } from './stubborn-client.ts'

const KILLS = Number(process.env.KILLS ?? 20)
const CLIENTS = 24

async function expectEachOnce(side: SideReader, acknowledged: readonly Acknowledged[], others: number) {
  const orders = await side.rows<{ id: string; total_rp: number; number: number; day: string }>(
    'SELECT id, total_rp, number, business_day AS day FROM orders',
  )
  const stored = new Map(orders.map((order) => [order.id, Number(order.total_rp)]))
  expect(new Set(acknowledged.map((each) => each.orderId)).size).toBe(acknowledged.length)
  expect(acknowledged.filter((each) => stored.get(each.orderId) !== each.totalRp)).toEqual([])
  expect(orders.length, 'orders that nobody was told of, or lost ones').toBe(acknowledged.length + others)
  expect(new Set(orders.map((order) => `${order.day} ${order.number}`)).size).toBe(orders.length)

  const count = async (query: string) => Number((await side.rows<{ n: number }>(query))[0]?.n)
  expect(await count(`SELECT COUNT(*) AS n FROM commands WHERE name = 'order.place'`)).toBe(orders.length)
  expect(await count(`SELECT COUNT(*) AS n FROM records WHERE kind = 'order'`)).toBe(orders.length)
  const bodies = await side.rows<{ id: string; body: string }>(
    `SELECT id, body FROM records WHERE kind = 'order'`,
  )
  expect(bodies.filter(({ id, body }) => JSON.parse(body).quote.totalRp !== stored.get(id))).toEqual([])

  // Each order told its phone, its visit and the desk, once; and no stream has a gap.
  const told = await side.rows<{ record_id: string; n: number }>(
    `SELECT record_id, COUNT(*) AS n FROM changes WHERE kind = 'order' GROUP BY record_id`,
  )
  const tellings = new Map(told.map((row) => [row.record_id, Number(row.n)]))
  expect(acknowledged.filter((each) => tellings.get(each.orderId) !== 3)).toEqual([])
  const gaps = await side.rows('SELECT stream FROM changes GROUP BY stream HAVING COUNT(*) <> MAX(seq)')
  expect(gaps).toEqual([])
}

describeOnBoth(`${KILLS} × kill -9 of the server under load`, (dialect) => {
  test('loses no acknowledged order and doubles none', { timeout: 120_000 }, async () => {
    const databaseUrl = await freshDatabase(dialect)
    const dataDir = makeFolder('kill')
    const distDir = emptyDist()
    const port = await freePort()
    const start = () => startMeja({ dataDir, distDir, port, ...(databaseUrl ? { databaseUrl } : {}) })
    let meja: MejaProcess = await start()
    onTestFinished(async () => {
      await meja.stop('SIGKILL')
      for (const folder of [dataDir, distDir]) rmSync(folder, { recursive: true, force: true })
    })
    const shop = await openBusyShop(meja, databaseUrl)
    const phones = await shop.seatPhones(CLIENTS)

    const acknowledged: Acknowledged[] = []
    let isOver = false
    const clients = phones.map(async (phone) => {
      while (!isOver) acknowledged.push(await placeStubbornly(() => meja.url, phone, shop.cart))
    })
    const all = Promise.all(clients)
    all.catch(() => undefined)
    for (let kill = 0; kill < KILLS; kill++) {
      await new Promise((resolve) => setTimeout(resolve, 40 + Math.random() * 350))
      await meja.stop('SIGKILL')
      meja = await start()
    }
    isOver = true
    await all
    await meja.stop('SIGKILL')

    const side = await openSideReader({ dataDir, databaseUrl })
    await expectEachOnce(side, acknowledged, CLIENTS)
    await side.close()
    if (dialect === 'sqlite') {
      const database = new BetterSqlite3(join(dataDir, 'meja.db'))
      expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
      expect(database.pragma('foreign_key_check')).toEqual([])
      database.close()
    }
    const again = acknowledged.filter((each) => each.tries > 1).length
    expect(again, 'no order was under way at any kill: the test showed nothing').toBeGreaterThan(0)
    console.log(
      `${dialect}: ${acknowledged.length} orders acknowledged, ${again} of them sent again after a kill`,
    )
  })
})
