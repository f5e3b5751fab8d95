import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import sql from 'sql-template-tag'
import { expect, onTestFinished, test } from 'vitest'
import { openSqlite } from '../../../server/platform/database/sqlite.ts'
import { createWriter } from '../../../server/platform/database/writer.ts'
import { createWalKeeper } from '../../../server/platform/storage/wal.ts'
import { scratchFolder } from '../../support/filled-shop.ts'

const KB = 1024

async function openStore() {
  const folder = scratchFolder('meja-wal-')
  const database = openSqlite(folder)
  await database.script('CREATE TABLE notes (text TEXT NOT NULL)')
  const writer = createWriter(database, () => {})
  const warnings: string[] = []
  const log = {
    info() {},
    error() {},
    warn: (facts: Record<string, unknown>, message: string) => {
      warnings.push(`${message} ${JSON.stringify(facts)}`)
    },
  }
  const keeper = createWalKeeper(folder, log, { worthBytes: 64 * KB, tooLongBytes: 512 * KB })
  onTestFinished(async () => {
    await database.close()
    rmSync(folder, { recursive: true, force: true })
  })
  let written = 0
  let isWriting = false
  return {
    keeper,
    warnings,
    walBytes: () => statSync(join(folder, 'meja.db-wal')).size,
    written: () => written,
    isWriting: () => isWriting,
    count: async () => (await database.read.get<{ n: number }>(sql`SELECT COUNT(*) AS n FROM notes`))?.n,
    write: async (kilobytes: number) => {
      for (let done = 0; done < kilobytes; done += 16) {
        await writer.submit(async (tx) => {
          isWriting = true
          await tx.run(sql`INSERT INTO notes (text) VALUES (${'x'.repeat(16 * KB)})`)
          // A group spans turns of the event loop, as one that reads a record does.
          await new Promise((resolve) => setImmediate(resolve))
          isWriting = false
          return { keep: true, value: undefined }
        })
        written++
      }
    },
    /** Another program that reads and never ends, until it is told to. */
    openReader: () => {
      const connection = new BetterSqlite3(join(folder, 'meja.db'), { readonly: true })
      connection.exec('BEGIN')
      connection.prepare('SELECT COUNT(*) FROM notes').get()
      onTestFinished(() => void connection.close())
      return { end: () => connection.exec('COMMIT') }
    },
  }
}

test('the log is cut to nothing once nobody writes, and not before', async () => {
  const store = await openStore()
  await store.write(200)
  await store.keeper.look(0)
  expect(store.walBytes()).toBeGreaterThan(200 * KB)
  await store.keeper.look(5000)
  expect(store.walBytes()).toBe(0)
  await store.write(200)
  await store.keeper.look(10_000)
  expect(store.walBytes()).toBeGreaterThan(200 * KB)
  expect(await store.count()).toBe(store.written())
})

test('a log that is too long is shortened while orders are being written', async () => {
  const store = await openStore()
  await store.write(1024)
  const writing = store.write(1024)
  while (!store.isWriting()) await new Promise((resolve) => setImmediate(resolve))
  await store.keeper.look(0)
  expect(store.walBytes()).toBeLessThan(600 * KB)
  await writing
  expect(store.warnings).toEqual([])
  expect(await store.count()).toBe(store.written())
})

test('a reader without end holds up no order; it is told of once, and the log is shortened when it ends', async () => {
  const store = await openStore()
  await store.write(100)
  const reader = store.openReader()
  await store.write(1024)
  for (const nowMs of [0, 5000, 10_000]) {
    const looking = store.keeper.look(nowMs)
    const sinceMs = performance.now()
    await store.write(64)
    expect(performance.now() - sinceMs).toBeLessThan(3000)
    await looking
  }
  expect(store.walBytes()).toBeGreaterThan(1024 * KB)
  expect(store.warnings).toHaveLength(1)
  expect(store.warnings[0]).toMatch(
    /cannot be shortened: some program reads the database without end.*walBytes/,
  )
  await store.keeper.look(11 * 60_000)
  expect(store.warnings).toHaveLength(2)
  reader.end()
  await store.keeper.look(12 * 60_000)
  expect(store.walBytes()).toBe(0)
  expect(await store.count()).toBe(store.written())
})
