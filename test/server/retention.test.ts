import { expect, test } from 'vitest'
import { DESK_KEEPS_MS, pruneStreams } from '../../server/retention.ts'
import { describeOnBoth } from '../support/both-databases.ts'
import { openFeed } from '../support/browser.ts'
import { createTestShop } from '../support/test-shop.ts'

describeOnBoth('a stream stays as long as what is still of use', (dialect) => {
  async function yesterday() {
    const shop = await createTestShop({ dialect })
    const owner = await shop.staff('owner')
    const { token } = await shop.table('A1')
    const phone = await shop.phone('A1')
    // The barista has seen this phone; a stranger could not order so often.
    const first = await shop.orderArgs(token)
    await phone.send('order.place', first)
    await owner.send('order.accept', { orderId: first.orderId, readyInMinutes: 5 })
    const ended: string[] = []
    for (let count = 0; count < 20; count++) {
      const args = await shop.orderArgs(token)
      await phone.send('order.place', args)
      await owner.send('order.reject', { orderId: args.orderId, reason: 'closing', text: '' })
      ended.push(args.orderId)
    }
    const open = await shop.orderArgs(token)
    await phone.send('order.place', open)
    const stream = `desk:${(await shop.outlet()).id}`
    const cursor = (await shop.readStream(owner, stream))?.at(-1)?.seq ?? 0
    shop.clock.turn(DESK_KEEPS_MS + 60_000)
    const today = await shop.staff('barista')
    return { shop, today, stream, cursor, ended, open: open.orderId }
  }

  test('yesterday’s ended orders leave the desk, what is open and what is set up stays', async () => {
    const { shop, today, stream, ended, open } = await yesterday()
    const before = (await shop.readStream(today, stream)) ?? []
    await pruneStreams(shop.door)
    const after = (await shop.readStream(today, stream)) ?? []
    const ids = new Set(after.map((change) => `${change.kind} ${change.id}`))
    for (const id of ended) expect(ids.has(`order ${id}`)).toBe(false)
    expect(ids.has(`order ${open}`)).toBe(true)
    for (const { kind, id } of before) {
      if (kind === 'table' || kind === 'menu' || kind === 'staff') expect(ids.has(`${kind} ${id}`)).toBe(true)
    }
    expect(ids.size).toBe(after.length)
  })

  test('a board that slept since is told once to read anew, one that was there is not', async () => {
    const { shop, today, stream, cursor } = await yesterday()
    await pruneStreams(shop.door)
    const last = (await shop.readStream(today, stream))?.at(-1)?.seq ?? 0
    for (const [from, resyncs] of [
      [1, 1],
      [cursor - 30, 1],
      [last, 0],
      [0, 0],
    ] as const) {
      const feed = await openFeed(today, [`${stream}@${from}`])
      await feed.until(({ events }) => events.some(({ event }) => event === 'caught_up'))
      expect([from, feed.events.filter(({ event }) => event === 'resync').length]).toEqual([from, resyncs])
      if (resyncs === 1) expect(feed.changes.some((change) => change.kind === 'menu')).toBe(true)
      await feed.close()
    }
  })
})
