import { expect, test } from 'vitest'
import type { Order } from '#shared/ordering/order.ts'
import type { Change } from '#shared/protocol.ts'
import { VISIT_IDLE_MS, type VisitPhone } from '#shared/visits/visit.ts'
import { pruneStreams } from '../../../server/upkeep/retention.ts'
import { type Dialect, describeOnBoth } from '../../support/both-databases.ts'
import { openFeed } from '../../support/browser.ts'
import { createTestShop } from '../../support/test-shop.ts'

function ordersIn(changes: readonly Change[] | null): string[] {
  return [...new Set((changes ?? []).filter(({ kind }) => kind === 'order').map(({ id }) => id))]
}

/** The newest state of each record of the kind. */
function latest<Body>(changes: readonly Change[] | null, kind: string): Body[] {
  const byId = new Map(
    (changes ?? []).filter((each) => each.kind === kind).map((each) => [each.id, each.body]),
  )
  return [...byId.values()] as Body[]
}

async function table(dialect: Dialect) {
  const shop = await createTestShop({ dialect })
  const { token } = await shop.table('A1')
  const place = async (phone: Awaited<ReturnType<typeof shop.phone>>, at = token) => {
    const args = await shop.orderArgs(at)
    return { args, answer: await phone.send('order.place', args) }
  }
  return { shop, token, place, outlet: await shop.outlet() }
}

/** A table with one admitted phone: its first order was accepted. */
async function openTable(dialect: Dialect) {
  const facts = await table(dialect)
  const { shop, place } = facts
  const barista = await shop.staff('barista')
  const host = await shop.phone('A1')
  const first = await place(host)
  const visitId: string = first.answer.body.result.visitId
  await barista.send('order.accept', { orderId: first.args.orderId, readyInMinutes: 5 })
  return { ...facts, barista, host, visitId, first }
}

