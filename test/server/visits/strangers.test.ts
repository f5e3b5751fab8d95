import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import type { Order } from '#shared/ordering/order.ts'
import type { Change } from '#shared/protocol.ts'
import type { Table } from '#shared/tables/table.ts'
import type { Call } from '#shared/visits/call.ts'
import { MAX_ASKS_PER_TABLE, type VisitPhone } from '#shared/visits/visit.ts'
import { WORD_MS } from '../../../server/visits/presence-word.ts'
import { type Dialect, describeOnBoth } from '../../support/both-databases.ts'
import { openFeed } from '../../support/browser.ts'
import { createTestShop } from '../../support/test-shop.ts'

const SLUG = 'multatuli'

/** The newest state of each record of the kind. */
function latest<Body>(changes: readonly Change[] | null, kind: string): Body[] {
  const byId = new Map(
    (changes ?? []).filter((each) => each.kind === kind).map((each) => [each.id, each.body]),
  )
  return [...byId.values()] as Body[]
}

/** Table A1 with a party of one, let in by the barista, and the word's display. */
async function party(dialect: Dialect) {
  const shop = await createTestShop({ dialect })
  const table = await shop.table('A1', SLUG)
  const { token } = table
  const barista = await shop.staff('barista', SLUG)
  const outlet = await shop.outlet(SLUG)
  const place = async (phone: Awaited<ReturnType<typeof shop.phone>>, at = token) => {
    const args = await shop.orderArgs(at, undefined, SLUG)
    return { orderId: args.orderId, answer: await phone.send('order.place', args) }
  }
  const host = await shop.phone('A1', SLUG)
  const first = await place(host)
  const visitId: string = first.answer.body.result.visitId
  await barista.send('order.accept', { orderId: first.orderId, readyInMinutes: 5 })
  const shown = async () => {
    const response = await barista.fetch(`/api/desk/${outlet.id}/word`)
    return ((await response.json()) as { word: string }).word
  }
  const desk = () => shop.readStream(barista, `desk:${outlet.id}`)
  return { shop, table, token, barista, outlet, place, host, first, visitId, shown, desk }
}

describeOnBoth('the word cannot be guessed from many tables at once', (dialect) => {
  test('after forty wrong words at an outlet the word is closed until it changes, the right one too', async () => {
    const { shop, shown } = await party(dialect)
    const guess = async (label: string) => {
      const { token } = await shop.table(label, SLUG)
      const phones = await Promise.all(Array.from({ length: 20 }, () => shop.phone(label, SLUG)))
      return Promise.all(phones.map((phone) => phone.send('visit.prove', { token, word: 'jati 000' })))
    }
    const tried = [...(await guess('A2')), ...(await guess('A3')), ...(await guess('A4'))]
    expect(tried.filter(({ status }) => status === 200)).toHaveLength(40)
    const guest = await shop.phone('A5', SLUG)
    const { token } = await shop.table('A5', SLUG)
    const refused = await guest.send('visit.prove', { token, word: await shown() })
    expect([refused.status, refused.body.refusal.code]).toEqual([409, 'visit.word_closed'])
    const opensAtMs = Number(refused.body.refusal.opensAtMs)
    expect(opensAtMs - shop.clock.now()).toBeLessThanOrEqual(WORD_MS)
    // No dead end: the order goes to the barista.
    const order = await guest.send('order.place', await shop.orderArgs(token, undefined, SLUG))
    expect(order.status).toBe(200)
    shop.clock.set(opensAtMs)
    const proven = await guest.send('visit.prove', { token, word: await shown() })
    expect(proven.body.result.isProven).toBe(true)
  })

  test('one table alone does not close the way for the others', async () => {
    const { shop, token, shown } = await party(dialect)
    const phones = await Promise.all(Array.from({ length: 60 }, () => shop.phone('A1', SLUG)))
    for (const phone of phones) await phone.send('visit.prove', { token, word: 'jati 000' })
    const neighbour = await shop.phone('A2', SLUG)
    const at = (await shop.table('A2', SLUG)).token
    const proven = await neighbour.send('visit.prove', { token: at, word: await shown() })
    expect(proven.body.result.isProven).toBe(true)
  })
})

