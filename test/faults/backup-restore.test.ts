import { spawn } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { restoreSqlite } from '../../server/platform/storage/restore.ts'
import { openBusyShop } from '../support/busy-shop.ts'
import {
  COMPILE_CACHE,
  emptyDist,
  freePort,
  type MejaProcess,
  makeFolder,
  startMeja,
} from '../support/meja-process.ts'
import { openSideReader } from '../support/table-data.ts'
import { placeStubbornly } from './stubborn-client.ts'

const CLIENTS = 8
const BACKUPS = Number(process.env.BACKUP_ROUNDS ?? 4)
const ROOT = join(import.meta.dirname, '..', '..')

type Ended = { readonly code: number | null; readonly out: string; readonly error: string }

/** Runs a command of the console as npm would. */
function run(command: 'backup' | 'restore' | 'doctor', dataDir: string, ...words: string[]): Promise<Ended> {
  const child = spawn(process.execPath, [join('server', 'upkeep', `${command}.ts`), ...words], {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH ?? '',
      NODE_COMPILE_CACHE: COMPILE_CACHE,
      DATA_DIR: dataDir,
      PEPPER: Buffer.alloc(32, 7).toString('base64'),
    },
  })
  let out = ''
  let error = ''
  child.stdout.on('data', (part: Buffer) => {
    out += part
  })
  child.stderr.on('data', (part: Buffer) => {
    error += part
  })
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, error })))
}