describeOnBoth('the code on the table is no proof that somebody sits there', (dialect) => {
  test('the first order of a phone waits for the barista, whose tap admits the phone', async () => {
    const { shop, place } = await table(dialect)
    const [phone, barista] = [await shop.phone('A1'), await shop.staff('barista')]
    const { args, answer } = await place(phone)
    const stream = `customer:${phone.customerId}`
    const waiting = latest<Order>(await shop.readStream(phone, stream), 'order')[0]
    expect(waiting).toMatchObject({ status: 'placed', presence: 'unproven' })
    expect(await shop.readStream(phone, `visit:${answer.body.result.visitId}`)).toBeNull()
    await barista.send('order.accept', { orderId: args.orderId, readyInMinutes: 5 })
    const after = await shop.readStream(phone, stream)
    expect(latest<Order>(after, 'order')[0]).toMatchObject({ status: 'accepted', presence: 'proven' })
    expect(latest<VisitPhone>(after, 'visit_phone')[0]).toMatchObject({ state: 'admitted', number: 1 })
    const visit = await shop.readStream(phone, `visit:${answer.body.result.visitId}`)
    expect(ordersIn(visit)).toEqual([args.orderId])
    const next = await place(phone)
    expect(next.answer.status).toBe(200)
    const orders = latest<Order>(await shop.readStream(phone, stream), 'order')
    expect(orders.map((order) => order.presence)).toEqual(['proven', 'proven'])
  })

  test('a second phone sees nothing of the first and does not ride on its admission', async () => {
    const { shop, place, visitId, first } = await openTable(dialect)
    const stranger = await shop.phone('A1')
    await stranger.send('visit.join', { token: (await shop.table('A1')).token })
    expect(await shop.readStream(stranger, `visit:${visitId}`)).toBeNull()
    const { args } = await place(stranger)
    const own = await shop.readStream(stranger, `customer:${stranger.customerId}`)
    expect(ordersIn(own)).toEqual([args.orderId])
    expect(JSON.stringify(own)).not.toContain(first.args.orderId)
    expect(latest<Order>(own, 'order')[0]?.presence).toBe('unproven')
    expect(latest<VisitPhone>(own, 'visit_phone')).toMatchObject([{ number: 2, state: 'asking' }])
  })

  test('a phone that is in lets a friend in, who then sees the table and whose order is proven', async () => {
    const { shop, token, place, host, visitId, first } = await openTable(dialect)
    const friend = await shop.phone('A1')
    const joined = await friend.send('visit.join', { token })
    expect(joined.body.result).toEqual({ visitId, state: 'asking' })
    const { args } = await place(friend)
    const answer = await host.send('visit.answer_phone', { visitId, number: 2, admit: true })
    expect(answer.body.result).toEqual({ state: 'admitted' })
    const seen = await shop.readStream(friend, `visit:${visitId}`)
    expect(ordersIn(seen).sort()).toEqual([args.orderId, first.args.orderId].sort())
    expect(latest<Order>(seen, 'order').map((order) => order.presence)).toEqual(['proven', 'proven'])
  })

  test('whoever is in stays in, whatever another guest answers', async () => {
    const { shop, token, place, host, visitId } = await openTable(dialect)
    const friend = await shop.phone('A1')
    await friend.send('visit.join', { token })
    await host.send('visit.answer_phone', { visitId, number: 2, admit: true })
    for (const [phone, number] of [
      [host, 2],
      [friend, 1],
    ] as const) {
      const answer = await phone.send('visit.answer_phone', { visitId, number, admit: false })
      expect(answer.body.result).toEqual({ state: 'admitted' })
    }
    for (const phone of [host, friend]) {
      expect(await shop.readStream(phone, `visit:${visitId}`)).not.toBeNull()
      expect((await place(phone)).answer.body.result.visitId).toBe(visitId)
    }
  })

  test('nobody vouches from outside: not the phone itself, not another table, not one that still asks', async () => {
    const { shop, token, visitId } = await openTable(dialect)
    const [asking, elsewhere] = [await shop.phone('A1'), await shop.phone('A2')]
    await asking.send('visit.join', { token })
    for (const phone of [asking, elsewhere, shop.stranger()]) {
      const answer = await phone.send('visit.answer_phone', { visitId, number: 2, admit: true })
      expect([401, 403]).toContain(answer.status)
    }
    expect(await shop.readStream(asking, `visit:${visitId}`)).toBeNull()
  })

  test('a phone that was refused is not asked about again, and its orders wait for the barista', async () => {
    const { shop, token, place, host, barista, visitId } = await openTable(dialect)
    const prankster = await shop.phone('A1')
    await prankster.send('visit.join', { token })
    await host.send('visit.answer_phone', { visitId, number: 2, admit: false })
    const again = await prankster.send('visit.join', { token })
    expect(again.body.result.state).toBe('refused')
    expect(await shop.readStream(prankster, `visit:${visitId}`)).toBeNull()
    for (let wave = 0; wave < 2; wave++) {
      const { args, answer } = await place(prankster)
      expect(answer.status).toBe(200)
      const order = latest<Order>(
        await shop.readStream(prankster, `customer:${prankster.customerId}`),
        'order',
      )
      expect(order.at(-1)).toMatchObject({ presence: 'unproven' })
      await barista.send('order.reject', { orderId: args.orderId, reason: 'nobody_there', text: '' })
    }
    expect((await place(prankster)).answer.body.refusal.code).toBe('visit.not_member')
  })

  test('a phone whose order was answered with "nobody there" is no longer proposed to the table', async () => {
    const { shop, token, place, barista, visitId } = await openTable(dialect)
    const stranger = await shop.phone('A1')
    await stranger.send('visit.join', { token })
    const { args } = await place(stranger)
    await barista.send('order.reject', { orderId: args.orderId, reason: 'nobody_there', text: '' })
    const own = latest<VisitPhone>(
      await shop.readStream(stranger, `customer:${stranger.customerId}`),
      'visit_phone',
    )
    expect(own.find((phone) => phone.visitId === visitId)).toMatchObject({ state: 'refused' })
  })

  test('friends who scanned before the first order are asked about without scanning again', async () => {
    const { shop, place } = await table(dialect)
    const [host, friend] = [await shop.phone('A1'), await shop.phone('A1')]
    await place(host)
    const own = await shop.readStream(friend, `customer:${friend.customerId}`)
    expect(latest<VisitPhone>(own, 'visit_phone')).toMatchObject([{ state: 'asking' }])
  })
})

