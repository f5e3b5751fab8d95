// Durable orders through HTTP from 32 connections, beside a bare server that writes the same rows.
import { type ChildProcess, fork } from 'node:child_process'
import { type BusyShop, openBusyShop, type Phone } from '../support/busy-shop.ts'
import { emptyDist, freePort, type MejaProcess, makeFolder, startMeja } from '../support/meja-process.ts'
import { lastSeq, openSideReader } from '../support/table-data.ts'
import { openFeed } from './feed-reader.ts'
import { type LoadResult, runLoad } from './load.ts'
import { addPast } from './past-orders.ts'
import { startPostgres } from './postgres.ts'
import { ms, perSecond, type Row, row } from './table.ts'

const SECONDS = 5
const ROUNDS = 3
const PHONES = 256
const PAST_ORDERS = 100_000

type Target = {
  readonly port: number
  readonly pid: number
  readonly phones: readonly Phone[]
  readonly shop: BusyShop
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

/** The rounds of one server as one result: the middle of each figure, the sum of the failures. */
function together(results: readonly LoadResult[]): LoadResult {
  const of = (pick: (result: LoadResult) => number) => median(results.map(pick))
  return {
    sent: results.reduce((sum, result) => sum + result.sent, 0),
    perSecond: of((result) => result.perSecond),
    p50: of((result) => result.p50),
    p95: of((result) => result.p95),
    p99: of((result) => result.p99),
    cpuMicros: of((result) => result.cpuMicros),
    failed: results.reduce((sum, result) => sum + result.failed, 0),
    firstFailure: results.find((result) => result.firstFailure)?.firstFailure ?? null,
  }
}

/** Rounds in turn, so that what else the machine does falls on all of them alike. */
async function compare(targets: readonly Target[], rounds = ROUNDS): Promise<LoadResult[]> {
  const results: LoadResult[][] = targets.map(() => [])
  for (let round = 0; round < rounds; round++) {
    for (const [at, { port, pid, phones, shop }] of targets.entries()) {
      results[at]?.push(await runLoad({ port, pid, seconds: SECONDS, phones, cart: shop.cart }))
    }
  }
  const all = results.map(together)
  for (const { firstFailure } of all) if (firstFailure) console.log(`  a failure: ${firstFailure}`)
  return all
}

/** A row of each table as Meja writes it, for the bare server to write the same. */
async function sampleOf(dataDir: string): Promise<string> {
  const side = await openSideReader({ dataDir })
  const [record] = await side.rows<{ body: string }>(`SELECT body FROM records WHERE kind = 'order' LIMIT 1`)
  const [command] = await side.rows<{ answer: string; fingerprints: string }>(
    `SELECT answer, fingerprints FROM commands WHERE name = 'order.place' LIMIT 1`,
  )
  await side.close()
  return JSON.stringify({ record: JSON.parse(record?.body ?? '{}'), ...command })
}

async function startBare(
  rows: 'all' | 'one',
  sample: string,
): Promise<{ port: number; pid: number; process: ChildProcess }> {
  const port = await freePort()
  const env = {
    ...process.env,
    PORT: `${port}`,
    DATA_DIR: makeFolder('bare'),
    BARE_ROWS: rows,
    BARE_SAMPLE: sample,
  }
  const bare = fork(new URL('./bare-server.ts', import.meta.url), { env })
  await new Promise((resolve, reject) => {
    bare.once('message', resolve)
    bare.once('exit', reject)
  })
  return { port, pid: bare.pid ?? 0, process: bare }
}

async function openShopWithFeeds(meja: MejaProcess, databaseUrl?: string): Promise<Target> {
  const shop = await openBusyShop(meja, databaseUrl)
  const phones = await shop.seatPhones(PHONES)
  const [first] = phones
  await openFeed(meja.url, [`desk:${shop.outletId}`], shop.staffCookie)
  if (first)
    await openFeed(meja.url, [`outlet:${shop.outletId}`, `customer:${first.customerId}`], first.cookie)
  return { port: meja.port, pid: meja.pid, phones, shop }
}

const figures = (result: LoadResult) =>
  `${perSecond(result.perSecond)}, p50 ${ms(result.p50)}, p95 ${ms(result.p95)}, p99 ${ms(result.p99)}, ${result.failed} failed, ${result.cpuMicros.toFixed(0)} µs CPU each`

export async function benchPostgres(): Promise<Row[]> {
  const postgres = await startPostgres()
  try {
    const databaseUrl = await postgres.createDatabase('bench')
    const meja = await startMeja({
      dataDir: makeFolder('bench-pg'),
      distDir: emptyDist(),
      port: await freePort(),
      databaseUrl,
    })
    const target = await openShopWithFeeds(meja, databaseUrl)
    const [result] = await compare([target], 2)
    await meja.stop()
    return [row('durable orders, PostgreSQL', result ? figures(result) : 'none')]
  } finally {
    await postgres.stop()
  }
}

/** A board that is opened for the first time: how long until it has caught up, over how many bytes. */
async function readWhole(url: string, stream: string, cookie: string): Promise<string> {
  const startMs = performance.now()
  let bytes = 0
  const isWhole = await new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => resolve(false), 30_000)
    void openFeed(url, [stream], cookie, (text) => {
      bytes += text.length
      if (!text.includes('event: caught_up')) return
      clearTimeout(timer)
      resolve(true)
    })
  })
  const took = isWhole ? ms(performance.now() - startMs) : 'not within 30 s'
  return `${took}, ${(bytes / 1024 / 1024).toFixed(1)} MB`
}

