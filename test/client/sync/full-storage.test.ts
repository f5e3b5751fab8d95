// Loaded before `document` is a stand-in: it looks for a real one once.
import 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openTab, takePhone, until, withLocks } from '../../support/phone-tab.ts'

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

/** A server whose feed says one record and then stays silent. */
function serveFeed() {
  let connections = 0
  vi.stubGlobal('fetch', async () => {
    connections++
    const text =
      frame('beat', { nowMs: Date.now() }) +
      frame('change', change) +
      frame('caught_up', { stream: outlet.stream, seq: 1 })
    return new Response(
      new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode(text)) }),
    )
  })
  return { connections: () => connections }
}

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
  const { startFeed } = await import('../../../client/sync/feed.ts')
  const { storageTrouble } = await import('../../../client/sync/connection.ts')
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
    expect(await tab.db.database().records.count()).toBe(1)
    stop()
  })
}

test('a network that is gone is no trouble of the storage', async () => {
  const { start, storageTrouble } = await openFeed()
  const { connectionState } = await import('../../../client/sync/connection.ts')
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