function scratch(name: string): string {
  const folder = makeFolder(name)
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function openShop() {
  const dataDir = scratch('backup')
  const distDir = emptyDist()
  const start = async (folder = dataDir) => startMeja({ dataDir: folder, distDir, port: await freePort() })
  const meja = await start()
  onTestFinished(async () => {
    await meja.stop('SIGKILL')
    rmSync(distDir, { recursive: true, force: true })
  })
  return { dataDir, meja, start, shop: await openBusyShop(meja) }
}

async function orderIds(dataDir: string): Promise<Set<string>> {
  const side = await openSideReader({ dataDir })
  const rows = await side.rows<{ id: string }>('SELECT id FROM orders')
  await side.close()
  return new Set(rows.map(({ id }) => id))
}

/** The revisions of what a page brings by itself, each as its record says it too. */
async function outletRevs(dataDir: string): Promise<number[]> {
  const side = await openSideReader({ dataDir })
  const rows = await side.rows<{ rev: number; body: string }>(
    "SELECT rev, body FROM records WHERE kind IN ('outlet', 'menu')",
  )
  await side.close()
  expect(rows.map(({ body }) => (JSON.parse(body) as { rev: number }).rev)).toEqual(
    rows.map(({ rev }) => rev),
  )
  expect(rows.every(({ body }) => !/"rev":\d+\./.test(body))).toBe(true)
  return rows.map(({ rev }) => rev)
}

/** The events that a reader of the stream is told first. */
async function firstEvents(meja: MejaProcess, cookie: string, cursor: string): Promise<string> {
  const stop = new AbortController()
  const response = await fetch(`${meja.url}/api/feed?s=${cursor}`, {
    headers: { cookie },
    signal: stop.signal,
  })
  let text = ''
  const decoder = new TextDecoder()
  for await (const part of response.body ?? []) {
    text += decoder.decode(part, { stream: true })
    if (/event: (caught_up|refused)/.test(text)) break
  }
  stop.abort()
  return text
}

test(`${BACKUPS} backups under load: each holds every order acknowledged before it, restores and is sound`, {
  timeout: 120_000,
}, async () => {
  const { dataDir, meja, shop } = await openShop()
  const phones = await shop.seatPhones(CLIENTS)
  const acknowledged: string[] = []
  let isOver = false
  const clients = Promise.all(
    phones.map(async (phone) => {
      while (!isOver) acknowledged.push((await placeStubbornly(() => meja.url, phone, shop.cart)).orderId)
    }),
  )
  clients.catch(() => undefined)
  const tookMs: number[] = []
  for (let round = 0; round < BACKUPS; round++) {
    await new Promise((resolve) => setTimeout(resolve, 200))
    const before = [...acknowledged]
    const file = join(scratch('copy'), 'shop.db')
    const sinceMs = performance.now()
    const backup = await run('backup', dataDir, file)
    tookMs.push(performance.now() - sinceMs)
    expect([backup.code, backup.error]).toEqual([0, ''])
    expect(backup.out).toContain('Not in it, on purpose: the pepper')
    expect(statSync(file).mode & 0o077).toBe(0)
    expect(readdirSync(join(file, '..'))).toEqual(['shop.db'])

    const fresh = scratch('fresh')
    const restored = await run('restore', fresh, file)
    expect([restored.code, restored.error]).toEqual([0, ''])
    const held = await orderIds(fresh)
    expect(before.filter((id) => !held.has(id))).toEqual([])
    const doctor = await run('doctor', fresh)
    expect([doctor.code, doctor.out]).toEqual([0, expect.stringContaining('All is well.')])
  }
  const running = await run('doctor', dataDir)
  expect([running.code, running.error]).toEqual([0, ''])
  isOver = true
  await clients
  console.log(
    `${acknowledged.length} orders meanwhile; a backup took ${Math.max(...tookMs).toFixed(0)} ms at most, its process included`,
  )
})

/** A copy of the backup after this was done to it. */
function changed(file: string, statements: string): string {
  const copy = join(scratch('changed'), 'shop.db')
  cpSync(file, copy)
  const connection = new BetterSqlite3(copy)
  connection.exec(statements)
  connection.close()
  return copy
}

test('two restores within one second keep both states that they replaced, for nobody else to read', async () => {
  const { dataDir, meja } = await openShop()
  const file = join(scratch('copy'), 'shop.db')
  expect((await run('backup', dataDir, file)).code).toBe(0)
  await meja.stop()
  chmodSync(file, 0o644)
  const nowMs = Date.parse('2026-03-01T03:00:00Z')
  const kept = [
    await restoreSqlite(file, dataDir, { replace: true, nowMs }),
    await restoreSqlite(file, dataDir, { replace: true, nowMs: nowMs + 999 }),
  ]
  expect(new Set(kept).size).toBe(2)
  for (const folder of [dataDir, ...kept])
    expect(statSync(join(folder ?? '', 'meja.db')).mode & 0o077).toBe(0)
})

test("in a folder that was there before, open to all, the database is its owner's alone", async () => {
  const dataDir = scratch('open')
  chmodSync(dataDir, 0o755)
  writeFileSync(join(dataDir, 'meja.db'), '', { mode: 0o644 })
  const distDir = emptyDist()
  const before = process.umask(0o022)
  const meja = await startMeja({ dataDir, distDir, port: await freePort() }).finally(() =>
    process.umask(before),
  )
  onTestFinished(async () => {
    await meja.stop('SIGKILL')
    rmSync(distDir, { recursive: true, force: true })
  })
  const files = readdirSync(dataDir)
  expect(files).toEqual(expect.arrayContaining(['meja.db', 'meja.db-wal', 'meja.db-shm']))
  const open = files.filter((name) => (statSync(join(dataDir, name)).mode & 0o077) !== 0)
  expect(open).toEqual([])
})

test('a restore keeps what was there, and those who had read further start anew', {
  timeout: 60_000,
}, async () => {
  const { dataDir, meja, start, shop } = await openShop()
  const [phone] = await shop.seatPhones(1)
  if (!phone) throw new Error('no phone')
  const before = await placeStubbornly(() => meja.url, phone, shop.cart)
  const file = join(scratch('copy'), 'shop.db')
  expect((await run('backup', dataDir, file)).code).toBe(0)
  const twice = await run('backup', dataDir, file)
  expect([twice.code, twice.error]).toEqual([1, expect.stringContaining('is there already')])
  const after = await placeStubbornly(() => meja.url, phone, shop.cart)
  const desk = `desk:${shop.outletId}`
  const told = await firstEvents(meja, shop.staffCookie, `${desk}@0`)
  const read = Number(/caught_up\ndata: .*"seq":(\d+)/.exec(told)?.[1])
  expect(read).toBeGreaterThan(0)

  const held = await run('restore', dataDir, file, '--replace')
  expect([held.code, held.error]).toEqual([
    1,
    expect.stringMatching(/^DATA_DIR .* is in use by process \d+\. Stop it/),
  ])
  await meja.stop()
  const guarded = await run('restore', dataDir, file)
  expect([guarded.code, guarded.error]).toEqual([1, expect.stringContaining('holds data already')])
  expect((await orderIds(dataDir)).has(after.orderId)).toBe(true)

  const restored = await run('restore', dataDir, file, '--replace')
  expect([restored.code, restored.error]).toEqual([0, ''])
  const kept = /kept in (\S+)\. Delete/.exec(restored.out)?.[1] ?? ''
  expect((await orderIds(dataDir)).has(after.orderId)).toBe(false)
  expect((await orderIds(dataDir)).has(before.orderId)).toBe(true)
  expect((await orderIds(kept)).has(after.orderId)).toBe(true)
  // A page that brings the menu by itself is believed by a phone that knew a later one.
  expect(Math.min(...(await outletRevs(dataDir)))).toBeGreaterThan(Math.max(...(await outletRevs(kept))))
  expect((await run('doctor', dataDir)).code).toBe(0)

  const again = await start()
  onTestFinished(() => again.stop('SIGKILL'))
  // More orders than were lost: the numbers would have passed the reader's place without a word.
  for (let n = 0; n < 5; n++) await placeStubbornly(() => again.url, phone, shop.cart)
  const events = await firstEvents(again, shop.staffCookie, `${desk}@${read}`)
  expect(events.match(/event: resync/g)).toHaveLength(1)
  expect(events).not.toContain(after.orderId)
  const sequence = Number(/caught_up\ndata: .*"seq":(\d+)/.exec(events)?.[1])
  expect(Number.isSafeInteger(sequence)).toBe(true)
  expect(await firstEvents(again, shop.staffCookie, `${desk}@${sequence}`)).not.toContain('resync')
})

test('what is no backup is not restored, and changes nothing', { timeout: 60_000 }, async () => {
  const { dataDir, meja } = await openShop()
  const file = join(scratch('copy'), 'shop.db')
  expect((await run('backup', dataDir, file)).code).toBe(0)
  await meja.stop()
  const damaged = join(scratch('damaged'), 'shop.db')
  const bytes = readFileSync(file)
  bytes.fill(0x5a, bytes.length - 20_000, bytes.length - 8000)
  writeFileSync(damaged, bytes)
  const short = join(scratch('short'), 'shop.db')
  cpSync(file, short)
  truncateSync(short, 50_000)
  const foreign = join(scratch('foreign'), 'shop.db')
  writeFileSync(foreign, 'nothing')
  const link = join(scratch('link'), 'shop.db')
  symlinkSync(join(dataDir, 'meja.db'), link)
  const whyByFile = {
    [damaged]: /the file/,
    [short]: /the file cannot be read as a database/,
    [foreign]: /the file cannot be read as a database/,
    [join(ROOT, 'nowhere.db')]: /There is no file/,
    [join(dataDir, 'meja.db')]: /is the database itself and no backup/,
    [link]: /is the database itself and no backup/,
    [changed(file, 'CREATE TRIGGER extra AFTER INSERT ON orders BEGIN DELETE FROM codes; END')]:
      /it has a trigger extra that this program never made/,
    [changed(file, 'CREATE TABLE extra (x); CREATE VIEW more AS SELECT 1')]:
      /it has a table extra that this program never made, and 1 more/,
    [changed(file, 'DROP TRIGGER money_moves_keep_delete')]: /its trigger money_moves_keep_delete is missing/,
    [changed(file, 'ALTER TABLE codes ADD COLUMN extra TEXT')]: /its table codes was changed/,
  }
  const other = readFileSync(join(dataDir, 'meja.db'))
  for (const [wrongFile, why] of Object.entries(whyByFile)) {
    const refused = await run('restore', dataDir, wrongFile, '--replace')
    expect([wrongFile, refused.code, refused.out]).toEqual([wrongFile, 1, ''])
    expect(refused.error).toMatch(why)
    expect(refused.error).toMatch(/Nothing has changed\..*/)
    expect(refused.error).toMatch(/Take a|Check its/)
    expect(refused.error.trim().split('\n')).toHaveLength(1)
    expect(readFileSync(join(dataDir, 'meja.db')).equals(other)).toBe(true)
  }
  expect(readdirSync(dataDir).filter((name) => /restor/.test(name))).toEqual([])
  expect(existsSync(join(dataDir, 'meja.pid'))).toBe(false)

  writeFileSync(join(dataDir, 'meja.db'), bytes)
  const doctor = await run('doctor', dataDir)
  expect([doctor.code, doctor.out]).toEqual([
    1,
    expect.stringMatching(/WRONG database file: .*Do: .*npm run restore/),
  ])
})

test('where PostgreSQL keeps the data, the exact line of its own tool is said', async () => {
  const dataDir = scratch('pg')
  const child = spawn(process.execPath, [join('server', 'upkeep', 'backup.ts')], {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH ?? '',
      DATA_DIR: dataDir,
      DATABASE_URL: 'postgres://u:secret@127.0.0.1:1/meja',
    },
  })
  let error = ''
  child.stderr.on('data', (part: Buffer) => {
    error += part
  })
  const code = await new Promise((resolve) => child.once('close', resolve))
  expect(code).toBe(1)
  expect(error).toMatch(/ {2}pg_dump --format=custom --file=meja-\d{8}-\d{6}\.dump "\$DATABASE_URL"\n/)
  expect(error).not.toContain('secret')
})
