import pg from 'pg'
import sql from 'sql-template-tag'
import { expect, inject, test } from 'vitest'
import { migrate } from '../../../../../server/platform/database/migrate.ts'
import { openPostgres } from '../../../../../server/platform/database/postgres/postgres.ts'
import { startStreamsAnewIfRestored } from '../../../../../server/platform/database/postgres/postgres-restored.ts'
import { putRecord, readRecord } from '../../../../../server/platform/database/records.ts'
import { databaseFrom } from '../../../../faults/fresh-database.ts'
import { openFeed } from '../../../../support/browser.ts'
import { START_MS, TEMPLATE_DATABASE } from '../../../../support/filled-shop.ts'
import { createTestShop, type TestShop } from '../../../../support/test-shop.ts'

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

async function shopWithNotes(ids: readonly string[]) {
  const url = await databaseFrom(TEMPLATE_DATABASE)
  const { shop } = await start(url, START_MS)
  const stream = `outlet:${(await shop.outlet()).id}`
  await write(shop, stream, ids)
  return { shop, url, stream }
}

/** As a copy looks: with the note of where the original lives. */
async function moveElsewhere(shop: TestShop) {
  await shop.database.script("COMMENT ON TABLE changes IS 'elsewhere'")
}

async function seqsOf(shop: TestShop, stream: string) {
  const rows = await shop.read.all<{ seq: number }>(
    sql`SELECT seq FROM changes WHERE stream = ${stream} ORDER BY seq`,
  )
  return rows.map(({ seq }) => seq)
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
  const original = await databaseFrom(TEMPLATE_DATABASE)
  await startStreamsAnewIfRestored(original, START_MS)
  const url = await databaseFrom(nameOf(original))
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

test('a shop that has no note yet gets one, and nothing is moved', async () => {
  const url = await databaseFrom(TEMPLATE_DATABASE)
  const database = await openPostgres(url)
  const seqs = () => database.read.all(sql`SELECT stream, seq FROM changes ORDER BY stream, seq`)
  const before = await seqs()
  expect(before.length).toBeGreaterThan(0)
  expect(await startStreamsAnewIfRestored(url, START_MS)).toBe(false)
  expect(await seqs()).toEqual(before)
  await database.close()
})

test('only the newest number of each stream is moved: all orders wait while it is', async () => {
  const { shop, url, stream } = await shopWithNotes(['a', 'b', 'c'])
  const older = await seqsOf(shop, stream)
  await moveElsewhere(shop)
  expect(await startStreamsAnewIfRestored(url, START_MS)).toBe(true)
  const moved = await seqsOf(shop, stream)
  expect(moved.slice(0, -1)).toEqual(older.slice(0, -1))
  expect(moved.at(-1)).toBe(START_MS)
})

test('a clock that went back brings the numbers no closer', async () => {
  const { shop, url, stream } = await shopWithNotes(['a'])
  await moveElsewhere(shop)
  await startStreamsAnewIfRestored(url, START_MS)
  await moveElsewhere(shop)
  await write(shop, stream, ['kept'])
  const read = START_MS + 100_000
  expect(await startStreamsAnewIfRestored(url, START_MS - 3_600_000)).toBe(true)
  expect((await seqsOf(shop, stream)).at(-1)).toBeGreaterThan(read)
  expect(await readOn(shop, stream, read)).toMatchObject({ isAnew: true })
})

test('who follows a running server while a copy takes its database’s place comes back and reads anew', async () => {
  const { shop, url, stream } = await shopWithNotes(['a', 'b'])
  const feed = await openFeed(shop.stranger(), [`${stream}@0`])
  await feed.until(({ events }) => events.some(({ event }) => event === 'caught_up'))
  const known = feed.changes.at(-1)?.seq ?? 0
  await moveElsewhere(shop)
  await startStreamsAnewIfRestored(url, START_MS)
  await feed.until((reader) => reader.isEnded())
  expect(feed.changes.at(-1)?.seq).toBe(known)
  expect(await readOn(shop, stream, known)).toMatchObject({ isAnew: true })
  const live = await openFeed(shop.stranger(), [`${stream}@${START_MS}`])
  await live.until(({ events }) => events.some(({ event }) => event === 'caught_up'))
  await write(shop, stream, ['new'])
  await live.until(({ changes }) => changes.some(({ id }) => id === 'new'))
  await live.close()
})

/** Puts the copy in the database's place while servers run on it, as who restores one by hand does. */
async function replace(url: string, copyUrl: string): Promise<void> {
  const [name, copy] = [nameOf(url), nameOf(copyUrl)]
  const admin = new pg.Client({ connectionString: `${inject('postgresUrl')}/postgres` })
  await admin.connect()
  // Nobody may be connected while it is renamed, and the servers come back at once.
  await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`)
  await admin.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`)
  await expect
    .poll(() => admin.query(`ALTER DATABASE ${name} RENAME TO ${name}_old`).then(Boolean, () => false))
    .toBe(true)
  await admin.query(`ALTER DATABASE ${copy} RENAME TO ${name}`)
  await admin.end()
}

test.each([
  ['', 'elsewhere'],
  [' without its comments', null],
])(
  'a copy%s that takes the database’s place under two running servers is read anew on both',
  async (_how, note) => {
    const original = await shopWithNotes(['before'])
    const { url, stream } = original
    await original.shop.stop()
    const copy = await databaseFrom(nameOf(url))
    if (note === null) {
      const database = await openPostgres(copy)
      await database.script('COMMENT ON TABLE changes IS NULL')
      await database.close()
    }
    const shops = [(await start(url, START_MS)).shop, (await start(url, START_MS)).shop] as const
    await write(shops[0], stream, ['lost1', 'lost2'])
    const { seq: known } = await readOn(shops[0], stream, 0)
    const feeds = await Promise.all(shops.map((shop) => openFeed(shop.stranger(), [`${stream}@${known}`])))
    for (const feed of feeds) {
      await feed.until(({ events }) => events.some(({ event }) => event === 'caught_up'))
    }
    // Longer than a look: each has seen where its database lives.
    await new Promise((resolve) => setTimeout(resolve, 1500))
    expect(feeds.map((feed) => feed.isEnded())).toEqual([false, false])

    await replace(url, copy)
    for (const feed of feeds) {
      await feed.until((reader) => reader.isEnded(), 10_000)
      expect(feed.events.slice(-2).map(({ event }) => event)).toEqual(['resync', 'bye'])
    }
    // More than were lost: by number alone none of these would be news.
    await write(shops[0], stream, ['new1', 'new2', 'new3'])
    for (const shop of shops) {
      const anew = await readOn(shop, stream, known)
      expect(anew.isAnew).toBe(true)
      expect(anew.ids).toEqual(expect.arrayContaining(['before', 'new1', 'new2', 'new3']))
      expect(anew.ids).not.toContain('lost1')
    }
    // One of the two moved the numbers, by what a copy may lack at most.
    const [moved] = (await seqsOf(shops[0], stream)).slice(-4)
    expect(moved).toBe(START_MS)
    const warnings = shops.map(
      ({ logLines }) => logLines.filter((line) => line.includes('was replaced')).length,
    )
    expect(warnings).toEqual([1, 1])
  },
)
