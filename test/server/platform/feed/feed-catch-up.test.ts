import { expect, onTestFinished, test } from 'vitest'
import type { Reader } from '../../../../server/platform/database/database.ts'
import { putRecord } from '../../../../server/platform/database/records.ts'
import { createFeed } from '../../../../server/platform/feed.ts'
import { describeOnBoth } from '../../../support/both-databases.ts'
import { createTestShop } from '../../../support/test-shop.ts'

const STREAM = 'customer:cus_1'

describeOnBoth('a reader that is still catching up', (dialect) => {
  test('misses nothing that is committed between its last page and its going live', async () => {
    const { database, writer } = await createTestShop({ dialect })
    const write = (id: string) =>
      writer.submit(async (tx) => {
        await putRecord(tx, 'note', { id, rev: 1 }, [STREAM])
        return { keep: true, value: undefined }
      })
    await write('first')
    let pages = 0
    const read: Reader = {
      get: (query) => database.read.get(query),
      all: async <Row>(query: Parameters<Reader['all']>[0]) => {
        const rows = await database.read.all<Row>(query)
        pages++
        if (pages > 1) return rows
        // The page has been read and is on its way: now something is committed, and the others are told.
        await write('meanwhile')
        feed.wake([STREAM])
        await expect.poll(() => pages).toBe(2)
        await new Promise((resolve) => setTimeout(resolve, 20))
        return rows
      },
    }
    const errors: unknown[] = []
    const feed = createFeed(read, (error) => errors.push(error))
    const reader = feed.subscribe([{ stream: STREAM, afterSeq: 0 }], [])
    onTestFinished(() => reader.close())
    let heard = ''
    void (async () => {
      for await (const part of reader.body) heard += new TextDecoder().decode(part)
    })()
    await expect.poll(() => heard).toContain('caught_up')
    expect([...heard.matchAll(/^id: .*@(\d+)$/gm)].map(([, seq]) => seq)).toEqual(['1', '2'])
    expect(heard).toContain(JSON.stringify({ stream: STREAM, seq: 2 }))
    await write('later')
    feed.wake([STREAM])
    await expect.poll(() => heard).toContain(`id: ${STREAM}@3`)
    expect(errors).toEqual([])
  })
})

describeOnBoth('a reader of a stream that ends', (dialect) => {
  test('is refused also when the page after its end could not be read at first', async () => {
    const { database, writer } = await createTestShop({ dialect })
    const write = (ids: readonly string[]) =>
      writer.submit(async (tx) => {
        for (const id of ids) await putRecord(tx, 'note', { id, rev: 1 }, [STREAM])
        return { keep: true, value: undefined }
      })
    let failing = 0
    let pages = 0
    const read: Reader = {
      get: (query) => database.read.get(query),
      all: async <Row>(query: Parameters<Reader['all']>[0]) => {
        pages++
        if (failing > 0 && pages > 1 && failing-- > 0) throw new Error('the storage is away')
        return database.read.all<Row>(query)
      },
    }
    const errors: unknown[] = []
    const feed = createFeed(
      read,
      (error) => errors.push(error),
      (_, row) => row.id === 'end',
    )
    const reader = feed.subscribe([{ stream: STREAM, afterSeq: 0 }], [])
    onTestFinished(() => reader.close())
    let heard = ''
    void (async () => {
      for await (const part of reader.body) heard += new TextDecoder().decode(part)
    })()
    await expect.poll(() => heard).toContain('caught_up')
    // More than a page: the end is in the first, the second fails.
    await write(['end', ...Array.from({ length: 250 }, (_, index) => `later${index}`)])
    pages = 0
    failing = 1
    feed.wake([STREAM])
    await expect.poll(() => heard, { timeout: 5000 }).toContain('event: refused')
    expect(errors).toHaveLength(1)
  })
})