describeOnBoth('strangers are denied in one tap', (dialect) => {
  async function besieged(dialect: Dialect) {
    const facts = await party(dialect)
    const { shop, token, place } = facts
    const strangers = await Promise.all(Array.from({ length: 3 }, () => shop.phone('A1', SLUG)))
    const orderIds: string[] = []
    for (const stranger of strangers) {
      orderIds.push((await place(stranger)).orderId)
      await stranger.send('call.place', { callId: shop.id('cal'), token, kind: 'water', note: '' })
    }
    const friend = await shop.phone('A1', SLUG)
    await friend.send('visit.join', { token })
    return { ...facts, strangers, orderIds, friend }
  }

  test('their orders and calls end, the party keeps its own, a friend may ask again', async () => {
    const { table, token, barista, place, host, first, visitId, desk, orderIds, friend } =
      await besieged(dialect)
    expect((await place(friend)).answer.body.refusal.code).toBe('order.table_waiting')
    const denied = await barista.send('visit.deny_strangers', { tableId: table.id, replaceCode: false })
    expect(denied.body.result).toEqual({ visitId })
    const board = await desk()
    const orders = latest<Order>(board, 'order')
    for (const id of orderIds) {
      const order = orders.find((each) => each.id === id)
      expect(order).toMatchObject({ status: 'rejected', reason: { code: 'nobody_there' } })
    }
    expect(orders.find((each) => each.id === first.orderId)?.status).toBe('accepted')
    expect(latest<Call>(board, 'call').map((call) => call.state)).toEqual(Array(3).fill('withdrawn'))
    expect((await place(host)).answer.status).toBe(200)
    expect((await friend.send('visit.join', { token })).body.result).toEqual({ visitId, state: 'asking' })
    expect((await place(friend)).answer.status).toBe(200)
  })

  test('however often strangers were denied, the next friend is not kept waiting for it', async () => {
    const { shop, table, barista, place } = await besieged(dialect)
    const deny = () => barista.send('visit.deny_strangers', { tableId: table.id, replaceCode: false })
    for (let round = 0; round < 4; round++) {
      await deny()
      for (const stranger of await Promise.all(Array.from({ length: 3 }, () => shop.phone('A1', SLUG))))
        expect((await place(stranger)).answer.status).toBe(200)
    }
    await deny()
    expect((await place(await shop.phone('A1', SLUG))).answer.status).toBe(200)
  })

  test('with a new code the photograph is worth nothing, and who is in orders on', async () => {
    const { shop, table, token, barista, place, host, desk, strangers } = await besieged(dialect)
    const before = latest<Table>(await desk(), 'table').find(({ id }) => id === table.id)
    await barista.send('visit.deny_strangers', { tableId: table.id, replaceCode: true })
    for (const stranger of strangers) expect((await place(stranger)).answer.status).toBe(410)
    expect((await shop.stranger().send('code.scan', { token })).status).toBe(410)
    expect((await place(host)).answer.status).toBe(200)
    const after = latest<Table>(await desk(), 'table').find(({ id }) => id === table.id)
    expect(after?.shortCode).not.toBe(before?.shortCode)
    const fresh = await shop.phone('A1', SLUG)
    expect((await place(fresh, (await shop.table('A1', SLUG)).token)).answer.status).toBe(200)
  })

  test('where nobody but strangers sits, their visit is closed and the next guest begins anew', async () => {
    const { shop, barista } = await party(dialect)
    const table = await shop.table('A2', SLUG)
    const stranger = await shop.phone('A2', SLUG)
    const order = await stranger.send('order.place', await shop.orderArgs(table.token, undefined, SLUG))
    const visitId = order.body.result.visitId
    const denied = await barista.send('visit.deny_strangers', { tableId: table.id, replaceCode: false })
    expect(denied.body.result).toEqual({ visitId: null })
    const guest = await shop.phone('A2', SLUG)
    const next = await guest.send('order.place', await shop.orderArgs(table.token, undefined, SLUG))
    expect([next.status, next.body.result.visitId === visitId]).toEqual([200, false])
  })

  test('at an empty table only the code is replaced', async () => {
    const { shop, barista } = await party(dialect)
    const table = await shop.table('A3', SLUG)
    const denied = await barista.send('visit.deny_strangers', { tableId: table.id, replaceCode: true })
    expect(denied.body.result).toEqual({ visitId: null })
    expect((await shop.table('A3', SLUG)).token).not.toBe(table.token)
  })
})

