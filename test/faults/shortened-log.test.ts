import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { makeFolder } from '../support/meja-process.ts'
import { crashImages, readTrace } from './crash-images.ts'

const IMAGES = 250
const ORDERS = 120

const canTrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0
if (!canTrace)
  console.log('SKIPPED: power loss is tried with strace, which is not on PATH or may not trace here.')

test.skipIf(!canTrace)(
  `power is cut at ${IMAGES} points while the log is shortened again and again: no acknowledged order is lost`,
  { timeout: 120_000 },
  () => {
    const folder = makeFolder('shortened')
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const trace = join(folder, 'trace')
    const calls = 'trace=openat,close,pwrite64,write,fsync,fdatasync,ftruncate,unlink'
    const writer = join(import.meta.dirname, 'shortened-log-writer.ts')
    const strace = [
      '-xx',
      '-s',
      '70000',
      '-e',
      calls,
      '-o',
      trace,
      process.execPath,
      writer,
      folder,
      `${ORDERS}`,
    ]
    const run = spawnSync('strace', strace, { encoding: 'utf8', maxBuffer: 1e7 })
    expect(run.signal === 'SIGKILL' || run.status === 137, run.stderr).toBe(true)
    expect(readFileSync(trace, 'latin1').match(/ftruncate\(/g)?.length).toBeGreaterThan(ORDERS / 10)

    const found = { images: 0, lost: 0, corrupt: 0 }
    for (const image of crashImages(readTrace(trace, 'meja.db', 'acknowledged.log'), IMAGES, 20261121)) {
      const place = makeFolder('crash')
      for (const [name, bytes] of image.files) writeFileSync(join(place, name), bytes)
      const database = new BetterSqlite3(join(place, 'meja.db'))
      const column = (query: string) => database.prepare(query).pluck().all()
      const orders = new Set(column('SELECT id FROM orders'))
      found.images++
      const isWhole = database.pragma('integrity_check', { simple: true }) === 'ok'
      if (!isWhole || column('SELECT n FROM totals')[0] !== orders.size) found.corrupt++
      if (image.acknowledged.some((id) => !orders.has(id))) found.lost++
      database.close()
      rmSync(place, { recursive: true, force: true })
    }
    console.log(`power loss while the log is shortened: ${JSON.stringify(found)}`)
    expect(found.images).toBeGreaterThan(IMAGES * 0.7)
    expect([found.lost, found.corrupt]).toEqual([0, 0])
  },
)
