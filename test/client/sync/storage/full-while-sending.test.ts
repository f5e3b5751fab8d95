// A phone that fills up while it keeps an order: the order is sent all the same, once in effect, and nobody
// is told that it never left.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Attempt } from '../../../../client/sync/api.ts'
import {
  createLocks,
  neverRenew,
  openTab,
  type Tab,
  takePhone,
  until,
  withLocks,
} from '../../../support/phone-tab.ts'

const args = { orderIds: [`ord_${'0'.repeat(26)}`] }
const yes: Attempt = { kind: 'answer', answer: { ok: true, result: null, changes: [] } }
const no: Attempt = { kind: 'answer', answer: { ok: false, refusal: { code: 'order.outlet_closed' } } }
const silence: Attempt = { kind: 'unreachable' }
const HALF_HOUR_MS = 30 * 60_000

beforeEach(() => {
  takePhone()
  withLocks(createLocks())
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

/** IndexedDB on a full phone: nothing can be written, and not even taken away. */
function fillStorage() {
  const spies = (['add', 'put', 'delete'] as const).map((name) =>
    vi.spyOn(IDBObjectStore.prototype, name).mockImplementation(() => {
      throw new DOMException('The disk is full.', 'QuotaExceededError')
    }),
  )
  return () => {
    for (const spy of spies) spy.mockRestore()
  }
}

/** The small storage beside it, which outlives the page. */
function withSmallStorage() {
  const kept = new Map<string, string>()
  const localStorage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
  Object.assign(window, { localStorage })
  return kept
}

function server(answer: (id: string) => Attempt = () => yes) {
  const sent: string[] = []
  const waited: number[] = []
  const post = async (_name: string, id: string, _args?: unknown, waitedMs = 0) => {
    sent.push(id)
    waited.push(waitedMs)
    return answer(id)
  }
  return { sent, waited, options: { lockName: 'send', renewSession: neverRenew, post } }
}

const states = async (tab: Tab) => (await tab.outbox.readOutbox()).map((row) => row.state)
const tries = async (tab: Tab) => (await tab.outbox.readOutbox()).map((row) => row.attempts)
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

test('a kept order is sent although the phone is full, the trouble is told, and nothing runs hot', async () => {
  const tab = await openTab()
  const { storageTrouble } = await import('../../../../client/sync/connection.ts')
  const { sent, options } = server()
  const id = await tab.outbox.enqueue('order.see', args)
  const free = fillStorage()
  const stop = tab.sender.startSender(options)
  await until(() => sent.length > 0)
  await pause(600)
  expect([new Set(sent), sent.length]).toEqual([new Set([id]), 1])
  expect(storageTrouble.value).toBe('full')
  free()
  await until(async () => (await tab.db.database().outbox.count()) === 0)
  expect(storageTrouble.value).toBeNull()
  expect(new Set(sent)).toEqual(new Set([id]))
  stop()
})

test('without room for the answer the next order is sent too, and each once until there is room', async () => {
  const tab = await openTab()
  const { sent, options } = server()
  const ids = [await tab.outbox.enqueue('order.see', args), await tab.outbox.enqueue('order.see', args)]
  const free = fillStorage()
  for (let turn = 0; turn < 5; turn++) await tab.sender.sendNext(options)
  expect(sent).toEqual(ids)
  expect(await tab.sender.sendNext(options)).toEqual({ kind: 'failed', waitMs: 0 })
  free()
  for (let turn = 0; turn < 2; turn++) await tab.sender.sendNext(options)
  expect(await tab.db.database().outbox.count()).toBe(0)
})

test('a refusal that could not be kept is shown, and kept once there is room', async () => {
  const tab = await openTab()
  const { sent, options } = server(() => no)
  await tab.outbox.enqueue('order.see', args)
  const free = fillStorage()
  await tab.sender.sendNext(options)
  const [shown] = await tab.outbox.readOutbox()
  expect([shown?.state, shown?.refusal?.code]).toEqual(['refused', 'order.outlet_closed'])
  free()
  await tab.sender.sendNext(options)
  const [stored] = await tab.db.database().outbox.toArray()
  expect([stored?.state, stored?.refusal?.code, sent.length]).toEqual(['refused', 'order.outlet_closed', 1])
})

test('an order that was sent without a mark counts as tried, and is not taken back', async () => {
  const tab = await openTab()
  const { options } = server(() => silence)
  const id = await tab.outbox.enqueue('order.see', args)
  const free = fillStorage()
  await tab.sender.sendNext(options)
  free()
  expect(await tries(tab)).toEqual([1])
  expect(await tab.outbox.takeBack(id)).toBe(false)
  expect(await states(tab)).toEqual(['waiting'])
})

test('nor after the page was started anew, when the phone has room again', async () => {
  const kept = withSmallStorage()
  const before = await openTab()
  const { options } = server(() => silence)
  const id = await before.outbox.enqueue('order.see', args)
  const free = fillStorage()
  await before.sender.sendNext(options)
  free()
  const tab = await openTab()
  expect(await tries(tab)).toEqual([1])
  expect(await tab.outbox.takeBack(id)).toBe(false)
  await tab.sender.sendNext(server().options)
  expect([await states(tab), kept.size]).toEqual([[], 0])
})

test('nor while the phone is still full, whatever the small storage knows', async () => {
  const before = await openTab()
  const { options } = server(() => silence)
  const id = await before.outbox.enqueue('order.see', args)
  const free = fillStorage()
  await before.sender.sendNext(options)
  const tab = await openTab()
  vi.mocked(IDBObjectStore.prototype.delete).mockRestore()
  expect(await tab.outbox.takeBack(id)).toBe(false)
  expect(await tries(tab)).toEqual([1])
  free()
  expect(await tab.db.database().outbox.count()).toBe(1)
})

test('one that may have been sent unmarked is not asked about when it is old: the server knows', async () => {
  withSmallStorage()
  const before = await openTab()
  const first = server(() => silence)
  await before.outbox.enqueue('order.see', args, HALF_HOUR_MS)
  const free = fillStorage()
  await before.sender.sendNext(first.options)
  free()
  const tab = await openTab()
  const later = server()
  await tab.sender.sendNext({ ...later.options, now: () => Date.now() + HALF_HOUR_MS + 1000 })
  expect([later.sent, await states(tab)]).toEqual([first.sent, []])
  expect(later.waited[0]).toBeGreaterThan(HALF_HOUR_MS)
})

test('an order that never left is taken back; one that was tried is not', async () => {
  const tab = await openTab()
  const { options } = server(() => silence)
  const first = await tab.outbox.enqueue('order.see', args)
  const second = await tab.outbox.enqueue('order.see', args)
  await tab.sender.sendNext(options)
  expect(await tab.outbox.takeBack(second)).toBe(true)
  expect(await tab.outbox.takeBack(first)).toBe(false)
  expect((await tab.outbox.readOutbox()).map(({ id }) => id)).toEqual([first])
})