describeOnBoth('strangers are denied by a tablet that was offline', (dialect) => {
  /** Two orders of strangers at table A2, where nobody else sits, as a board saw them, with the tap on it. */
  async function seenByBoard() {
    const facts = await party(dialect)
    const { shop, barista, desk } = facts
    const table = await shop.table('A2', SLUG)
    const place = (phone: Awaited<ReturnType<typeof shop.phone>>) => facts.place(phone, table.token)
    const strangers = [await shop.phone('A2', SLUG), await shop.phone('A2', SLUG)]
    const orders = [await place(strangers[0]!), await place(strangers[1]!)]
    const callId = shop.id('cal')
    await strangers[0]!.send('call.place', { callId, token: table.token, kind: 'water', note: '' })
    const visitId: string = orders[0]!.answer.body.result.visitId
    const sticker = async () =>
      latest<Table>(await desk(), 'table').find(({ id }) => id === table.id)?.shortCode
    const ids = [...orders.map(({ orderId }) => orderId), callId, `${visitId}.1`, `${visitId}.2`]
    const seen = { ids, shortCode: await sticker() }
    const deny = (replaceCode = false) =>
      barista.send('visit.deny_strangers', { tableId: table.id, replaceCode, seen })
    const statusOf = async (orderId: string) =>
      latest<Order>(await desk(), 'order').find((order) => order.id === orderId)?.status
    shop.clock.turn(60_000)
    return { ...facts, table, place, strangers, orders, callId, visitId, deny, statusOf, sticker }
  }

  test('orders and calls that came after the tap stay, and so does the visit in which they are', async () => {
    const { shop, table, place, orders, visitId, deny, statusOf, desk } = await seenByBoard()
    const guest = await shop.phone('A2', SLUG)
    const later = await place(guest)
    const callId = shop.id('cal')
    await guest.send('call.place', { callId, token: table.token, kind: 'bill', note: '' })
    expect((await deny()).body.result).toEqual({ visitId })
    for (const { orderId } of orders) expect(await statusOf(orderId)).toBe('rejected')
    expect(await statusOf(later.orderId)).toBe('placed')
    const calls = latest<Call>(await desk(), 'call').filter((call) => call.tableId === table.id)
    expect(calls.map((call) => [call.id === callId, call.state])).toEqual([
      [false, 'withdrawn'],
      [true, 'open'],
    ])
    expect((await guest.send('visit.join', { token: table.token })).body.result.state).toBe('asking')
  })

  test('a friend who asked and one who scanned after the tap are not forgotten', async () => {
    const { shop, table, place, visitId, deny, desk } = await seenByBoard()
    const [asking, scanned] = [await shop.phone('A2', SLUG), await shop.phone('A2', SLUG)]
    await asking.send('visit.join', { token: table.token })
    const later = await place(await shop.phone('A2', SLUG))
    await deny()
    const states = new Map(
      latest<VisitPhone>(await desk(), 'visit_phone').map((phone) => [phone.id, phone.state]),
    )
    expect([1, 2, 3, 4].map((number) => states.get(`${visitId}.${number}`))).toEqual([
      'refused',
      'refused',
      'asking',
      'asking',
    ])
    expect(later.answer.status).toBe(200)
    const rows = await shop.read.all<{ customer_id: string }>(
      sql`SELECT customer_id FROM scans WHERE table_id = ${table.id}`,
    )
    expect(rows.map((row) => row.customer_id)).toContain(scanned.customerId)
  })

  test('the guests of the next visit at that table are not touched', async () => {
    const { shop, barista, place, visitId, deny, statusOf } = await seenByBoard()
    await barista.send('visit.close', { visitId })
    const next = await place(await shop.phone('A2', SLUG))
    expect((await deny()).body.result).toEqual({ visitId: next.answer.body.result.visitId })
    expect(await statusOf(next.orderId)).toBe('placed')
  })

  test('nor is their visit closed, when just then none of their orders waits', async () => {
    const { shop, barista, place, visitId, deny } = await seenByBoard()
    await barista.send('visit.close', { visitId })
    const guest = await shop.phone('A2', SLUG)
    const next = await place(guest)
    await guest.send('order.ask', { orderId: next.orderId, kind: 'cancel', note: '' })
    expect((await deny()).body.result).toEqual({ visitId: next.answer.body.result.visitId })
    expect((await place(guest)).answer.body.result.visitId).toBe(next.answer.body.result.visitId)
  })

  test('what nobody added to is denied as at once, and the visit closed', async () => {
    const { deny, orders, statusOf } = await seenByBoard()
    expect((await deny()).body.result).toEqual({ visitId: null })
    for (const { orderId } of orders) expect(await statusOf(orderId)).toBe('rejected')
  })

  test('a sticker that was replaced since stays good, one that was not is replaced', async () => {
    const { barista, deny, table, sticker } = await seenByBoard()
    const before = await sticker()
    await deny(true)
    const fresh = await sticker()
    expect(fresh).not.toBe(before)
    await barista.send('visit.deny_strangers', {
      tableId: table.id,
      replaceCode: true,
      seen: { ids: [], shortCode: before },
    })
    expect(await sticker()).toBe(fresh)
  })
})

