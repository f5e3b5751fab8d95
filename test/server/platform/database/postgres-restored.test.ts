import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { migrate } from '../../../../server/platform/database/migrate.ts'
import { openPostgres } from '../../../../server/platform/database/postgres.ts'
import { startStreamsAnewIfRestored } from '../../../../server/platform/database/postgres-restored.ts'
import { putRecord, readRecord } from '../../../../server/platform/database/records.ts'
import { databaseFrom } from '../../../faults/fresh-database.ts'
import { openFeed } from '../../../support/browser.ts'
import { START_MS, TEMPLATE_DATABASE } from '../../../support/filled-shop.ts'
import { createTestShop, type TestShop } from '../../../support/test-shop.ts'

const nameOf = (url: string) => url.slice(url.lastIndexOf('/') + 1)

/** What a server does at its start, and then the server. */
async function start(databaseUrl: string, nowMs: number) {
  const wasRestored = await startStreamsAnewIfRestored(databaseUrl, nowMs)
  return { wasRestored, shop: await createTestShop({ dialect: 'postgres', beside: { databaseUrl } }) }
}

async function write(shop: TestShop, stream: string, ids: readonly string[]) {
  for (const id of ids) {
    await shop.writer.submit(async (tx) => {
      await putRecord(tx, 'note', { id, rev: 1 }, [stream])
      return { keep: true, value: undefined }
    })
  }
  shop.door.feed.wake([stream])
}

async function readOn(shop: TestShop, stream: string, afterSeq: number) {
  const feed = await openFeed(shop.stranger(), [`${stream}@${afterSeq}`])
  await feed.until(({ events }) => events.some(({ event }) => event === 'caught_up'))
  await feed.close()
  const end = feed.events.find(({ event }) => event === 'caught_up')?.data as { seq: number }
  const isAnew = feed.events.some(({ event }) => event === 'resync')
  return { seq: end.seq, isAnew, ids: feed.changes.map((change) => change.id) }
}

test('a shop that was put back from a copy is read anew by those who had read further', async () => {
  const original = await databaseFrom(TEMPLATE_DATABASE)
  const { shop: first } = await start(original, START_MS)
  const outlet = await first.outlet()
  const stream = `outlet:${outlet.id}`
  await write(first, stream, ['before'])
  await first.stop()
  const backup = await databaseFrom(nameOf(original))
  const { shop: later, wasRestored } = await start(original, START_MS + 1000)
  expect(wasRestored, 'the same database at its second start').toBe(false)
  await write(later, stream, ['lost1', 'lost2'])
  const known = await readOn(later, stream, 0)
  const rev = (await readRecord<{ rev: number }>(later.read, 'outlet', outlet.id))?.rev ?? 0
  await later.stop()

  const restored = await start(backup, START_MS + 2000)
  expect(restored.wasRestored).toBe(true)
  // More changes than were lost: the numbers would have passed the reader's place without a word.
  await write(restored.shop, stream, ['new1', 'new2', 'new3', 'new4'])
  const anew = await readOn(restored.shop, stream, known.seq)
  expect(anew.isAnew).toBe(true)
  expect(anew.ids).toEqual(expect.arrayContaining(['before', 'new1', 'new2', 'new3', 'new4']))
  expect(anew.ids).not.toContain('lost1')
  expect(anew.seq).toBeGreaterThan(known.seq)
  expect(await readOn(restored.shop, stream, anew.seq)).toEqual({ seq: anew.seq, isAnew: false, ids: [] })

  // A page that brings an outlet's record by itself is believed by a phone that knew a later one.
  const [row] = await restored.shop.read.all<{ rev: number; body: string }>(
    sql`SELECT rev, body FROM records WHERE kind = 'outlet' AND id = ${outlet.id}`,
  )
  expect(row?.rev).toBeGreaterThan(rev + START_MS)
  expect((JSON.parse(row?.body ?? '{}') as { rev: number }).rev).toBe(row?.rev)
  await restored.shop.stop()
  expect(await startStreamsAnewIfRestored(backup, START_MS + 3000)).toBe(false)
})

test('of servers that start at once on a copy, one moves the numbers', async () => {
  const url = await databaseFrom(TEMPLATE_DATABASE)
  const did = await Promise.all([1, 2, 3, 4].map((n) => startStreamsAnewIfRestored(url, START_MS + n)))
  expect(did.filter(Boolean)).toHaveLength(1)
})

test('a first start has nothing to move, and is known again', async () => {
  const url = await databaseFrom('template1')
  const database = await openPostgres(url)
  await migrate(database)
  expect(await startStreamsAnewIfRestored(url, START_MS)).toBe(false)
  await database.runGroup([
    async (tx) => {
      await putRecord(tx, 'note', { id: 'one', rev: 1 }, ['outlet:one'])
      return { keep: true, value: undefined }
    },
  ])
  expect(await startStreamsAnewIfRestored(url, START_MS)).toBe(false)
  expect(await database.read.all(sql`SELECT seq FROM changes`)).toEqual([{ seq: 1 }])
  await database.close()
})
