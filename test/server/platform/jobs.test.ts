import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { VISIT_IDLE_MS } from '#shared/visits/visit.ts'
import { watchPickups } from '../../../server/ordering/pickup/pickup-work.ts'
import { StorageFullError } from '../../../server/platform/database/database.ts'
import { eachApart } from '../../../server/platform/jobs.ts'
import { closeIdleVisits, endUnpaidOrders } from '../../../server/shop.ts'
import { DESK_KEEPS_MS, pruneStreams } from '../../../server/upkeep/retention.ts'
import { describeOnBoth } from '../../support/both-databases.ts'
import { createPickupScene, MINUTE_MS } from '../../support/pickup-scene.ts'
import { createTestShop, type TestShop } from '../../support/test-shop.ts'

test('of many things to do one that fails is told by its name, and the rest is done', async () => {
  const done: string[] = []
  const parts = ['a', 'b', 'c', 'd'].map((name) => {
    const run = async () => {
      if (name < 'c') throw new Error(`no ${name}`)
      done.push(name)
    }
    return [name, run] as const
  })
  await expect(eachApart(parts)).rejects.toThrow('2 failed, the rest is done: a: Error: no a; b: Error: no b')
  expect(done).toEqual(['c', 'd'])
})

test('what the storage says concerns all: the rest waits for the next turn', async () => {
  const done: string[] = []
  const parts = [
    ['full', () => Promise.reject(new StorageFullError('SQLITE_FULL'))],
    ['next', async () => done.push('next')],
  ] as const
  await expect(eachApart(parts)).rejects.toThrow(StorageFullError)
  expect(done).toEqual([])
})

/** A record that nobody can read, as a fault of an earlier version might have left it. */
async function spoil(shop: TestShop, kind: string, id: string): Promise<void> {
  await shop.writer.submit(async (tx) => {
    await tx.run(sql`UPDATE records SET body = 'spoilt' WHERE kind = ${kind} AND id = ${id}`)
    return { keep: true, value: undefined }
  })
}

describeOnBoth('one that cannot be read keeps no other waiting', (dialect) => {
  test('when idle visits are closed', async () => {
    const shop = await createTestShop({ dialect })
    const visitIds: string[] = []
    for (const label of ['A1', 'A2', 'A3']) {
      const phone = await shop.phone(label)
      const placed = await phone.send('order.place', await shop.orderArgs((await shop.table(label)).token))
      visitIds.push(placed.body.result.visitId)
    }
    const [first = '', ...others] = visitIds
    await spoil(shop, 'visit', first)
    shop.clock.turn(VISIT_IDLE_MS + MINUTE_MS)
    await expect(closeIdleVisits(shop.door)).rejects.toThrow(`1 failed, the rest is done: ${first}`)
    const rows = await shop.read.all<{ id: string; status: string }>(sql`SELECT id, status FROM visits`)
    const closed = rows.filter(({ status }) => status === 'closed').map(({ id }) => id)
    expect(closed.sort()).toEqual(others.sort())
  })

  test('when unpaid orders end and pick-ups are watched', async () => {
    const scene = await createPickupScene(dialect)
    const { shop, barista } = scene
    const [spoilt, unpaid] = [
      await scene.place(await scene.linkPhone()),
      await scene.place(await scene.linkPhone()),
    ]
    const ready = []
    for (let count = 0; count < 2; count++) {
      const phone = await scene.linkPhone()
      const { id, visitId } = await scene.place(phone)
      await scene.pay(phone, visitId)
      await barista.send('order.accept', { orderId: id, readyInMinutes: 5 })
      await barista.send('order.move', { orderId: id, from: 'accepted', to: 'preparing' })
      await barista.send('order.move', { orderId: id, from: 'preparing', to: 'ready' })
      ready.push(id)
    }
    const [unread = '', fetched = ''] = ready
    expect(await scene.order(fetched)).toMatchObject({ status: 'ready' })
    await spoil(shop, 'order', spoilt.id)
    await spoil(shop, 'order', unread)
    shop.clock.turn(24 * 60 * MINUTE_MS)
    await expect(endUnpaidOrders(shop.door)).rejects.toThrow(`1 failed, the rest is done: ${spoilt.id}`)
    expect(await scene.order(unpaid.id)).toMatchObject({ status: 'cancelled', reason: { code: 'unpaid' } })
    await expect(watchPickups(shop.door)).rejects.toThrow(unread)
    expect(await scene.order(fetched)).toMatchObject({ status: 'no_show' })
  })

  test('when codes run out', async () => {
    const scene = await createPickupScene(dialect)
    const { shop } = scene
    const shown: string[] = []
    for (let count = 0; count < 2; count++) {
      const phone = await scene.linkPhone()
      const { visitId } = await scene.place(phone)
      shown.push((await scene.showCode(phone, visitId)).id)
    }
    const [spoilt = '', other = ''] = shown
    await shop.writer.submit(async (tx) => {
      await tx.run(sql`UPDATE payments SET provider = 'manual' WHERE id = ${spoilt}`)
      return { keep: true, value: undefined }
    })
    await spoil(shop, 'payment', spoilt)
    shop.clock.turn(60 * MINUTE_MS)
    await shop.gatewayWork.run()
    expect((await scene.payment(other)).status).toBe('expired')
    expect(shop.logLines.some((line) => line.includes('closing expired') && line.includes(spoilt))).toBe(true)
  })

  test('when streams are pruned', async () => {
    const refused: string[] = []
    const shop = await createTestShop({
      dialect,
      wrap: (database) => ({
        ...database,
        runGroup: (jobs) =>
          database.runGroup(
            jobs.map((job) => (tx) => {
              const run: typeof tx.run = async (query) => {
                const isPlanted = query.values.some((value) => refused.includes(String(value)))
                if (isPlanted && query.sql.includes('DELETE FROM changes')) throw new Error('planted')
                return tx.run(query)
              }
              return job({ ...tx, run })
            }),
          ),
      }),
    })
    const barista = await shop.staff('barista')
    const streams: string[] = []
    for (const label of ['A1', 'A2']) {
      const phone = await shop.phone(label)
      const placed = await phone.send('order.place', await shop.orderArgs((await shop.table(label)).token))
      const { visitId } = placed.body.result
      await barista.send('visit.close', { visitId })
      streams.push(`visit:${visitId}`)
    }
    const desk = `desk:${(await shop.outlet()).id}`
    const [first = '', second = ''] = streams
    refused.push(desk, first)
    shop.clock.turn(DESK_KEEPS_MS + MINUTE_MS)
    await expect(pruneStreams(shop.door)).rejects.toThrow(
      `2 failed, the rest is done: ${desk}: Error: planted; ${first}: Error: planted`,
    )
    const count = async (stream: string) =>
      (await shop.read.all(sql`SELECT seq FROM changes WHERE stream = ${stream}`)).length
    expect([await count(first), await count(second)]).toEqual([expect.any(Number), 0])
    expect(await count(first)).toBeGreaterThan(0)
  })
})
