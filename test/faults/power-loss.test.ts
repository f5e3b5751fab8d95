import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { expect, test } from 'vitest'
import { makeFolder } from '../support/meja-process.ts'
import { crashImages, readTrace } from './crash-images.ts'

const IMAGES = Number(process.env.CRASH_IMAGES ?? 300)
const ORDERS = 240
const CALLS = 'openat,close,pwrite64,write,fsync,fdatasync,ftruncate,unlink'

const canTrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0
if (!canTrace)
  console.log('SKIPPED: power loss is tried with strace, which is not on PATH or may not trace here.')

/** Runs the writer under strace and answers its trace. Only its main thread writes the database. */
function trace(folder: string, control: string): string {
  const path = join(folder, 'trace')
  const writer = join(import.meta.dirname, 'power-writer.ts')
  const args = [
    '-xx',
    '-s',
    '70000',
    '-e',
    `trace=${CALLS}`,
    '-o',
    path,
    process.execPath,
    writer,
    folder,
    `${ORDERS}`,
    control,
  ]
  const run = spawnSync('strace', args, { encoding: 'utf8', maxBuffer: 1e7 })
  if (run.signal !== 'SIGKILL' && run.status !== 137) throw new Error(`The writer failed: ${run.stderr}`)
  return path
}

type Found = { images: number; lost: number; corrupt: number; unreadable: number; acknowledged: number }

function examine(control: string, count: number): Found {
  const folder = makeFolder('power')
  const operations = readTrace(trace(folder, control), 'meja.db', 'acknowledged.log')
  const found: Found = { images: 0, lost: 0, corrupt: 0, unreadable: 0, acknowledged: 0 }
  for (const { files, acknowledged } of crashImages(operations, count, 20261121)) {
    const image = makeFolder('crash')
    for (const [name, bytes] of files) writeFileSync(join(image, name), bytes)
    found.images++
    found.acknowledged = acknowledged.length
    try {
      const database = new BetterSqlite3(join(image, 'meja.db'))
      const column = (query: string) => database.prepare(query).pluck().all()
      const orders = new Set(column('SELECT id FROM orders'))
      const isWhole =
        database.pragma('integrity_check', { simple: true }) === 'ok' &&
        column(`SELECT COUNT(*) FROM commands WHERE name = 'order.place'`)[0] === orders.size &&
        column('SELECT stream FROM changes GROUP BY stream HAVING COUNT(*) <> MAX(seq)').length === 0
      if (!isWhole) found.corrupt++
      if (acknowledged.some((orderId) => !orders.has(orderId))) found.lost++
      database.close()
    } catch {
      found.unreadable++
    }
    rmSync(image, { recursive: true, force: true })
  }
  rmSync(folder, { recursive: true, force: true })
  return found
}

test.skipIf(!canTrace)(
  `power is cut at ${IMAGES} points of ${ORDERS} orders: no acknowledged order is lost, no file is damaged`,
  { timeout: 180_000 },
  () => {
    const found = examine('full', IMAGES)
    console.log(`power loss: ${JSON.stringify(found)}`)
    expect(found.images).toBeGreaterThan(IMAGES * 0.7)
    expect(found.acknowledged).toBeGreaterThan(ORDERS * 0.9)
    expect([found.lost, found.corrupt, found.unreadable]).toEqual([0, 0, 0])
  },
)

test.skipIf(!canTrace)(
  'the same with synchronous=NORMAL loses acknowledged orders, so the test can see it',
  { timeout: 180_000 },
  () => {
    const found = examine('normal', 40)
    console.log(`control: ${JSON.stringify(found)}`)
    expect(found.lost).toBeGreaterThan(0)
  },
)
