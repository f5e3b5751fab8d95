import { expect, test } from 'vitest'
import { ok } from '#shared/kernel/result.ts'
import type { AnyCommand, Context } from '../../../server/command.ts'
import { submit } from '../../../server/commands.ts'
import { deskStream } from '../../../server/outlet/outlet.store.ts'
import { putRecord } from '../../../server/platform/database/records.ts'
import { describeOnBoth } from '../../support/both-databases.ts'
import { commandId, openFeed } from '../../support/browser.ts'
import { createScene } from '../../support/scene.ts'
import { createTestShop, type TestShop } from '../../support/test-shop.ts'

const isCaughtUp = ({ events }: { events: readonly { event: string }[] }) =>
  events.some(({ event }) => event === 'caught_up')

describeOnBoth('every stream is read by those who may, and by nobody else', (dialect) => {
  test('each reader times each stream, in the past and live', async () => {
    const scene = await createScene({ dialect })
    const { shop, outlet, phone, asking, barista, manager, foreignManager, visitId } = scene
    const other = await shop.outlet('ayahanda')
    const owner = await shop.staff('owner', 'ayahanda')
    const gone = await shop.staff('barista')
    await gone.send('staff.sign_out', {})
    const streams = {
      'own outlet': `outlet:${outlet.id}`,
      'other outlet': `outlet:${other.id}`,
      'the phone': `customer:${phone.customerId}`,
      'the asking phone': `customer:${asking.customerId}`,
      'the visit': `visit:${visitId}`,
      'a visit that is not': `visit:${shop.id('vis')}`,
      'the desk': `desk:${outlet.id}`,
      'another desk': `desk:${other.id}`,
      'a kind that is not': `orders:${outlet.id}`,
      'a desk that is not': `desk:${shop.id('out')}`,
    }
    const outlets = ['own outlet', 'other outlet']
    const readers = [
      ['a stranger', shop.stranger(), outlets],
      ['the admitted phone', phone, [...outlets, 'the phone', 'the visit']],
      ['the asking phone', asking, [...outlets, 'the asking phone']],
      ['a device that nobody signed in on', await shop.device(), outlets],
      ['a barista who signed out', gone, outlets],
      ['a barista', barista, [...outlets, 'the desk']],
      ['a manager', manager, [...outlets, 'the desk']],
      ['the manager of another outlet', foreignManager, [...outlets, 'another desk']],
      ['an owner', owner, [...outlets, 'the desk', 'another desk', 'a desk that is not']],
    ] as const
    for (const [name, reader, allowed] of readers) {
      const feed = await openFeed(reader, Object.values(streams))
      await feed.until(
        ({ events }) =>
          events.filter(({ event }) => event === 'caught_up' || event === 'refused').length ===
          Object.keys(streams).length,
      )
      const told = Object.entries(streams).filter(([, stream]) =>
        feed.events.some(
          ({ event, data }) => event === 'caught_up' && (data as { stream: string }).stream === stream,
        ),
      )
      expect([name, told.map(([key]) => key)]).toEqual([name, [...allowed]])
      const allowedStreams = allowed.map((key) => streams[key as keyof typeof streams])
      expect(feed.changes.every((change) => allowedStreams.includes(change.stream))).toBe(true)
      await feed.close()
    }
  })

  test('no stream for guests holds a token, another phone, or anybody on the staff', async () => {
    const { shop, table, phone, asking, barista, visitId, outlet } = await createScene({ dialect })
    for (const stream of [`customer:${phone.customerId}`, `visit:${visitId}`, `outlet:${outlet.id}`]) {
      const text = JSON.stringify(await shop.readStream(phone, stream))
      expect(text).not.toContain(table.token)
      expect(text).not.toContain(asking.customerId)
      expect(text).not.toContain(barista.staffId)
      expect(text.replace(stream, '')).not.toMatch(/"cus_/)
    }
    const desk = JSON.stringify(await shop.readStream(barista, `desk:${outlet.id}`))
    expect(desk).not.toContain(table.token)
    expect(desk).not.toContain('cus_')
  })

  test.each(['desk', 'desk:x@0', 'orders:all@0', "desk:' OR 1=1@0", '%00@0'])(
    'a stream that is none (%s) is refused before anything is read',
    async (stream) => {
      const shop = await createTestShop({ dialect })
      const response = await shop.stranger().fetch(`/api/feed?s=${encodeURIComponent(stream)}`)
      expect(response.status).toBe(422)
    },
  )

  test('a feed without a stream is refused, and one of more than twelve, which says how many may be', async () => {
    const shop = await createTestShop({ dialect })
    expect((await shop.stranger().fetch('/api/feed')).status).toBe(422)
    const streams = Array.from({ length: 13 }, () => `outlet:${shop.id('out')}`)
    const tooMany = await shop.stranger().fetch(`/api/feed?${streams.map((each) => `s=${each}@0`).join('&')}`)
    expect([tooMany.status, await tooMany.json()]).toEqual([
      422,
      { ok: false, refusal: { code: 'request.invalid', field: 's', max: 12 } },
    ])
    const feed = await openFeed(shop.stranger(), streams.slice(1))
    await feed.until(({ events }) => events.filter(({ event }) => event === 'refused').length >= 12)
    expect(feed.events.filter(({ event }) => event === 'refused')).toHaveLength(12)
    await feed.close()
    expect(shop.door.feed.size()).toBe(0)
  })

  test('a stream is asked for once: from two places it is refused', async () => {
    const shop = await createTestShop({ dialect })
    const { id } = await shop.outlet()
    const twice = await shop.stranger().fetch(`/api/feed?s=outlet:${id}@0&s=outlet:${id}@1`)
    expect([twice.status, shop.door.feed.size()]).toEqual([422, 0])
  })

  test('a HEAD opens no feed that nobody would ever read', async () => {
    const shop = await createTestShop({ dialect })
    const { id } = await shop.outlet()
    const answer = await shop.stranger().fetch(`/api/feed?s=outlet:${id}@0`, { method: 'HEAD' })
    expect(answer.status).toBe(405)
    expect(shop.door.feed.size()).toBe(0)
  })
})

/** Writes one record of its own into a stream. */
function note(stream: string): AnyCommand {
  return {
    name: 'order.see',
    who: 'anyone',
    async handle(context: Context) {
      await context.put('note', { id: context.commandId, rev: 1 }, [stream])
      return ok({})
    },
  }
}

function write(shop: TestShop, command: AnyCommand): Promise<unknown> {
  return submit(shop.door, command, commandId(), {}, { kind: 'house' })
}

describeOnBoth('a reader of the feed misses nothing', (dialect) => {
  test('forty writers of fifty each: a reader that is cut again and again sees every change once, in order', async () => {
    const shop = await createTestShop({ dialect })
    const barista = await shop.staff('barista')
    const stream = deskStream((await shop.outlet()).id)
    const start = (await shop.readStream(barista, stream))?.at(-1)?.seq ?? 0
    const command = note(stream)
    const seen: number[] = []
    let isWriting = true
    const reading = (async () => {
      let cursor = start
      while (cursor < start + 2000) {
        const wanted = isWriting ? cursor + 1 + Math.floor(Math.random() * 200) : start + 2000
        const feed = await openFeed(barista, [`${stream}@${cursor}`])
        await feed.until(
          ({ changes }) => (changes.at(-1)?.seq ?? 0) >= Math.min(wanted, start + 2000),
          20_000,
        )
        await feed.close()
        seen.push(...feed.changes.map((change) => change.seq))
        cursor = feed.changes.at(-1)?.seq ?? cursor
      }
    })()
    await Promise.all(
      Array.from({ length: 40 }, async () => {
        for (let count = 0; count < 50; count++) await write(shop, command)
      }),
    )
    isWriting = false
    await reading
    expect(seen).toEqual(Array.from({ length: 2000 }, (_, index) => start + 1 + index))
  })

  test('a plain EventSource goes on after the last event that it saw', async () => {
    const shop = await createTestShop({ dialect })
    const barista = await shop.staff('barista')
    const stream = deskStream((await shop.outlet()).id)
    const all = (await shop.readStream(barista, stream)) ?? []
    const middle = all[Math.floor(all.length / 2)]?.seq ?? 0
    const feed = await openFeed(barista, [`${stream}@0`], { 'last-event-id': `${stream}@${middle}` })
    await feed.until(isCaughtUp)
    const seqs = feed.changes.map((change) => change.seq)
    expect(Math.min(...seqs)).toBeGreaterThan(middle)
    // Each record that changed since, once, and none of the others.
    const wholes = new Map(all.map((change) => [`${change.kind} ${change.id}`, change.seq]))
    const missing = [...wholes].filter(([, seq]) => seq > middle).map(([key]) => key)
    const seen = feed.changes.map((change) => `${change.kind} ${change.id}`)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toEqual(expect.arrayContaining(missing))
    await feed.close()
  })

  test('a desk full of the largest orders is read to its end, in pieces', async () => {
    const shop = await createTestShop({ dialect })
    const barista = await shop.staff('barista')
    const stream = deskStream((await shop.outlet()).id)
    const note = 'n'.repeat(8000)
    for (let at = 0; at < 300; at++) {
      await shop.writer.submit(async (tx) => {
        const record = { id: `big.${at}`, rev: 1, note }
        await putRecord(tx, 'order', record, [stream])
        return { keep: true, value: undefined }
      })
    }
    const feed = await openFeed(barista, [`${stream}@0`])
    await feed.until(isCaughtUp)
    expect(feed.changes.filter((change) => change.id.startsWith('big.'))).toHaveLength(300)
    await feed.close()
  })

  test('a reader that knows more than the database, restored from a copy, is told to read anew', async () => {
    const shop = await createTestShop({ dialect })
    const { id } = await shop.outlet()
    const feed = await openFeed(shop.stranger(), [`outlet:${id}@999999`])
    await feed.until(isCaughtUp)
    expect(feed.events.map(({ event }) => event)).toContain('resync')
    expect(feed.changes.map((change) => change.kind)).toContain('menu')
    await feed.close()
  })

  test('everybody who reads is told when to come back when the server stops, and then let go', async () => {
    const shop = await createTestShop({ dialect })
    const { id } = await shop.outlet()
    const feeds = await Promise.all(
      Array.from({ length: 5 }, () => openFeed(shop.stranger(), [`outlet:${id}`])),
    )
    await Promise.all(feeds.map((feed) => feed.until(isCaughtUp)))
    await shop.stop()
    for (const feed of feeds) {
      await feed.until((reader) => reader.isEnded())
      expect(feed.events.at(-1)).toMatchObject({ event: 'bye', data: { backInMs: expect.any(Number) } })
    }
  })

  test('a reader that stalls does not hold up the others, and is let go', async () => {
    const shop = await createTestShop({ dialect })
    const barista = await shop.staff('barista')
    const stream = deskStream((await shop.outlet()).id)
    // Opened and never read.
    const stalled = await barista.fetch(`/api/feed?s=${stream}@0`)
    const good = await openFeed(barista, [`${stream}@0`])
    await good.until(isCaughtUp)
    const before = good.changes.length
    const command = note(stream)
    await Promise.all(
      Array.from({ length: 30 }, async () => {
        for (let count = 0; count < 40; count++) await write(shop, command)
      }),
    )
    await good.until(({ changes }) => changes.length === before + 1200)
    expect(shop.door.feed.size()).toBe(1)
    await stalled.body?.cancel()
    await good.close()
    expect(shop.door.feed.size()).toBe(0)
  })
})

test('two servers on one PostgreSQL: readers at either see what both write, whole and in order', async () => {
  const first = await createTestShop({ dialect: 'postgres' })
  const second = await createTestShop({ dialect: 'postgres', beside: first })
  const { id } = await first.outlet()
  const stream = `outlet:${id}`
  const readers = [await openFeed(first.stranger(), [stream]), await openFeed(second.stranger(), [stream])]
  await Promise.all(readers.map((reader) => reader.until(isCaughtUp)))
  const whole = readers[0]?.events.find(({ event }) => event === 'caught_up')?.data as { seq: number }
  const start = whole.seq
  const command = note(stream)
  await Promise.all(
    [first, second].flatMap((shop) =>
      Array.from({ length: 20 }, async () => {
        for (let count = 0; count < 15; count++) await write(shop, command)
      }),
    ),
  )
  for (const reader of readers) {
    await reader.until(({ changes }) => (changes.at(-1)?.seq ?? 0) >= start + 600, 10_000)
    const seqs = reader.changes.map((change) => change.seq).filter((seq) => seq > start)
    expect(seqs).toEqual(Array.from({ length: 600 }, (_, index) => start + 1 + index))
    await reader.close()
  }
})

test('fifty phones that send one order to two servers at once make one order', async () => {
  const first = await createTestShop({ dialect: 'postgres' })
  const second = await createTestShop({ dialect: 'postgres', beside: first })
  const phone = await first.phone('A1')
  const elsewhere = second.stranger()
  for (const [name, value] of phone.cookies) elsewhere.setCookie(name, value)
  const args = await first.orderArgs((await first.table('A1')).token)
  const id = commandId()
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      (index % 2 === 0 ? phone : elsewhere).send('order.place', args, { id }),
    ),
  )
  expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200))
  expect(new Set(answers.map(({ body }) => JSON.stringify(body.result))).size).toBe(1)
  expect(await first.count('orders')).toBe(1)
})
