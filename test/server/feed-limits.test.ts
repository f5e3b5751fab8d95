import sql from 'sql-template-tag'
import { describe, expect, test } from 'vitest'
import { SHIFT_MS } from '#shared/staff/staff.ts'
import { createFeedSessions, type ReaderKind } from '../../server/feeds/feed-sessions.ts'
import { createSubscriber } from '../../server/platform/feed/feed-subscriber.ts'
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

describeOnBoth('no reader shuts out another', (dialect) => {
  test('sixteen phones open forty feeds each; guests and the board at that address still open theirs', async () => {
    const shop = await createTestShop({ dialect, limits: true })
    const address = '203.0.113.9'
    const { id } = await shop.outlet()
    const path = `/api/feed?s=outlet:${id}@0`
    const { token } = await shop.table('A1')
    const opened: Response[] = []
    for (let count = 0; count < 16; count++) {
      const greedy = shop.stranger(address)
      await greedy.send('code.scan', { token })
      opened.push(...(await Promise.all(Array.from({ length: 40 }, () => greedy.fetch(path)))))
    }
    const guest = shop.stranger(address)
    await guest.send('code.scan', { token })
    const barista = await shop.staff('barista')
    for (const who of [guest, barista, shop.stranger(address)]) {
      const response = await who.fetch(path, { headers: { 'x-test-address': address } })
      expect(response.status).toBe(200)
      opened.push(response)
    }
    for (const response of opened) await response.body?.cancel().catch(() => {})
  })
})

describe('of five thousand feeds five hundred are kept for staff', () => {
  const nobody = { get: async () => undefined, all: async () => [] }
  const basis = { tokenHashes: [], endsAtMs: null, customerId: null, streams: [] }

  function feedsOfServer() {
    const ended = new Set<string>()
    const feeds = createFeedSessions(nobody, {
      endedOf: async (hashes) => hashes.filter((hash) => ended.has(hash)),
    })
    const opens = (kind: ReaderKind, address: string, session: string) => {
      const subscriber = createSubscriber(() => {})
      const place = feeds.take({ kind, address, session })
      place?.hold(subscriber, { ...basis, tokenHashes: [session] })
      return place ? subscriber : null
    }
    return { feeds, ended, opens }
  }

  test('however many guests read, another comes in, and the board too', () => {
    const { opens } = feedsOfServer()
    const flood = Array.from({ length: 6000 }, (_, at) => opens('phone', `a${at % 1000}`, `s${at}`))
    expect(flood.filter((each) => each && !each.isClosed())).toHaveLength(4500)
    for (let device = 0; device < 500; device++) expect(opens('staff', 'c', `d${device}`)).not.toBeNull()
    expect(opens('staff', 'c', 'one more')).toBeNull()
    expect(opens('anonymous', 'b', '')).not.toBeNull()
  })

  test('when all places are taken, the one that holds most gives its oldest, not the guest beside it', () => {
    const { opens } = feedsOfServer()
    const elsewhere = Array.from({ length: 100 }, (_, at) => opens('phone', `b${at}`, `b${at}`))
    const guests = Array.from({ length: 20 }, (_, at) => opens('phone', 'wifi', `guest ${at}`))
    const greedy = Array.from({ length: 6000 }, (_, at) => opens('phone', 'wifi', `greedy ${at % 800}`))
    for (const subscriber of [...elsewhere, ...guests]) expect(subscriber?.isClosed()).toBe(false)
    expect(greedy.filter((each) => each && !each.isClosed())).toHaveLength(4380)
    expect(greedy.findIndex((each) => each && !each.isClosed())).toBeGreaterThan(1000)
    const late = opens('phone', 'wifi', 'late guest')
    expect(late?.isClosed()).toBe(false)
  })

  test('a phone keeps its six newest', async () => {
    const { feeds, ended, opens } = feedsOfServer()
    const subscribers = Array.from({ length: 16 }, () => opens('phone', 'a', 'one'))
    expect(subscribers.map((each) => each?.isClosed()).indexOf(false)).toBe(10)
    ended.add('another')
    await feeds.endEnded()
    expect(subscribers.filter((each) => !each?.isClosed())).toHaveLength(6)
    ended.add('one')
    await feeds.endEnded()
    expect(subscribers.filter((each) => !each?.isClosed())).toHaveLength(0)
  })

  test('a place that was given away while its rights were looked at ends at once', () => {
    const { feeds, opens } = feedsOfServer()
    const waiting = feeds.take({ kind: 'phone', address: 'a', session: 'slow' })
    for (let count = 0; count < 6; count++) opens('phone', 'a', 'slow')
    const subscriber = createSubscriber(() => {})
    waiting?.hold(subscriber, basis)
    expect(subscriber.isClosed()).toBe(true)
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
