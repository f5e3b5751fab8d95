// Loaded before `document` is a stand-in: it looks for a real one once.
import 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openTab, type Tab, takePhone, until, withLocks } from '../../../support/phone-tab.ts'

const outlet = { stream: 'outlet:out_1', seq: 1, kind: 'item_status', id: 'out_1.latte' }
const change = {
  ...outlet,
  body: { id: 'out_1.latte', itemId: 'latte', rev: 1, soldOut: null },
}

beforeEach(() => {
  takePhone()
  withLocks(undefined)
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

const frame = (event: string, data: unknown) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`

/** A server whose feed says one record and then only beats, faster than the real one. */
function serveFeed() {
  const asked: string[] = []
  let tell: (text: string) => void = () => undefined
  const beat = () => frame('beat', { nowMs: Date.now() })
  const timer = setInterval(() => tell(beat()), 50)
  vi.stubGlobal('fetch', async (path: string, { signal }: RequestInit) => {
    asked.push(path)
    const body = new ReadableStream({
      start(controller) {
        signal?.addEventListener('abort', () => {
          tell = () => undefined
          controller.error(new TypeError('cut'))
        })
        tell = (text) => controller.enqueue(new TextEncoder().encode(text))
        tell(beat() + frame('change', change) + frame('caught_up', { stream: outlet.stream, seq: 1 }))
      },
    })
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  })
  return {
    connections: () => asked.length,
    asked,
    tell: (text: string) => tell(text),
    end: () => clearInterval(timer),
  }
}

const readItems = (tab: Tab) => tab.read.recordsOf({ kind: 'item_status' })
/** What is on the disk, whatever this page holds beside it. */
const readDisk = (tab: Tab) => tab.db.database().records.toArray()

function failWith(error: Error) {
  const spies = ['add', 'put'].map((name) =>
    vi.spyOn(IDBObjectStore.prototype, name as 'put').mockImplementation(() => {
      throw error
    }),
  )
  return () => {
    for (const spy of spies) spy.mockRestore()
  }
}

async function openFeed() {
  const tab = await openTab()
  const { startFeed } = await import('../../../../client/sync/feed.ts')
  const { storageTrouble } = await import('../../../../client/sync/connection.ts')
  const start = () => startFeed({ lockName: 'feed', streams: async () => [outlet.stream] })
  return { tab, start, storageTrouble }
}

for (const [trouble, error] of [
  ['full', new DOMException('The disk is full.', 'QuotaExceededError')],
  ['broken', new DOMException('Something else.', 'UnknownError')],
] as const) {
  test(`a device whose storage is ${trouble} says so, and not that there is no network, until it has room`, async () => {
    const { tab, start, storageTrouble } = await openFeed()
    const server = serveFeed()
    const free = failWith(error)
    const stop = start()
    await until(() => server.connections() > 0 && storageTrouble.value !== null)
    expect(storageTrouble.value).toBe(trouble)
    free()
    await until(() => storageTrouble.value === null)
    expect(await readDisk(tab)).toHaveLength(1)
    expect(server.connections()).toBe(1)
    stop()
    server.end()
  })
}

test('what finds no room is shown all the same, and follows on without coming anew', async () => {
  const { tab, start } = await openFeed()
  const { liveQuery } = await import('dexie')
  const server = serveFeed()
  const free = failWith(new DOMException('The disk is full.', 'QuotaExceededError'))
  const stop = start()
  const shown: unknown[][] = []
  const looking = liveQuery(() => readItems(tab)).subscribe((rows) =>
    shown.push(rows.map(({ body }) => body)),
  )
  await until(() => shown.at(-1)?.length === 1)
  server.tell(frame('change', { ...change, seq: 2, body: { ...change.body, rev: 2 } }))
  await until(() => JSON.stringify(shown.at(-1)).includes('"rev":2'))
  const { stream, kind, id } = outlet
  const { recordsOf, cursorOf } = tab.read
  for (const wanted of [{ stream }, { stream, kind }, { kind, id }])
    expect((await recordsOf(wanted)).map(({ rev }) => rev)).toEqual([2])
  for (const other of [{ stream: 'outlet:out_2' }, { stream, kind: 'menu' }, { kind, id: 'another' }])
    expect(await recordsOf(other)).toEqual([])
  expect(await cursorOf(stream)).toEqual({ stream, seq: 2, isWhole: true })
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(server.connections()).toBe(1)
  expect(await readDisk(tab)).toEqual([])
  // A connection that is cut goes on from what this page knows.
  const { restartFeed } = await import('../../../../client/sync/feed.ts')
  restartFeed()
  await until(() => server.connections() === 2)
  expect(server.asked[1]).toContain(encodeURIComponent(`${stream}@2`))
  free()
  await until(async () => (await readDisk(tab))[0]?.rev === 2)
  looking.unsubscribe()
  stop()
  server.end()
})

test('an order whose answer finds no room is not said to be unsent', async () => {
  const { tab } = await openFeed()
  const args = { orderIds: [`ord_${'0'.repeat(26)}`] }
  await tab.outbox.enqueue('order.see', args)
  const free = failWith(new DOMException('The disk is full.', 'QuotaExceededError'))
  const remove = vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(() => {
    throw new DOMException('The disk is full.', 'QuotaExceededError')
  })
  const post = async () =>
    ({ kind: 'answer', answer: { ok: true, result: null, changes: [change] } }) as const
  const options = { lockName: 'send', renewSession: async () => false, post }
  expect(await tab.sender.sendNext(options)).toEqual({ kind: 'sent' })
  expect(await tab.outbox.readOutbox()).toEqual([])
  expect(await readItems(tab)).toHaveLength(1)
  free()
  remove.mockRestore()
  await tab.sender.sendNext(options)
  expect([await tab.db.database().outbox.count(), (await readDisk(tab)).length]).toEqual([0, 1])
})

test('what may not be read any more is not shown, whether or not it could be taken away', async () => {
  const { tab } = await openFeed()
  const whole = { movesCursor: true }
  await tab.store.storeChanges([change], whole)
  expect(await readItems(tab)).toHaveLength(1)
  const remove = vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(() => {
    throw new DOMException('The disk is full.', 'QuotaExceededError')
  })
  await expect(tab.store.forgetStream(outlet.stream)).rejects.toThrow()
  expect([await readItems(tab), await tab.read.cursorOf(outlet.stream)]).toEqual([[], undefined])
  remove.mockRestore()
  await tab.store.storeUnkept()
  expect(await readDisk(tab)).toEqual([])
})

test('a network that is gone is no trouble of the storage', async () => {
  const { start, storageTrouble } = await openFeed()
  const { connectionState } = await import('../../../../client/sync/connection.ts')
  const stop = start()
  await until(() => connectionState.value === 'offline')
  expect(storageTrouble.value).toBeNull()
  stop()
})

test('a tap that found no room tells it too, and the next that finds some takes it back', async () => {
  const { tab, storageTrouble } = await openFeed()
  const args = { orderIds: [`ord_${'0'.repeat(26)}`] }
  const free = failWith(new DOMException('The disk is full.', 'QuotaExceededError'))
  await expect(tab.outbox.enqueue('order.see', args)).rejects.toBeInstanceOf(tab.outbox.NotStoredError)
  expect(storageTrouble.value).toBe('full')
  free()
  await tab.outbox.enqueue('order.see', args)
  expect(storageTrouble.value).toBeNull()
})