describeOnBoth('the barista takes a phone out of a visit', (dialect) => {
  test('it loses the visit at once, also what it follows live; its own orders stay its own', async () => {
    const { shop, token, place, host, barista, visitId, shown } = await party(dialect)
    const guest = await shop.phone('A1', SLUG)
    await guest.send('visit.prove', { token, word: await shown() })
    const own = await place(guest)
    const streams = [`visit:${visitId}`, `customer:${guest.customerId}`]
    const [live, party_] = [await openFeed(guest, streams), await openFeed(host, [`visit:${visitId}`])]
    const isCaughtUp = ({ events }: typeof live) => events.some(({ event }) => event === 'caught_up')
    await Promise.all([live.until(isCaughtUp), party_.until(isCaughtUp)])
    const removed = await barista.send('visit.remove_phone', { visitId, number: 2 })
    expect(removed.body.result).toEqual({ visitId, number: 2 })
    await live.until((reader) => reader.isEnded(), 1500)
    const seen = live.changes.length
    const later = await place(host)
    await party_.until(({ changes }) => changes.some((change) => change.id === later.orderId))
    expect(live.changes.length).toBe(seen)
    expect(party_.isEnded()).toBe(false)
    await party_.close()
    expect(await shop.readStream(guest, `visit:${visitId}`)).toBeNull()
    const mine = await shop.readStream(guest, `customer:${guest.customerId}`)
    expect(latest<Order>(mine, 'order').map(({ id }) => id)).toEqual([own.orderId])
    expect(latest<VisitPhone>(mine, 'visit_phone')).toMatchObject([{ number: 2, state: 'refused' }])
    // It does not get back by asking the party again.
    expect((await guest.send('visit.join', { token })).body.result.state).toBe('refused')
  })

  test('a phone that is not there, a closed visit, another outlet', async () => {
    const { shop, barista, visitId, host } = await party(dialect)
    const foreign = await shop.staff('manager', 'ayahanda')
    const remove = (who: typeof barista, number: number) =>
      who.send('visit.remove_phone', { visitId, number })
    expect((await remove(barista, 9)).body.refusal.code).toBe('visit.not_member')
    expect((await remove(foreign, 1)).body.refusal.code).toBe('session.wrong_outlet')
    const byGuest = await host.send('visit.remove_phone', { visitId, number: 1 })
    expect([401, 403]).toContain(byGuest.status)
    await barista.send('visit.close', { visitId })
    expect((await remove(barista, 1)).body.refusal.code).toBe('visit.closed')
  })
})

describeOnBoth('the numbers of a visit do not run out', (dialect) => {
  test('sixty phones may ask at a table within ten minutes; whoever comes later can still order', async () => {
    const { shop, token, place, host, visitId } = await party(dialect)
    const strangers = await Promise.all(
      Array.from({ length: MAX_ASKS_PER_TABLE }, () => shop.phone('A1', SLUG)),
    )
    for (const stranger of strangers) expect((await stranger.send('visit.join', { token })).status).toBe(200)
    const friend = await shop.phone('A1', SLUG)
    const refused = await friend.send('visit.join', { token })
    expect([refused.status, refused.body.refusal.code]).toEqual([409, 'visit.crowded'])
    // Who has a place is not counted again.
    expect((await host.send('visit.join', { token })).body.result).toEqual({ visitId, state: 'admitted' })
    expect((await place(friend)).answer.status).toBe(200)
    const other = await shop.phone('A1', SLUG)
    shop.clock.turn(10 * 60_000)
    expect((await other.send('visit.join', { token })).body.result.state).toBe('asking')
  })
})
