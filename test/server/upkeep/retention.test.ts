import sql, { bulk, type Sql } from 'sql-template-tag'
import { expect, test } from 'vitest'
import { createFeed } from '../../../server/platform/feed.ts'
import { DESK_KEEPS_MS, pruneStreams, startRound } from '../../../server/upkeep/retention.ts'
import { describeOnBoth } from '../../support/both-databases.ts'
import { openFeed } from '../../support/browser.ts'
import { createTestShop, type TestShop } from '../../support/test-shop.ts'

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

describeOnBoth('a stream that is pruned while a board comes back', (dialect) => {
  test('between the look at its cursor and the reading, the board is told to read anew', async () => {
    const shop = await createTestShop({ dialect })
    const owner = await shop.staff('owner')
    const phone = await shop.phone('A1')
    const args = await shop.orderArgs((await shop.table('A1')).token)
    await phone.send('order.place', args)
    const stream = `desk:${(await shop.outlet()).id}`
    const afterSeq = (await shop.readStream(owner, stream))?.at(-1)?.seq ?? 0
    await owner.send('order.reject', { orderId: args.orderId, reason: 'closing', text: '' })
    // So that the rejection is not the newest, which always stays.
    await shop.phone('A2').then(async (other) => {
      await other.send('order.place', await shop.orderArgs((await shop.table('A2')).token))
    })
    shop.clock.turn(DESK_KEEPS_MS + 60_000)
    let prunings = 0
    const get = async <Row>(query: Sql): Promise<Row | undefined> => {
      const row = await shop.read.get<Row>(query)
      if (query.sql.includes('pruned_streams') && prunings++ === 0) await pruneStreams(shop.door)
      return row
    }
    const feed = createFeed({ ...shop.read, get }, (error) => {
      throw error
    })
    const subscriber = feed.subscribe([{ stream, afterSeq }], [])
    let text = ''
    const decoder = new TextDecoder()
    for await (const part of subscriber.body) {
      text += decoder.decode(part, { stream: true })
      if (text.includes('event: caught_up')) break
    }
    const events = [...text.matchAll(/^event: (\w+)$/gm)].map(([, event]) => event)
    expect(events.filter((event) => event !== 'change' && event !== 'beat')).toEqual(['resync', 'caught_up'])
    const anew = text.slice(text.indexOf('event: resync'))
    expect(anew).toContain('"kind":"menu"')
    expect(anew).not.toContain(args.orderId)
  })
})

type Change = readonly [stream: string, kind: string, id: string]

/** Further changes of these streams, as if the commands of many days had written them. */
async function write(shop: TestShop, changes: readonly Change[]): Promise<void> {
  const lastSeqs = new Map<string, number>()
  for (const [stream] of changes) lastSeqs.set(stream, 0)
  for (const stream of lastSeqs.keys()) lastSeqs.set(stream, await lastSeqOf(shop, stream))
  const rows = changes.map(([stream, kind, id]) => {
    const seq = (lastSeqs.get(stream) ?? 0) + 1
    lastSeqs.set(stream, seq)
    return [stream, seq, kind, id]
  })
  await shop.writer.submit(async (tx) => {
    for (let first = 0; first < rows.length; first += 250) {
      await tx.run(sql`
        INSERT INTO changes (stream, seq, kind, record_id) VALUES ${bulk(rows.slice(first, first + 250))}`)
    }
    return { keep: true, value: undefined }
  })
}

async function namesOf(shop: TestShop, stream: string): Promise<string[]> {
  const rows = await shop.read.all<{ kind: string; record_id: string }>(
    sql`SELECT kind, record_id FROM changes WHERE stream = ${stream} ORDER BY seq`,
  )
  return rows.map(({ kind, record_id }) => `${kind} ${record_id}`)
}

async function lastSeqOf(shop: TestShop, stream: string): Promise<number> {
  const row = await shop.read.get<{ seq: number }>(
    sql`SELECT MAX(seq) AS seq FROM changes WHERE stream = ${stream}`,
  )
  return row?.seq ?? 0
}

