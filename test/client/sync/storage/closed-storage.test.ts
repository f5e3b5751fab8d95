// Storage that never opens: cookies are blocked, or a private mode has none. The page holds what it is told itself.
import 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLocks, openTab, takePhone, until, withLocks } from '../../../support/phone-tab.ts'

const outletId = 'out_00000000000000000000000001'
const stream = `outlet:${outletId}`

beforeEach(() => {
  takePhone()
  withLocks(createLocks())
  vi.stubGlobal('document', Object.assign(new EventTarget(), { getElementById: () => null }))
  vi.spyOn(console, 'trace').mockImplementation(() => undefined)
})
// What stands in for the browser stays: an app that has started follows and sends until its page is gone.
afterEach(() => vi.restoreAllMocks())

function closeStorage() {
  return vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
    throw new DOMException('Access is denied.', 'SecurityError')
  })
}

const frame = (event: string, data: unknown) => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
const news = (seq: number) => {
  const id = `${outletId}.latte`
  const body = { id, itemId: 'latte', rev: seq, soldOut: { until: 'told', endsAtMs: null } }
  return frame('change', { stream, seq, kind: 'item_status', id, body })
}

/** A server whose feed beats, and says what it is told to. */
function serveFeed() {
  const asked: string[] = []
  let tell: (text: string) => void = () => undefined
  vi.stubGlobal('fetch', async (path: string, { signal }: RequestInit) => {
    if (!path.startsWith('/api/feed')) throw new TypeError('There is no network.')
    asked.push(decodeURIComponent(path))
    const body = new ReadableStream({
      start(controller) {
        signal?.addEventListener('abort', () => controller.error(new TypeError('cut')))
        tell = (text) => controller.enqueue(new TextEncoder().encode(text))
        tell(frame('beat', { nowMs: Date.now() }))
      },
    })
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  })
  return { asked, tell: (text: string) => tell(text) }
}

const seen = async (tab: Awaited<ReturnType<typeof openTab>>) =>
  (await tab.read.recordsOf({ stream })).map(({ rev }) => rev)

test('a page whose storage never opens follows what it reads, on one connection however much is said', async () => {
  const opening = closeStorage()
  const server = serveFeed()
  const tab = await openTab()
  const { storageTrouble } = await import('../../../../client/sync/connection.ts')
  const { startSync } = await import('../../../../client/tables/customer-streams.ts')
  await expect(tab.db.writeSetting('outletId', outletId)).rejects.toThrow()
  expect(await tab.db.readSetting('outletId')).toBe(outletId)
  await startSync()
  await until(() => server.asked.length > 0 && storageTrouble.value === 'broken')
  // The list of streams is followed too, and that begins one more.
  await new Promise((resolve) => setTimeout(resolve, 300))
  const connections = server.asked.length
  expect(connections).toBeLessThan(3)
  for (let seq = 1; seq <= 5; seq++) {
    server.tell(news(seq) + frame('caught_up', { stream, seq }) + frame('beat', { nowMs: Date.now() }))
    await until(async () => (await seen(tab)).at(-1) === seq)
    await new Promise((resolve) => setTimeout(resolve, 60))
  }
  expect(server.asked).toHaveLength(connections)
  // What another scan says is followed at once, from where this page had come.
  await tab.db.writeSetting('customerId', 'cus_1').catch(() => undefined)
  await until(() => server.asked.length === connections + 1)
  expect(server.asked.at(-1)).toContain(`${stream}@5`)
  expect(server.asked.at(-1)).toContain('customer:cus_1@0')
  for (let seq = 6; seq <= 9; seq++) {
    server.tell(news(seq))
    await until(async () => (await seen(tab)).at(-1) === seq)
    await new Promise((resolve) => setTimeout(resolve, 60))
  }
  expect(server.asked).toHaveLength(connections + 1)
  await expect(tab.outbox.enqueue('visit.join', { token: 'x' })).rejects.toThrow(tab.outbox.NotStoredError)
  expect(await tab.outbox.readOutbox()).toEqual([])
  opening.mockRestore()
})

test('a page whose storage is closed tells no other when it tries again, and asks none', async () => {
  const opening = closeStorage()
  const told: unknown[] = []
  const others = new BroadcastChannel('meja-customer-sender-tries')
  others.addEventListener('message', ({ data }: MessageEvent<unknown>) => told.push(data))
  serveFeed()
  await openTab()
  const { startSync } = await import('../../../../client/tables/customer-streams.ts')
  const { nextTryAtMs } = await import('../../../../client/sync/tries.ts')
  await startSync()
  await until(() => nextTryAtMs.value !== null)
  await new Promise((resolve) => setTimeout(resolve, 60))
  expect(told).toEqual([])
  others.close()
  opening.mockRestore()
})

test('a page whose storage has opened once never takes a failing read for an empty one', async () => {
  const tab = await openTab()
  await tab.db.writeSetting('outletId', outletId)
  const failing = vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(() => {
    throw new DOMException('The disk is broken.', 'UnknownError')
  })
  await expect(tab.db.readSetting('outletId')).rejects.toThrow()
  failing.mockRestore()
  expect(await tab.db.readSetting('outletId')).toBe(outletId)
})

test('a tab that may take no lock works without one', async () => {
  vi.stubGlobal('navigator', {
    onLine: true,
    locks: { request: () => Promise.reject(new DOMException('The request was denied.', 'SecurityError')) },
  })
  await openTab()
  const { lead } = await import('../../../../client/sync/leader.ts')
  const working: AbortSignal[] = []
  const stop = lead('feed', async (signal) => {
    working.push(signal)
  })
  await until(() => working.length === 1)
  expect(working[0]?.aborted).toBe(false)
  stop()
  expect(working[0]?.aborted).toBe(true)
})
