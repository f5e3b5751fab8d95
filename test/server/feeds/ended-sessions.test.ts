import { expect, test } from 'vitest'
import { deskStream } from '../../../server/outlet/outlet.store.ts'
import type { Database } from '../../../server/platform/database/database.ts'
import { describeOnBoth } from '../../support/both-databases.ts'
import { type Browser, openFeed } from '../../support/browser.ts'
import { createTestShop, type TestShop } from '../../support/test-shop.ts'

/** The round that misses none comes each second: several that are gone sooner are no accident. */
const DEVICES = 5
const SOON_MS = 400
/** One round, which is each second, and some. */
const ROUND_MS = 1500
/** As long as a write may take that waits for others. */
const SLOW_COMMIT_MS = 30_000

const isCaughtUp = ({ events }: { events: readonly { event: string }[] }) =>
  events.some(({ event }) => event === 'caught_up')

async function openDesk(browser: Browser, outletId: string) {
  const feed = await openFeed(browser, [deskStream(outletId)])
  await feed.until(isCaughtUp)
  return feed
}

/** Answers when a job of the writer runs, which ends when it is released. */
function blockWriter({ writer }: TestShop): Promise<{ release: () => void }> {
  return new Promise((resolve, reject) => {
    writer
      .submit(async () => {
        await new Promise<void>((release) => resolve({ release }))
        return { keep: true, value: undefined }
      })
      .catch(reject)
  })
}

describeOnBoth('who may read no longer is shown out', (dialect) => {
  test('a revoked device’s open feed ends at once, and nobody else’s', async () => {
    const shop = await createTestShop({ dialect })
    const manager = await shop.staff('manager')
    const outletId = (await shop.outlet()).id
    const others = [await openDesk(manager, outletId), await openDesk(await shop.staff('barista'), outletId)]
    for (let count = 0; count < DEVICES; count++) {
      const barista = await shop.staff('barista')
      const feed = await openDesk(barista, outletId)
      await manager.send('device.revoke', { deviceId: barista.deviceId })
      await feed.until((reader) => reader.isEnded(), SOON_MS)
      expect((await barista.send('order.see', { orderIds: [shop.id('ord')] })).status).toBe(401)
    }
    expect(others.map((feed) => feed.isEnded())).toEqual([false, false])
    await Promise.all(others.map((feed) => feed.close()))
  })

  test('a sign-out ends the board’s feed too; the answer comes first', async () => {
    const shop = await createTestShop({ dialect })
    const barista = await shop.staff('barista')
    const feed = await openDesk(barista, (await shop.outlet()).id)
    expect((await barista.send('staff.sign_out', {})).status).toBe(200)
    expect(feed.isEnded()).toBe(false)
    await feed.until((reader) => reader.isEnded(), SOON_MS)
  })

  test('a revoked device’s feed ends also when its revoking took long to be committed', async () => {
    const shop = await createTestShop({ dialect })
    const manager = await shop.staff('manager')
    const barista = await shop.staff('barista')
    const feed = await openDesk(barista, (await shop.outlet()).id)
    // Both wait for the first, and are committed together.
    const first = await blockWriter(shop)
    const revoking = manager.send('device.revoke', { deviceId: barista.deviceId })
    await expect.poll(() => shop.writer.size()).toBe(1)
    const beside = blockWriter(shop)
    first.release()
    const { release } = await beside
    // Rounds pass in which the end cannot be seen yet.
    shop.clock.turn(SLOW_COMMIT_MS)
    await new Promise((resolve) => setTimeout(resolve, ROUND_MS))
    expect(feed.isEnded()).toBe(false)
    release()
    expect((await revoking).status).toBe(200)
    await feed.until((reader) => reader.isEnded(), ROUND_MS)
  })

  test('a device that is revoked while its feed is opened follows nothing', async () => {
    const gate = { letPass: () => {}, isReached: false }
    const opened = new Promise<void>((letPass) => Object.assign(gate, { letPass }))
    const wrap = (database: Database): Database => {
      const get: Database['read']['get'] = async (query) => {
        if (query.sql.includes('SELECT expires_at_ms FROM sessions')) {
          gate.isReached = true
          await opened
        }
        return database.read.get(query)
      }
      return { ...database, read: { ...database.read, get } }
    }
    const shop = await createTestShop({ dialect, wrap })
    const [manager, barista] = [await shop.staff('manager'), await shop.staff('barista')]
    const outletId = (await shop.outlet()).id
    const opening = openFeed(barista, [deskStream(outletId)])
    await expect.poll(() => gate.isReached).toBe(true)
    await manager.send('device.revoke', { deviceId: barista.deviceId })
    // The rounds that look for what has ended pass before there is a feed to end.
    await new Promise((resolve) => setTimeout(resolve, ROUND_MS))
    gate.letPass()
    const feed = await opening
    await feed.until((reader) => reader.isEnded(), SOON_MS)
  })
})

const MINUTES = 60_000

test.each([
  ['signs out', 0],
  ['signs out', 3 * MINUTES],
  ['works on a device that is revoked', 0],
  ['works on a device that is revoked', -3 * MINUTES],
  ['works on a device that is revoked', 3 * MINUTES],
] as const)(
  'who %s on one server is at once nobody on the other, whose clock is %i ms ahead',
  async (how, aheadMs) => {
    const first = await createTestShop({ dialect: 'postgres' })
    const second = await createTestShop({ dialect: 'postgres', beside: first })
    second.clock.turn(aheadMs)
    const manager = await first.staff('manager')
    const outletId = (await first.outlet()).id
    for (let count = 0; count < DEVICES; count++) {
      const barista = await first.staff('barista')
      const elsewhere = second.stranger()
      for (const [name, value] of barista.cookies) elsewhere.setCookie(name, value)
      const feed = await openDesk(elsewhere, outletId)
      const see = () => elsewhere.send('order.see', { orderIds: [second.id('ord')] })
      expect((await see()).status).toBe(200)
      if (how === 'signs out') await barista.send('staff.sign_out', {})
      else await manager.send('device.revoke', { deviceId: barista.deviceId })
      await feed.until((reader) => reader.isEnded(), SOON_MS)
      // The round may have ended the feed before this server heard of it.
      await expect.poll(async () => (await see()).status, { timeout: SOON_MS }).toBe(401)
    }
  },
)