describeOnBoth('pruning goes page by page', (dialect) => {
  test('a number that was given is never given again, though what had it left the desk', async () => {
    const shop = await createTestShop({ dialect })
    const barista = await shop.staff('barista')
    const phone = await shop.phone('A1')
    const placed = await phone.send('order.place', await shop.orderArgs((await shop.table('A1')).token))
    await barista.send('visit.close', { visitId: placed.body.result.visitId })
    const stream = `desk:${(await shop.outlet()).id}`
    const last = await lastSeqOf(shop, stream)
    shop.clock.turn(DESK_KEEPS_MS + 60_000)
    const count = (await namesOf(shop, stream)).length
    await pruneStreams(shop.door)
    expect((await namesOf(shop, stream)).length).toBeLessThan(count)
    expect(await lastSeqOf(shop, stream)).toBe(last)
  })

  test('of a desk of many pages the last word about each record stays, in its place', async () => {
    const shop = await createTestShop({ dialect })
    const stream = `desk:${(await shop.outlet()).id}`
    const before = new Set((await namesOf(shop, stream)).reverse())
    const ids = Array.from({ length: 700 }, (_, at) => `tbl_${at}`)
    await write(
      shop,
      [...ids, ...ids, ...ids].map((id) => [stream, 'table', id]),
    )
    await pruneStreams(shop.door)
    expect(await namesOf(shop, stream)).toEqual([...[...before].reverse(), ...ids.map((id) => `table ${id}`)])
  })

  test('each statement that writes removes a page at most, and orders have their turn in between', async () => {
    const removed: number[] = []
    const shop = await createTestShop({
      dialect,
      wrap: (database) => ({
        ...database,
        runGroup: (jobs) =>
          database.runGroup(
            jobs.map((job) => async (tx) => {
              let rows = 0
              const run: typeof tx.run = async (query) => {
                const count = await tx.run(query)
                if (query.sql.includes('DELETE FROM changes')) rows += count
                return count
              }
              const outcome = await job({ ...tx, run })
              removed.push(rows)
              return outcome
            }),
          ),
      }),
    })
    const visitId = shop.id('vis')
    const closed = shop.clock.now() - 2 * DESK_KEEPS_MS
    await shop.writer.submit(async (tx) => {
      await tx.run(sql`
        INSERT INTO visits (id, outlet_id, table_id, status, opened_at_ms, last_active_at_ms, cap_rp)
        VALUES (${visitId}, ${(await shop.outlet()).id}, ${(await shop.table('A1')).id}, 'closed', ${closed}, ${closed}, 0)`)
      return { keep: true, value: undefined }
    })
    const many = Array.from({ length: 1200 }, () => 'ord_1')
    await write(shop, [
      ...many.map((id): Change => [`visit:${visitId}`, 'order', id]),
      ...many.map((id): Change => ['customer:cus_1', 'order', id]),
    ])
    await pruneStreams(shop.door)
    expect(Math.max(...removed)).toBe(500)
    expect(removed.reduce((sum, count) => sum + count)).toBeGreaterThanOrEqual(2399)
    expect(await namesOf(shop, `visit:${visitId}`)).toEqual([])
    expect(await namesOf(shop, 'customer:cus_1')).toEqual(['order ord_1'])
  })

  test('the phones’ streams are looked through in rounds, each going on where the last one ended', async () => {
    const shop = await createTestShop({ dialect })
    const phones = Array.from({ length: 150 }, (_, at) => `customer:cus_${String(at).padStart(3, '0')}`)
    const changes = phones.flatMap((stream) =>
      Array.from({ length: 150 }, (_, at): Change => [stream, 'order', `ord_${at % 140}`]),
    )
    await write(shop, changes)
    const lengths = async () => {
      const all = await Promise.all(phones.map((stream) => namesOf(shop, stream)))
      return new Set(all.map((names) => names.length))
    }
    const round = startRound()
    await pruneStreams(shop.door, round)
    expect(await lengths()).toEqual(new Set([150, 140]))
    await pruneStreams(shop.door, round)
    expect(await lengths()).toEqual(new Set([140]))
  })
})
