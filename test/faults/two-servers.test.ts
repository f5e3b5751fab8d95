import { rmSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import type { Change } from '#shared/protocol.ts'
import { openBusyShop, send } from '../support/busy-shop.ts'
import { emptyDist, freePort, makeFolder, startMeja } from '../support/meja-process.ts'
import { openSideReader } from '../support/table-data.ts'
import { freshDatabase } from './fresh-database.ts'
import { placeStubbornly } from './stubborn-client.ts'

const WRITERS = 40
const ORDERS = Number(process.env.ORDERS_EACH ?? 100)

async function twoServers() {
  const databaseUrl = await freshDatabase('postgres')
  const distDir = emptyDist()
  const folders = [makeFolder('one'), makeFolder('two')] as const
  const start = async (dataDir: string) =>
    startMeja({ dataDir, distDir, port: await freePort(), ...(databaseUrl ? { databaseUrl } : {}) })
  const one = await start(folders[0])
  const shop = await openBusyShop(one, databaseUrl)
  const two = await start(folders[1])
  onTestFinished(async () => {
    await Promise.all([one.stop('SIGKILL'), two.stop('SIGKILL')])
    for (const folder of [distDir, ...folders]) rmSync(folder, { recursive: true, force: true })
  })
  return { one, two, shop, side: await openSideReader({ dataDir: folders[0], databaseUrl }) }
}

/** Follows a stream from its beginning and collects its changes as they come. */
async function follow(url: string, stream: string, cookie: string) {
  const stop = new AbortController()
  const response = await fetch(`${url}/api/feed?s=${stream}@0`, { headers: { cookie }, signal: stop.signal })
  const changes: Change[] = []
  let isEnded = false
  const reading = (async () => {
    let rest = ''
    const decoder = new TextDecoder()
    for await (const part of response.body ?? []) {
      const frames = (rest + decoder.decode(part, { stream: true })).split('\n\n')
      rest = frames.pop() ?? ''
      for (const frame of frames) {
        const data = /^event: change\n[\s\S]*^data: (.*)$/m.exec(frame)?.[1]
        if (data) changes.push(JSON.parse(data) as Change)
      }
    }
  })()
  const ended = reading
    .catch(() => undefined)
    .then(() => {
      isEnded = true
    })
  return { changes, ended, isEnded: () => isEnded, close: () => stop.abort() }
}

async function until(check: () => boolean, withinMs: number): Promise<number> {
  const sinceMs = performance.now()
  while (!check() && performance.now() - sinceMs < withinMs)
    await new Promise((resolve) => setTimeout(resolve, 20))
  return performance.now() - sinceMs
}

test(`two servers on one PostgreSQL: ${WRITERS} writers × ${ORDERS} orders through both, and a live board misses none`, {
  timeout: 180_000,
}, async () => {
  const { one, two, shop, side } = await twoServers()
  const phones = await shop.seatPhones(WRITERS)
  const desk = await follow(two.url, `desk:${shop.outletId}`, shop.staffCookie)
  const [before] = await side.rows<{ seq: string }>(
    `SELECT MAX(seq) AS seq FROM changes WHERE stream = 'desk:${shop.outletId}'`,
  )
  const startedMs = performance.now()
  const placed = await Promise.all(
    phones.map(async (phone, at) => {
      const ids: string[] = []
      // Each phone's requests go to both in turn, as behind a balancer that remembers nobody.
      for (let n = 0; n < ORDERS; n++) {
        const url = (at + n) % 2 ? one.url : two.url
        ids.push((await placeStubbornly(() => url, phone, shop.cart)).orderId)
      }
      return ids
    }),
  )
  const tookMs = performance.now() - startedMs
  const orderIds = placed.flat()
  const missed = () => {
    const seen = new Set(desk.changes.filter(({ kind }) => kind === 'order').map(({ id }) => id))
    return orderIds.filter((id) => !seen.has(id))
  }
  const lateMs = await until(() => missed().length === 0, 5000)
  expect(missed()).toEqual([])
  desk.close()
  const seqs = desk.changes.map((change) => change.seq)
  expect(
    seqs.filter((seq, at) => at > 0 && seq <= (seqs[at - 1] ?? 0)),
    'out of order',
  ).toEqual([])
  // The past is told once for each record; from there on every number must come.
  const live = seqs.filter((seq) => seq > Number(before?.seq))
  expect(live, 'a gap').toEqual(live.map((_, at) => Number(before?.seq) + 1 + at))
  expect(live.length).toBeGreaterThanOrEqual(orderIds.length)

  const [numbers] = await side.rows<{ n: string; different: string }>(
    `SELECT COUNT(*) AS n, COUNT(DISTINCT business_day || ' ' || number) AS different FROM orders`,
  )
  expect(Number(numbers?.n)).toBe(orderIds.length + WRITERS)
  expect(numbers?.different).toBe(numbers?.n)
  await side.close()
  console.log(
    `${orderIds.length} orders in ${(tookMs / 1000).toFixed(1)} s, the board had the last ${lateMs.toFixed(0)} ms later`,
  )
})

test('a device that is revoked on one server is gone from the other within two seconds', {
  timeout: 60_000,
}, async () => {
  const { one, two, shop, side } = await twoServers()
  const desk = await follow(two.url, `desk:${shop.outletId}`, shop.staffCookie)
  const see = () =>
    send(two.url, 'order.see', { orderIds: [`ord_${'0'.repeat(26)}`] }, { cookie: shop.staffCookie })
  expect((await see()).status).toBe(200)
  const [device] = await side.rows<{ id: string }>('SELECT id FROM devices')
  await side.close()
  const house = { authorization: `Console ${one.consoleKey()}` }
  const revoked = await send(one.url, 'device.revoke', { deviceId: device?.id }, house)
  expect(revoked.answer.ok).toBe(true)
  const sinceMs = performance.now()
  await until(desk.isEnded, 5000)
  expect(desk.isEnded(), 'the feed goes on').toBe(true)
  expect(performance.now() - sinceMs).toBeLessThan(2000)
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, 2000 - (performance.now() - sinceMs))))
  expect((await see()).status).toBe(401)
})
