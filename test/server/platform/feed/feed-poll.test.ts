import { expect, onTestFinished, test } from 'vitest'
import type { Reader } from '../../../../server/platform/database/database.ts'
import { lastSeqs, putRecord } from '../../../../server/platform/database/records.ts'
import type { Writer } from '../../../../server/platform/database/writer.ts'
import { createFeed, type Feed } from '../../../../server/platform/feed.ts'
import { describeOnBoth } from '../../../support/both-databases.ts'
import { createTestShop } from '../../../support/test-shop.ts'

/** Commits one new record in each of the streams, and wakes nobody: what another server does. */
async function writeElsewhere(writer: Writer, streams: readonly string[], id: string) {
  await writer.submit(async (tx) => {
    await putRecord(tx, 'note', { id, rev: 1 }, streams)
    return { keep: true, value: undefined }
  })
}

/** Follows the stream from its beginning; `seqs` grows as changes come. */
function follow(feed: Feed, stream: string) {
  const seqs: number[] = []
  let isCaughtUp = false
  const subscriber = feed.subscribe([{ stream, afterSeq: 0 }], [])
  void (async () => {
    const decoder = new TextDecoder()
    for await (const part of subscriber.body) {
      const text = decoder.decode(part)
      for (const [, seq] of text.matchAll(/^id: .*@(\d+)$/gm)) seqs.push(Number(seq))
      isCaughtUp ||= text.includes('event: caught_up')
    }
  })()
  onTestFinished(() => subscriber.close())
  return { stream, seqs, isCaughtUp: () => isCaughtUp }
}

async function openFeeds(dialect: 'sqlite' | 'postgres', streams: readonly string[]) {
  const { database, writer } = await createTestShop({ dialect })
  let questions = 0
  const counted = <Answer>(answer: Answer) => {
    questions++
    return answer
  }
  const read: Reader = {
    get: (query) => counted(database.read.get(query)),
    all: (query) => counted(database.read.all(query)),
  }
  const errors: unknown[] = []
  const feed = createFeed(read, (error) => errors.push(error))
  const readers = streams.map((stream) => follow(feed, stream))
  await expect.poll(() => readers.every((reader) => reader.isCaughtUp()), { timeout: 10_000 }).toBe(true)
  questions = 0
  return { database, writer, feed, readers, errors, questions: () => questions }
}

const named = (count: number) => Array.from({ length: count }, (_, index) => `customer:c${index}`)

describeOnBoth('a server that looks for what others on its database have written', (dialect) => {
  test('asks once for hundreds of streams, and then reads only those that have grown', async () => {
    const streams = named(480)
    const { writer, feed, readers, questions } = await openFeeds(dialect, streams)
    await feed.poll()
    expect(questions()).toBe(1)
    const grown = [streams[3] ?? '', streams[470] ?? '']
    await writeElsewhere(writer, grown, 'note')
    await feed.poll()
    await expect
      .poll(() => readers.filter(({ seqs }) => seqs.length > 0).map(({ stream }) => stream))
      .toEqual(grown)
    expect(questions()).toBe(4)
  })

  test('finds every stream that has grown, in lists of every length', async () => {
    const { database, writer } = await createTestShop({ dialect })
    const streams = named(1041)
    await writeElsewhere(writer, streams, 'one')
    await writeElsewhere(writer, streams.slice(1000), 'two')
    for (const count of [0, 1, 20, 21, 500, 501, 1041]) {
      const seqs = await lastSeqs(database.read, [...streams.slice(0, count), 'customer:empty'])
      expect(seqs.size).toBe(count + 1)
      expect(seqs.get('customer:empty')).toBe(0)
      expect(
        streams.slice(0, count).filter((stream, at) => seqs.get(stream) !== (at < 1000 ? 1 : 2)),
      ).toEqual([])
    }
  })

  test('tells each reader every change once and in order, with rounds and wakes in any order between', async () => {
    const streams = named(15)
    const { database, writer, feed, readers, errors } = await openFeeds(dialect, streams)
    let isWriting = true
    const looking = (async () => {
      while (isWriting) await Promise.all([feed.poll(), feed.poll(), new Promise((go) => setTimeout(go, 3))])
    })()
    await Promise.all(
      Array.from({ length: 4 }, async (_, number) => {
        for (let count = 0; count < 15; count++) {
          const some = streams.filter((_, at) => (at + count + number) % 3 !== 0)
          await writeElsewhere(writer, some, `note.${number}.${count}`)
          if (count % 2 === 0) feed.wake(some.slice(0, 4))
        }
      }),
    )
    isWriting = false
    await looking
    await feed.poll()
    const written = await lastSeqs(database.read, streams)
    await expect
      .poll(() => readers.every(({ stream, seqs }) => seqs.at(-1) === written.get(stream)), {
        timeout: 10_000,
      })
      .toBe(true)
    for (const { stream, seqs } of readers) {
      expect(seqs).toEqual(Array.from({ length: written.get(stream) ?? 0 }, (_, index) => index + 1))
    }
    expect(errors).toEqual([])
  })
})
