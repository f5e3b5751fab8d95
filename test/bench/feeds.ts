// From the tap to the board with 200 open feeds, and the memory of 500.
import { readFileSync } from 'node:fs'
import { makeId, openBusyShop, placeArgs } from '../support/busy-shop.ts'
import { emptyDist, freePort, makeFolder, startMeja } from '../support/meja-process.ts'
import { lastSeq } from '../support/table-data.ts'
import { openWire, requestText } from '../support/wire.ts'
import { type OpenFeed, openFeed } from './feed-reader.ts'
import { percentile } from './load.ts'
import { ms, type Row, row } from './table.ts'

const DESKS = 20
const ORDERS = 500
const EVERY_MS = 20

function residentMb(pid: number): number {
  const kb = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kb ?? Number.NaN) / 1024
}

const pause = (forMs: number) => new Promise((resolve) => setTimeout(resolve, forMs))

export async function benchFeeds(): Promise<Row[]> {
  const meja = await startMeja({ dataDir: makeFolder('bench'), distDir: emptyDist(), port: await freePort() })
  const shop = await openBusyShop(meja)
  const idleMb = residentMb(meja.pid)
  const phones = await shop.seatPhones(480)
  const seatedMb = residentMb(meja.pid)
  // A phone has the menu from its page and follows from there.
  const outlet = `outlet:${shop.outletId}@${await lastSeq(meja.dataDir, `outlet:${shop.outletId}`)}`
  const feeds: OpenFeed[] = []
  const openPhones = async (from: number, to: number) => {
    for (const phone of phones.slice(from, to)) {
      feeds.push(await openFeed(meja.url, [outlet, `customer:${phone.customerId}`], phone.cookie))
    }
  }

  const sentMs = new Map<string, number>()
  const took: number[] = []
  const watch = (text: string) => {
    for (const [orderId] of text.matchAll(/ord_[0-9a-z]{26}/g)) {
      const since = sentMs.get(orderId)
      if (since === undefined) continue
      took.push(performance.now() - since)
      sentMs.delete(orderId)
    }
  }
  feeds.push(await openFeed(meja.url, [`desk:${shop.outletId}`], shop.staffCookie, watch))
  for (let desk = 1; desk < DESKS; desk++) {
    feeds.push(await openFeed(meja.url, [`desk:${shop.outletId}`], shop.staffCookie))
  }
  await openPhones(0, 200 - DESKS)
  await pause(1000)

  const wire = await openWire(meja.port)
  let failed = 0
  for (let n = 0; n < ORDERS; n++) {
    const phone = phones[n % phones.length]
    if (!phone) continue
    const orderId = makeId('ord')
    const headers = {
      'content-type': 'application/json',
      'idempotency-key': makeId('cmd'),
      cookie: phone.cookie,
    }
    const body = JSON.stringify(placeArgs(shop.cart, phone.token, orderId))
    const startMs = performance.now()
    sentMs.set(orderId, startMs)
    const { status } = await wire.exchange(requestText('/api/commands/order.place', headers, body))
    if (status !== 200) failed++
    await pause(Math.max(0, EVERY_MS - (performance.now() - startMs)))
  }
  await pause(500)
  wire.close()
  took.sort((a, b) => a - b)
  const p99 = percentile(took, 0.99)
  const unseen = sentMs.size

  await openPhones(200 - DESKS, 500 - DESKS)
  await pause(2000)
  const memoryMb = residentMb(meja.pid)
  const count = feeds.length
  for (const feed of feeds) feed.close()
  await meja.stop()
  return [
    row(
      'tap to board, 200 open feeds',
      `p50 ${ms(percentile(took, 0.5))}, p99 ${ms(p99)}, ${unseen + failed} of ${ORDERS} not seen`,
      { bar: 'p99 < 300 ms', met: p99 < 300 && unseen + failed === 0 },
    ),
    row(
      `memory with ${count} open feeds`,
      `${memoryMb.toFixed(0)} MB (${idleMb.toFixed(0)} after the start, ${seatedMb.toFixed(0)} after 2,000 commands)`,
      {
        bar: '< 200 MB',
        met: memoryMb < 200,
      },
    ),
  ]
}