describeOnBoth('a photographed code cannot crowd out the guests', (dialect) => {
  async function crowdedTable() {
    const facts = await openTable(dialect)
    const { shop, token } = facts
    const strangers = await Promise.all(Array.from({ length: 30 }, () => shop.phone('A1')))
    for (const stranger of strangers) await stranger.send('visit.join', { token })
    return { ...facts, strangers }
  }

  test('after thirty strangers a friend still asks and is let in, under a number that nobody had', async () => {
    const { shop, token, host, visitId } = await crowdedTable()
    const friend = await shop.phone('A1')
    expect((await friend.send('visit.join', { token })).body.result).toEqual({ visitId, state: 'asking' })
    const own = latest<VisitPhone>(
      await shop.readStream(friend, `customer:${friend.customerId}`),
      'visit_phone',
    )
    expect(own).toMatchObject([{ number: 32, state: 'asking' }])
    const answer = await host.send('visit.answer_phone', { visitId, number: 32, admit: true })
    expect(answer.body.result).toEqual({ state: 'admitted' })
    expect(await shop.readStream(friend, `visit:${visitId}`)).not.toBeNull()
  })

  test('the phone that made room is told, holds no place any more and may ask again', async () => {
    const { shop, token, host, visitId, strangers } = await crowdedTable()
    const [first] = strangers
    if (!first) throw new Error('a stranger')
    const told = async () =>
      latest<VisitPhone>(await shop.readStream(first, `customer:${first.customerId}`), 'visit_phone')
    expect(await told()).toMatchObject([{ number: 2, state: 'refused' }])
    const late = await host.send('visit.answer_phone', { visitId, number: 2, admit: true })
    expect(late.body.refusal.code).toBe('visit.not_member')
    expect((await first.send('visit.join', { token })).body.result).toEqual({ visitId, state: 'asking' })
    expect(await told()).toMatchObject([
      { number: 2, state: 'refused' },
      { number: 32, state: 'asking' },
    ])
  })

  test('whoever is in, and whoever ordered, keeps the place', async () => {
    const { shop, token, place, host, visitId } = await crowdedTable()
    const friend = await shop.phone('A1')
    await place(friend)
    const more = await Promise.all(Array.from({ length: 35 }, () => shop.phone('A1')))
    for (const stranger of more) await stranger.send('visit.join', { token })
    const own = latest<VisitPhone>(
      await shop.readStream(friend, `customer:${friend.customerId}`),
      'visit_phone',
    )
    expect(own).toMatchObject([{ number: 32, state: 'asking' }])
    expect(await shop.readStream(host, `visit:${visitId}`)).not.toBeNull()
    expect((await place(host)).answer.status).toBe(200)
  })
})

