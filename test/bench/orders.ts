// Durable orders through HTTP from 32 connections, beside a bare server that writes the same rows.
import { type ChildProcess, fork } from 'node:child_process'
import { type BusyShop, openBusyShop, type Phone } from '../support/busy-shop.ts'
import { emptyDist, freePort, type MejaProcess, makeFolder, startMeja } from '../support/meja-process.ts'
import { lastSeq, openSideReader } from '../support/table-data.ts'
import { openFeed } from './feed-reader.ts'
import { type LoadResult, percentile, startLoad } from './load.ts'
import { addPast } from './past-orders.ts'
import { startPostgres } from './postgres.ts'
import { ms, perSecond, type Row, row } from './table.ts'

/** Short turns, each server's beside the others': what else the machine does then falls on all alike. */
const SECONDS = 2
const ROUNDS = 10
const PHONES = 256
const PAST_ORDERS = 100_000

type Target = {
  readonly port: number
  readonly pid: number
  readonly phones: readonly Phone[]
  readonly shop: BusyShop
}

function quantile(values: readonly number[], share: number): number {
  return percentile(
    values.toSorted((a, b) => a - b),
    share,
  )
}

/** The rounds of one server as one result: the middle of each figure, the sum of the failures. */
function together(results: readonly LoadResult[]): LoadResult {
  const of = (pick: (result: LoadResult) => number) => quantile(results.map(pick), 0.5)
  return {
    sent: results.reduce((sum, result) => sum + result.sent, 0),
    perSecond: of((result) => result.perSecond),
    p50: of((result) => result.p50),
    p95: of((result) => result.p95),
    p99: of((result) => result.p99),
    cpuMicros: of((result) => result.cpuMicros),
    ownCpuMicros: of((result) => result.ownCpuMicros),
    failed: results.reduce((sum, result) => sum + result.failed, 0),
    firstFailure: results.find((result) => result.firstFailure)?.firstFailure ?? null,
  }
}

/**
 * All servers up, one at work: the first round warms them up, and each further one goes the other way
 * round, so that none is always the first. Answers each server's turns, in the order of the rounds.
 */
async function takeTurns(targets: readonly Target[]): Promise<LoadResult[][]> {
  const load = startLoad()
  const results: LoadResult[][] = targets.map(() => [])
  const forth = [...targets.entries()]
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [at, { port, pid, phones, shop }] of round % 2 === 0 ? forth : forth.toReversed()) {
      const result = await load.run({ port, pid, seconds: SECONDS, phones, cart: shop.cart })
      if (result.firstFailure) console.log(`  a failure: ${result.firstFailure}`)
      if (round > 0 || result.failed > 0) results[at]?.push(result)
    }
  }
  load.end()
  return results
}

type Spread = { readonly middle: number; readonly text: string }

/** How one server's turns compare with the other's beside them: the middle of the pairs, and half of them around it. */
function ratioOf(
  ones: readonly LoadResult[],
  others: readonly LoadResult[],
  pick: (result: LoadResult) => number = (result) => result.perSecond,
): Spread {
  const ratios = ones.flatMap((one, at) => (others[at] ? [pick(one) / pick(others[at])] : []))
  const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => quantile(ratios, share)) as [
    number,
    number,
    number,
  ]
  return { middle, text: `${middle.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})` }
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

async function startBare(sample: string): Promise<{ port: number; pid: number; process: ChildProcess }> {
  const port = await freePort()
  const env = {
    ...process.env,
    PORT: `${port}`,
    DATA_DIR: makeFolder('bare'),
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
  `${perSecond(result.perSecond)}, p50 ${ms(result.p50)}, p95 ${ms(result.p95)}, p99 ${ms(result.p99)}, ${result.failed} failed`

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
    const [results = []] = await takeTurns([target])
    await meja.stop()
    return [row('durable orders, PostgreSQL', figures(together(results)))]
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
  const bare = await startBare(sample)
  const [fresh = [], aged = [], same = []] = await takeTurns([
    target,
    past,
    { ...target, port: bare.port, pid: bare.pid },
  ])
  await meja.stop()
  await past.stop()
  bare.process.kill()
  return [...rowsOf(fresh, aged, same), row('a new board reads all of that past', past.newBoard)]
}

function rowsOf(
  fresh: readonly LoadResult[],
  aged: readonly LoadResult[],
  same: readonly LoadResult[],
): Row[] {
  const [mine, old, bare] = [together(fresh), together(aged), together(same)]
  const ratio = ratioOf(fresh, same)
  const slower = ratioOf(fresh, aged)
  return [
    row('durable orders, SQLite, 32 connections', figures(mine), {
      beside: `bare, same rows: ${figures(bare)}`,
      ratio: ratio.text,
      bar: '≥ 0.50, p95 < 50 ms, 0 failed',
      met: ratio.middle >= 0.5 && mine.p95 < 50 && mine.failed === 0,
    }),
    row('processor time of an order', `${mine.cpuMicros.toFixed(0)} µs`, {
      beside: `bare: ${bare.cpuMicros.toFixed(0)} µs; the load itself: ${mine.ownCpuMicros.toFixed(0)} and ${bare.ownCpuMicros.toFixed(0)} µs`,
      ratio: ratioOf(same, fresh, (result) => result.cpuMicros).text,
    }),
    row(`after ${PAST_ORDERS} past orders`, figures(old), {
      beside: `without a past: ${perSecond(mine.perSecond)}`,
      ratio: `${slower.text}× slower`,
      bar: '≤ 1.3×, 0 failed',
      met: slower.middle <= 1.3 && old.failed === 0,
    }),
  ]
}
