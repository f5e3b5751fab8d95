// The answer of an order was lost and then the server fails on it: whether it stands, only the server can say.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Attempt } from '../../../client/sync/api.ts'
import {
  createLocks,
  neverRenew,
  openTab,
  type Tab,
  takePhone,
  until,
  withLocks,
} from '../../support/phone-tab.ts'

const HALF_HOUR_MS = 30 * 60_000
const orderId = `ord_${'0'.repeat(26)}`
const place = {
  orderId,
  token: '0123456789abcdef',
  lines: [{ itemId: 'latte', choices: [], quantity: 1, note: '' }],
  note: '',
  shownTotalRp: 1000,
}
const silence: Attempt = { kind: 'unreachable' }
const broken: Attempt = { kind: 'later', waitMs: 0, isBroken: true }
const yes: Attempt = { kind: 'answer', answer: { ok: true, result: null, changes: [] } }
const refusal = (code: string): Attempt => ({ kind: 'answer', answer: { ok: false, refusal: { code } } })

beforeEach(() => {
  takePhone()
  withLocks(createLocks())
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

/** Its clock is set by hand; `answer` may be changed at any time. */
function server(answer: (name: string) => Attempt) {
  const sent: string[] = []
  const world = { nowMs: Date.now(), answer }
  const post = async (name: string, id: string) => {
    sent.push(`${name} ${id}`)
    return world.answer(name)
  }
  return {
    world,
    sent,
    options: { lockName: 'send', renewSession: neverRenew, post, now: () => world.nowMs },
  }
}

async function sendAll(tab: Tab, options: Parameters<Tab['sender']['sendNext']>[0], tries = 12) {
  for (let at = 0; at < tries; at++) if ((await tab.sender.sendNext(options)).kind === 'idle') return
}

const first = async (tab: Tab) => (await tab.outbox.readOutbox())[0]

test('an order whose answer was cut and on which the server then fails is never called refused', async () => {
  const tab = await openTab()
  let tries = 0
  const { world, sent, options } = server(() => (tries++ === 0 ? silence : broken))
  const id = await tab.outbox.enqueue('order.place', place, HALF_HOUR_MS)
  await sendAll(tab, options)
  expect(sent.length).toBeGreaterThan(5)
  expect((await first(tab))?.state).toBe('waiting')
  const { isAside } = await import('../../../client/sync/stepping-aside.ts')
  const row = await first(tab)
  expect(row && isAside(row)).toBe(true)
  // Not before a minute, then again and again, by itself, and always under its own id.
  const before = sent.length
  expect(await tab.sender.sendNext(options)).toMatchObject({ kind: 'idle' })
  for (let minutes = 2; minutes < 8; minutes += 2) {
    world.nowMs += 2 * 60_000
    await sendAll(tab, options)
  }
  expect(sent.length).toBe(before + 3)
  world.answer = () => yes
  world.nowMs += 2 * 60_000
  await sendAll(tab, options)
  expect(await tab.outbox.readOutbox()).toEqual([])
  expect(new Set(sent)).toEqual(new Set([`order.place ${id}`]))
})

test('where every try broke the server it is the same: an answer may break after the order was stored', async () => {
  const tab = await openTab()
  const { options } = server(() => broken)
  await tab.outbox.enqueue('order.place', place, HALF_HOUR_MS)
  await sendAll(tab, options)
  const row = await first(tab)
  expect([row?.state, row?.refusal?.code]).toEqual(['waiting', 'server.broken'])
})

test('what stepped aside holds up nothing, through a restart too, and is sent again by a tap under its id', async () => {
  const tab = await openTab()
  const { world, sent, options } = server((name) => (name === 'order.place' ? broken : yes))
  const id = await tab.outbox.enqueue('order.place', place, HALF_HOUR_MS)
  await tab.outbox.enqueue('order.see', { orderIds: [`ord_${'1'.repeat(26)}`] })
  await sendAll(tab, options)
  expect((await tab.outbox.readOutbox()).map((row) => row.id)).toEqual([id])
  const next = await openTab()
  const before = sent.length
  expect(await next.sender.sendNext(options)).toMatchObject({ kind: 'idle' })
  await next.outbox.sendAnyway(id)
  await next.outbox.sendAnyway(id)
  await sendAll(next, options)
  expect(sent.slice(before)).toEqual([`order.place ${id}`])
  world.answer = () => yes
  await next.outbox.sendAnyway(id)
  await sendAll(next, options)
  expect(await next.outbox.readOutbox()).toEqual([])
  expect(sent.at(-1)).toBe(`order.place ${id}`)
})

test('a wish to cancel waits for the order that stepped aside, so that it is not refused and the order made', async () => {
  const tab = await openTab()
  const { world, sent, options } = server((name) => (name === 'order.place' ? broken : yes))
  await tab.outbox.enqueue('order.place', place, HALF_HOUR_MS)
  await sendAll(tab, options)
  await tab.outbox.enqueue('order.ask', { orderId, kind: 'cancel', note: '' })
  await sendAll(tab, options)
  expect(sent.filter((each) => each.startsWith('order.ask'))).toEqual([])
  world.answer = () => yes
  world.nowMs += 2 * 60_000
  await sendAll(tab, options)
  expect(sent.slice(-2).map((each) => each.split(' ')[0])).toEqual(['order.place', 'order.ask'])
  expect(await tab.outbox.readOutbox()).toEqual([])
})

test('once the feed brings the order itself, what is asked about it waits no longer', async () => {
  const tab = await openTab()
  const { sent, options } = server((name) => (name === 'order.place' ? broken : yes))
  await tab.outbox.enqueue('order.place', place, HALF_HOUR_MS)
  await sendAll(tab, options)
  await tab.outbox.enqueue('order.ask', { orderId, kind: 'cancel', note: '' })
  const stream = 'customer:cus_00000000000000000000000001'
  await tab.db.database().records.put({ stream, kind: 'order', id: orderId, rev: 1, body: {} })
  await sendAll(tab, options)
  expect(sent.at(-1)).toMatch(/^order\.ask /)
})

test('after half an hour the server, asked under the same id, says that it has none: then the guest is asked', async () => {
  const tab = await openTab()
  const { world, sent, options } = server(() => broken)
  const id = await tab.outbox.enqueue('order.place', place, HALF_HOUR_MS)
  await sendAll(tab, options)
  world.nowMs += HALF_HOUR_MS + 1000
  world.answer = () => refusal('request.waited_too_long')
  await sendAll(tab, options)
  expect([(await first(tab))?.state, new Set(sent)]).toEqual(['stale', new Set([`order.place ${id}`])])
  await tab.outbox.sendAnyway(id)
  const { isAside } = await import('../../../client/sync/stepping-aside.ts')
  const row = await first(tab)
  expect(row && [row.state, isAside(row)]).toEqual(['waiting', false])
})

test('a phone that is not known any more says nothing of an order whose answer was lost', async () => {
  const tab = await openTab()
  let tries = 0
  const { options } = server(() => (tries++ === 0 ? silence : refusal('session.missing')))
  await tab.outbox.enqueue('order.place', place, HALF_HOUR_MS)
  await sendAll(tab, options)
  expect((await first(tab))?.state).toBe('waiting')
})

test('a phone that was not known from the first try on is told so', async () => {
  const tab = await openTab()
  let renewals = 0
  const { options } = server(() => refusal('session.missing'))
  await tab.outbox.enqueue('order.place', place, HALF_HOUR_MS)
  await sendAll(tab, { ...options, renewSession: async () => renewals++ < 3 })
  const row = await first(tab)
  expect([row?.state, row?.refusal?.code]).toEqual(['refused', 'session.missing'])
})

test('without room to write it down the sender does not run hot on what breaks the server', async () => {
  const tab = await openTab()
  const { sent, options } = server(() => broken)
  await tab.outbox.enqueue('order.place', place, HALF_HOUR_MS)
  const full = () => {
    throw new DOMException('The disk is full.', 'QuotaExceededError')
  }
  const spies = [
    vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(full),
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(full),
  ]
  for (let at = 0; at < 15; at++) await tab.sender.sendNext(options)
  for (const spy of spies) spy.mockRestore()
  expect(sent.length).toBe(6)
})

for (const [whose, isBroken, body] of [
  ['our own', true, { ok: false, refusal: { code: 'server.broken', requestId: 'x' } }],
  ['a gateway’s', false, { message: 'Internal server error' }],
] as const) {
  test(`a 500 that is ${whose} ${isBroken ? 'counts' : 'does not count'} as the server failing on the command`, async () => {
    vi.stubGlobal('fetch', async () => Response.json(body, { status: 500 }))
    const { api } = await openTab()
    expect(await api.postCommand('order.place', 'cmd_1', place)).toEqual({
      kind: 'later',
      waitMs: 0,
      isBroken,
    })
  })
}

test('when what stepped aside is tried again is told, for all tabs to say', async () => {
  const tab = await openTab()
  const { nextTryAtMs } = await import('../../../client/sync/tries.ts')
  vi.spyOn(Math, 'random').mockReturnValue(0)
  const { options } = server(() => broken)
  await tab.outbox.enqueue('order.place', place, HALF_HOUR_MS)
  const stop = tab.sender.startSender({ ...options, now: () => Date.now() })
  await until(() => (nextTryAtMs.value ?? 0) - Date.now() > 50_000)
  stop()
})

test('what stepped aside on a full phone and was then refused is sent at once when another tab asks for it', async () => {
  const tab = await openTab()
  const { world, sent, options } = server(() => broken)
  const id = await tab.outbox.enqueue('order.place', place, HALF_HOUR_MS)
  const { putAside } = await import('../../../client/sync/stepping-aside.ts')
  const row = await first(tab)
  const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('The disk is full.', 'QuotaExceededError')
  })
  if (row) await expect(putAside(row, world.nowMs - 30_000, 'server.broken')).rejects.toThrow()
  full.mockRestore()
  world.nowMs += 2 * 60_000
  world.answer = () => refusal('order.item_sold_out')
  await sendAll(tab, options)
  expect((await first(tab))?.state).toBe('refused')
  // The clock was put right: what this tab had noted for itself lies ahead again.
  world.nowMs -= 2 * 60_000
  const beside = await openTab()
  await beside.outbox.sendAnyway(id)
  const before = sent.length
  await sendAll(tab, options, 1)
  expect(sent.slice(before)).toEqual([`order.place ${id}`])
})

test('what stepped aside while the clock ran an hour ahead is asked about at once when that is put right', async () => {
  const tab = await openTab()
  const { world, sent, options } = server(() => broken)
  const id = await tab.outbox.enqueue('order.place', place)
  world.nowMs += 2 * HALF_HOUR_MS
  await sendAll(tab, options)
  const before = sent.length
  expect(await tab.sender.sendNext(options)).toMatchObject({ kind: 'idle' })
  world.nowMs -= 2 * HALF_HOUR_MS
  world.answer = () => yes
  await sendAll(tab, options)
  expect(sent.slice(before)).toEqual([`order.place ${id}`])
  expect(await tab.outbox.readOutbox()).toEqual([])
})