describeOnBoth('a photographed code cannot fill the board', (dialect) => {
  test('one unproven order per phone and three per table, then the phone is told to wait', async () => {
    const { shop, place } = await table(dialect)
    const phones = await Promise.all(Array.from({ length: 4 }, () => shop.phone('A1')))
    const [first, second, third, fourth] = phones
    if (!first || !second || !third || !fourth) throw new Error('four phones')
    expect((await place(first)).answer.status).toBe(200)
    expect((await place(first)).answer.body.refusal.code).toBe('order.waiting_already')
    expect((await place(second)).answer.status).toBe(200)
    expect((await place(third)).answer.status).toBe(200)
    expect((await place(fourth)).answer.body.refusal.code).toBe('order.table_waiting')
    expect(await shop.count('orders')).toBe(3)
  })

  test('a thousand orders at once from one phone leave one on the board', { timeout: 120_000 }, async () => {
    const { shop, token } = await table(dialect)
    const phone = await shop.phone('A1')
    const args = await shop.orderArgs(token)
    const statuses = new Map<number, number>()
    for (let round = 0; round < 10; round++) {
      const answers = await Promise.all(
        Array.from({ length: 100 }, () => phone.send('order.place', { ...args, orderId: shop.id('ord') })),
      )
      for (const { status } of answers) statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
    expect(Object.fromEntries(statuses)).toEqual({ 200: 1, 409: 999 })
    expect(await shop.count('orders')).toBe(1)
  })

  test('the unpaid total of a table stops at the cap until staff raise it', async () => {
    const { shop, token, host, barista, visitId, outlet } = await openTable(dialect)
    const big = async () =>
      host.send('order.place', await shop.orderArgs(token, [{ itemId: 'americano', quantity: 20 }]))
    // 22,000 are owed; 440,000 fit three times under 1,500,000.
    for (let count = 0; count < 3; count++) expect((await big()).status).toBe(200)
    const over = await big()
    expect(over.body.refusal).toEqual({
      code: 'order.cap_reached',
      capRp: outlet.caps.unpaidTableRp,
      owedRp: 1_342_000,
    })
    await barista.send('visit.raise_cap', { visitId, capRp: 3_000_000 })
    expect((await big()).status).toBe(200)
  })
})

describeOnBoth('a code can be replaced while guests sit at the table', (dialect) => {
  test('the old code is gone for newcomers, a member orders on with it', async () => {
    const { shop, token, place, host, outlet } = await openTable(dialect)
    const table = await shop.table('A1')
    const manager = await shop.staff('manager')
    const rotated = await manager.send('table.rotate', { outletId: outlet.id, tableIds: [table.id] })
    expect(rotated.status).toBe(200)
    const newcomer = shop.stranger()
    const scan = await newcomer.send('code.scan', { token })
    expect([scan.status, scan.body.refusal]).toEqual([410, { code: 'code.replaced' }])
    const knownPhone = await shop.phone('A2')
    for (const name of ['visit.join', 'visit.prove'] as const) {
      const answer = await knownPhone.send(
        name,
        name === 'visit.join' ? { token } : { token, word: 'jati 11' },
      )
      expect([answer.status, answer.body.refusal.code]).toEqual([410, 'code.replaced'])
    }
    expect((await place(knownPhone, token)).answer.status).toBe(410)
    const call = { callId: shop.id('cal'), token, kind: 'water', note: '' }
    expect((await knownPhone.send('call.place', call)).status).toBe(410)
    expect((await place(host, token)).answer.status).toBe(200)
    const fresh = await shop.table('A1')
    expect(fresh.token).not.toBe(token)
    expect((await newcomer.send('code.scan', { token: fresh.token })).status).toBe(200)
  })
})

describeOnBoth('a visit ends', (dialect) => {
  test('closing it takes its stream from its phones, for the past at once and live within a second', async () => {
    const { shop, host, barista, visitId } = await openTable(dialect)
    const live = await openFeed(host, [`visit:${visitId}`])
    await live.until(({ events }) => events.some(({ event }) => event === 'caught_up'))
    await barista.send('visit.close', { visitId })
    expect(await shop.readStream(host, `visit:${visitId}`)).toBeNull()
    await live.until(
      (reader) => reader.isEnded() || reader.events.some(({ event }) => event === 'refused'),
      1500,
    )
    await live.close()
  })

  test('what happens to its orders later is not told to the phones that followed it', async () => {
    const { host, barista, visitId, first } = await openTable(dialect)
    const live = await openFeed(host, [`visit:${visitId}`])
    await live.until(({ events }) => events.some(({ event }) => event === 'caught_up'))
    await barista.send('visit.close', { visitId })
    await new Promise((resolve) => setTimeout(resolve, 1100))
    const seen = live.changes.length
    await barista.send('order.move', { orderId: first.args.orderId, from: 'accepted', to: 'preparing' })
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(live.changes.length).toBe(seen)
    await live.close()
  })

  test('orders that nobody answered are rejected, accepted ones stay on the board', async () => {
    const { shop, token, place, barista, visitId, first, outlet } = await openTable(dialect)
    const late = await shop.phone('A1')
    await late.send('visit.join', { token })
    const { args } = await place(late)
    await barista.send('visit.close', { visitId })
    const board = latest<Order>(await shop.readStream(barista, `desk:${outlet.id}`), 'order')
    expect(board.find((order) => order.id === args.orderId)).toMatchObject({
      status: 'rejected',
      reason: { code: 'visit_closed' },
    })
    expect(board.find((order) => order.id === first.args.orderId)?.status).toBe('accepted')
  })

  test('closing after three idle hours says the same to whoever was not answered', async () => {
    const { shop, place, host, visitId } = await openTable(dialect)
    const { args } = await place(host)
    shop.clock.turn(VISIT_IDLE_MS + 1000)
    await place(await shop.phone('A1'))
    const own = latest<Order>(await shop.readStream(host, `customer:${host.customerId}`), 'order')
    expect(own.find((order) => order.id === args.orderId)).toMatchObject({
      visitId,
      status: 'rejected',
      presence: 'proven',
      reason: { code: 'visit_closed' },
    })
  })

  test('after three idle hours the next guest starts anew and sees nothing of the party before', async () => {
    const { shop, place, host, visitId, first } = await openTable(dialect)
    shop.clock.turn(VISIT_IDLE_MS + 1000)
    const guest = await shop.phone('A1')
    const { args, answer } = await place(guest)
    expect(answer.body.result.visitId).not.toBe(visitId)
    const own = await shop.readStream(guest, `customer:${guest.customerId}`)
    expect(ordersIn(own)).toEqual([args.orderId])
    expect(JSON.stringify(own)).not.toContain(first.args.orderId)
    expect(await shop.readStream(guest, `visit:${visitId}`)).toBeNull()
    expect(await shop.readStream(host, `visit:${visitId}`)).toBeNull()
    expect(await shop.readStream(host, `visit:${answer.body.result.visitId}`)).toBeNull()
  })

  test('just before three hours it is still the same party', async () => {
    const { shop, place, host, visitId } = await openTable(dialect)
    shop.clock.turn(VISIT_IDLE_MS - 60_000)
    expect((await place(host)).answer.body.result.visitId).toBe(visitId)
  })

  test('a stranger’s order does not keep a party that has left at its table', async () => {
    const { shop, place, visitId } = await openTable(dialect)
    shop.clock.turn(VISIT_IDLE_MS - 60_000)
    expect((await place(await shop.phone('A1'))).answer.body.result.visitId).toBe(visitId)
    shop.clock.turn(2 * 60_000)
    const { answer } = await place(await shop.phone('A1'))
    expect([answer.status, answer.body.result.visitId === visitId]).toEqual([200, false])
  })

  test('a phone does not join a party that left three hours ago', async () => {
    const { shop, token, visitId } = await openTable(dialect)
    shop.clock.turn(VISIT_IDLE_MS + 1000)
    const guest = await shop.phone('A1')
    expect((await guest.send('visit.join', { token })).body.result).toEqual({ visitId: null, state: null })
    const own = await shop.readStream(guest, `customer:${guest.customerId}`)
    expect(JSON.stringify(own)).not.toContain(visitId)
  })

  test('a closed visit cannot be closed, raised or joined again', async () => {
    const { shop, token, host, barista, visitId } = await openTable(dialect)
    await barista.send('visit.close', { visitId })
    expect((await barista.send('visit.close', { visitId })).status).toBe(410)
    expect((await barista.send('visit.raise_cap', { visitId, capRp: 1 })).status).toBe(410)
    expect((await host.send('visit.answer_phone', { visitId, number: 1, admit: true })).status).toBe(410)
    expect((await host.send('visit.join', { token })).body.result).toEqual({ visitId: null, state: null })
    await pruneStreams(shop.door)
    expect(await shop.readStream(host, `visit:${visitId}`)).toBeNull()
  })
})
