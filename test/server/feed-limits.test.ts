import sql from 'sql-template-tag'
import { describe, expect, test } from 'vitest'
import { SHIFT_MS } from '#shared/staff/staff.ts'
import { createFeedSessions, type FeedRoom } from '../../server/feed-sessions.ts'
import { createSubscriber } from '../../server/platform/feed-subscriber.ts'
import { createLimits } from '../../server/platform/limits.ts'
import { describeOnBoth } from '../support/both-databases.ts'
import { openFeed } from '../support/browser.ts'
import { createTestShop } from '../support/test-shop.ts'

const isCaughtUp = ({ events }: { events: readonly { event: string }[] }) =>
  events.some(({ event }) => event === 'caught_up')

describeOnBoth('a feed ends with what it rests on', (dialect) => {
  test('a board whose shift ran out hears nothing more, one that began later does', async () => {
    const shop = await createTestShop({ dialect })
    const early = await shop.staff('barista')
    shop.clock.turn(60_000)
    const late = await shop.staff('barista')
    const stream = `desk:${(await shop.outlet()).id}`
    const feeds = [await openFeed(early, [stream]), await openFeed(late, [stream])] as const
    await Promise.all(feeds.map((feed) => feed.until(isCaughtUp)))
    shop.clock.turn(SHIFT_MS - 60_000)
    await feeds[0].until((reader) => reader.isEnded(), 2500)
    expect(feeds[1].isEnded()).toBe(false)
    await feeds[1].close()
    expect(await shop.readStream(early, stream)).toBeNull()
  })
})

describeOnBoth('strangers leave room for others', (dialect) => {
  test('an address opens 120 feeds without a name, in a burst too; a phone and the board there still open', async () => {
    const shop = await createTestShop({ dialect, limits: true })
    const address = '203.0.113.9'
    const { id } = await shop.outlet()
    const path = `/api/feed?s=outlet:${id}@0`
    const burst = await Promise.all(Array.from({ length: 150 }, () => shop.stranger(address).fetch(path)))
    expect(burst.filter(({ status }) => status === 200)).toHaveLength(120)
    const refused = burst.find(({ status }) => status !== 200)
    expect([refused?.status, await refused?.json()]).toEqual([
      429,
      { ok: false, refusal: { code: 'request.too_many' } },
    ])
    expect(refused?.headers.get('retry-after')).toBe('10')
    const guest = shop.stranger(address)
    await guest.send('code.scan', { token: (await shop.table('A1')).token })
    const barista = await shop.staff('barista')
    const statuses = []
    for (const who of [guest, barista, shop.stranger()]) {
      const opened = await who.fetch(path, { headers: { 'x-test-address': address } })
      statuses.push(opened.status)
      await opened.body?.cancel()
    }
    expect(statuses).toEqual([200, 200, 429])
    expect((await shop.stranger('203.0.113.10').fetch(path)).status).toBe(200)
    for (const response of burst) await response.body?.cancel().catch(() => {})
    // What was closed makes room again.
    const again = await shop.stranger(address).fetch(path)
    expect(again.status).toBe(200)
    await again.body?.cancel()
  })
})

describe('of five thousand feeds five hundred are kept for staff', () => {
  const nobody = { get: async () => undefined, all: async () => [] }
  const basis = { tokenHashes: [], endsAtMs: null, customerId: null, streams: [] }

  test('guests of a thousand addresses cannot shut the board out', () => {
    const feeds = createFeedSessions(nobody, createLimits())
    const opens = (room: FeedRoom) => 'place' in room
    let opened = 0
    for (let address = 0; address < 1000; address++) {
      for (let phone = 0; phone < 5; phone++) if (opens(feeds.take('phone', `a${address}`))) opened++
    }
    expect(opened).toBe(4500)
    expect(opens(feeds.take('anonymous', 'b'))).toBe(false)
    for (let device = 0; device < 500; device++) expect(opens(feeds.take('staff', 'c'))).toBe(true)
    expect(opens(feeds.take('staff', 'c'))).toBe(false)
  })

  test('one session keeps its forty newest', () => {
    const feeds = createFeedSessions(nobody, createLimits())
    const subscribers = Array.from({ length: 50 }, () => {
      const subscriber = createSubscriber(() => {})
      const room = feeds.take('phone', 'a')
      if ('place' in room) room.place.hold(subscriber, { ...basis, tokenHashes: ['one'] })
      return subscriber
    })
    expect(subscribers.map((each) => each.isClosed()).indexOf(false)).toBe(10)
    feeds.end(['another'])
    expect(subscribers.filter((each) => !each.isClosed())).toHaveLength(40)
    feeds.end(['one'])
    expect(subscribers.filter((each) => !each.isClosed())).toHaveLength(0)
  })
})

describeOnBoth('a session is looked up once more when its feed opens', (dialect) => {
  test('the end of a feed is the end of the session that is stored', async () => {
    const shop = await createTestShop({ dialect })
    const barista = await shop.staff('barista')
    const stream = `desk:${(await shop.outlet()).id}`
    await shop.writer.submit(async (tx) => {
      await tx.run(sql`UPDATE sessions SET expires_at_ms = ${shop.clock.now() + 5000} WHERE kind = 'staff'`)
      return { keep: true, value: undefined }
    })
    const feed = await openFeed(barista, [stream])
    await feed.until(isCaughtUp)
    shop.clock.turn(5000)
    await feed.until((reader) => reader.isEnded(), 2500)
  })
})