/** A shop with a long past behind it, and what a board that is opened there for the first time has to read. */
async function openWithPast(distDir: string): Promise<Target & { stop(): Promise<void>; newBoard: string }> {
  const dataDir = makeFolder('bench-past')
  const young = await startMeja({ dataDir, distDir, port: await freePort() })
  const target = await openShopWithFeeds(young)
  await young.stop()
  const seedMs = addPast(dataDir, PAST_ORDERS)
  console.log(`  ${PAST_ORDERS} past orders written by SQL in ${ms(seedMs)}`)
  const deskStream = `desk:${target.shop.outletId}`
  const end = await lastSeq(dataDir, deskStream)
  const meja = await startMeja({ dataDir, distDir, port: await freePort() })
  console.log(`  ready ${ms(meja.readyMs)} after the start with them`)
  const newBoard = await readWhole(meja.url, deskStream, target.shop.staffCookie)
  await openFeed(meja.url, [`${deskStream}@${end}`], target.shop.staffCookie)
  return { ...target, port: meja.port, pid: meja.pid, stop: () => meja.stop(), newBoard }
}

export async function benchOrders(): Promise<Row[]> {
  const distDir = emptyDist()
  const dataDir = makeFolder('bench')
  const meja = await startMeja({ dataDir, distDir, port: await freePort() })
  const target = await openShopWithFeeds(meja)
  const sample = await sampleOf(dataDir)
  const past = await openWithPast(distDir)
  const bare = await startBare('all', sample)
  const one = await startBare('one', sample)
  // In turn, those with and without a past too: the machine's mood of the minute falls on all alike.
  const [fresh, aged, same, single] = await compare([
    target,
    past,
    { ...target, port: bare.port, pid: bare.pid },
    { ...target, port: one.port, pid: one.pid },
  ])
  await meja.stop()
  await past.stop()
  bare.process.kill()
  one.process.kill()
  if (!fresh || !same || !single || !aged) throw new Error('A result is missing.')
  const ratio = fresh.perSecond / same.perSecond
  const slower = fresh.perSecond / aged.perSecond
  return [
    row('durable orders, SQLite, 32 connections', figures(fresh), {
      beside: `bare, same rows: ${figures(same)}`,
      ratio: ratio.toFixed(2),
      bar: '≥ 0.50, p95 < 50 ms, 0 failed',
      met: ratio >= 0.5 && fresh.p95 < 50 && fresh.failed === 0,
    }),
    row('', '', {
      beside: `bare, one row: ${figures(single)}`,
      ratio: (fresh.perSecond / single.perSecond).toFixed(2),
    }),
    row(`after ${PAST_ORDERS} past orders`, figures(aged), {
      beside: `without a past: ${perSecond(fresh.perSecond)}`,
      ratio: `${slower.toFixed(2)}× slower`,
      bar: '≤ 1.3×, 0 failed',
      met: slower <= 1.3 && aged.failed === 0,
    }),
    row('a new board reads all of that past', past.newBoard),
  ]
}
