// Loaded before `document` is a stand-in: it looks for a real one once.
import 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Change } from '#shared/protocol.ts'
import { createLocks, openTab, type Tab, takePhone, until, withLocks } from '../../support/phone-tab.ts'

const stream = 'desk:out_00000000000000000000000001'

const callId = (number: number) => `cal_${String(number).padStart(26, '0')}`

function change(number: number, seq: number, rev = 1, more: object = {}): Change {
  const body = {
    id: callId(number),
    rev,
    outletId: 'out_00000000000000000000000001',
    tableId: 'tbl_00000000000000000000000001',
    tableLabel: 'A1',
    visitId: null,
    kind: 'water',
    note: '',
    state: 'open',
    placedAtMs: 1_790_000_000_000,
    takenAtMs: null,
    takenBy: null,
    doneAtMs: null,
    isPresent: true,
    ...more,
  }
  return { stream, seq, kind: 'call', id: body.id, body }
}

/** The feed's server: each connection is written by hand, and ended by hand. */
function openServer() {
  const urls: string[] = []
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null
  vi.stubGlobal('fetch', async (url: string, { signal }: RequestInit) => {
    urls.push(decodeURIComponent(url))
    const body = new ReadableStream<Uint8Array>({
      start(opened) {
        controller = opened
        signal?.addEventListener('abort', () => opened.error(signal.reason))
      },
    })
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  })
  return {
    urls,
    say(type: string, data: object) {
      controller?.enqueue(new TextEncoder().encode(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`))
    },
    cut: () => controller?.error(new TypeError('cut')),
  }
}

beforeEach(() => {
  takePhone()
  withLocks(createLocks())
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

async function follow() {
  const feed = await import('../../../client/sync/feed.ts')
  return feed.startFeed({ lockName: 'feed', streams: async () => [stream] })
}

async function held(tab: Tab): Promise<string[]> {
  const rows = await tab.db.database().records.where('stream').equals(stream).toArray()
  return rows.map((row) => `${Number(row.id.slice(4))} rev ${row.rev}`).sort()
}

const cursor = (tab: Tab) => tab.db.database().cursors.get(stream)

async function boardWith(...changes: readonly Change[]): Promise<Tab> {
  const tab = await openTab()
  await tab.store.storeChanges(changes, { movesCursor: true })
  await tab.store.markWhole(stream, changes.length)
  return tab
}

test('a stream that is read anew stays on the screen until it is whole, then what is gone goes at once', async () => {
  const tab = await boardWith(change(1, 1), change(2, 2), change(3, 3, 7))
  const server = openServer()
  const stop = await follow()
  await until(() => server.urls.length === 1)
  expect(server.urls[0]).toContain(`${stream}@3`)
  server.say('resync', { stream })
  server.say('change', change(1, 1))
  await until(async () => (await cursor(tab))?.seq === 1)
  expect(await held(tab)).toEqual(['1 rev 1', '2 rev 1', '3 rev 7'])
  expect((await cursor(tab))?.isWhole).toBe(false)
  // Restored from yesterday: the older state is the truth now.
  server.say('change', change(3, 2, 5))
  server.say('change', change(4, 3))
  server.say('caught_up', { stream, seq: 3 })
  await until(async () => (await cursor(tab))?.isWhole === true)
  expect(await held(tab)).toEqual(['1 rev 1', '3 rev 5', '4 rev 1'])
  stop()
})

test('the signal drops while a stream is read anew: nothing goes blank, and it begins again from the start', async () => {
  const tab = await boardWith(change(1, 1), change(2, 2))
  vi.spyOn(Math, 'random').mockReturnValue(0)
  const server = openServer()
  const stop = await follow()
  await until(() => server.urls.length === 1)
  server.say('resync', { stream })
  server.say('change', change(1, 5))
  await until(async () => (await cursor(tab))?.seq === 5)
  server.cut()
  await until(() => server.urls.length === 2)
  expect(server.urls[1]).toContain(`${stream}@0`)
  expect(await held(tab)).toEqual(['1 rev 1', '2 rev 1'])
  // Named before the cut only: it must be named again to stay.
  server.say('change', change(2, 6))
  server.say('caught_up', { stream, seq: 6 })
  await until(async () => (await cursor(tab))?.isWhole === true)
  expect(await held(tab)).toEqual(['2 rev 1'])
  server.cut()
  await until(() => server.urls.length === 3)
  expect(server.urls[2]).toContain(`${stream}@6`)
  stop()
})

test('an answer that is stored while a stream is read anew stays', async () => {
  const tab = await boardWith(change(1, 1))
  const server = openServer()
  const stop = await follow()
  await until(() => server.urls.length === 1)
  server.say('resync', { stream })
  await until(async () => (await cursor(tab))?.isWhole === false)
  await tab.store.storeChanges([change(9, 8)], { movesCursor: false })
  server.say('change', change(1, 1))
  server.say('caught_up', { stream, seq: 1 })
  await until(async () => (await cursor(tab))?.isWhole === true)
  expect(await held(tab)).toEqual(['1 rev 1', '9 rev 1'])
  stop()
})

test('a newer server’s new fields do not blind a board that is open', async () => {
  const tab = await boardWith(change(1, 1))
  const { storeChanges } = tab.store
  await storeChanges([change(1, 2, 2, { urgency: { level: 3 }, spokenBy: null })], { movesCursor: true })
  expect(await held(tab)).toEqual(['1 rev 2'])
  expect((await tab.db.database().records.toArray())[0]?.body).toMatchObject({ urgency: { level: 3 } })
})

test('new fields deep inside a record are no hindrance, a wrong one beside them is', async () => {
  await openTab()
  const { isUnderstood } = await import('../../../client/sync/understanding.ts')
  const { sampleOrder } = await import('../board/sample-orders.ts')
  const order = sampleOrder(1)
  const lines = order.lines.map((line) => ({ ...line, size: 'L', milk: 'oat' }))
  const said = (body: object): Change => ({ stream, seq: 1, kind: 'order', id: order.id, body })
  expect(isUnderstood(said(order))).toBe(true)
  expect(isUnderstood(said({ ...order, lines, quote: { ...order.quote, tipRp: 1 } }))).toBe(true)
  expect(isUnderstood(said({ ...order, lines, status: 'steaming' }))).toBe(false)
  expect(isUnderstood(said({ ...order, lines, note: undefined }))).toBe(false)
})

test('what a build does not understand leaves what was there, and is read anew when the app starts again', async () => {
  const old = await boardWith(change(1, 1))
  await old.store.storeChanges([change(1, 2, 2, { state: 'sung' }), change(2, 3)], { movesCursor: true })
  expect(await held(old)).toEqual(['1 rev 1', '2 rev 1'])
  expect((await cursor(old))?.seq).toBe(3)
  const next = await openTab()
  const server = openServer()
  const stop = await follow()
  await until(() => server.urls.length === 1)
  expect(server.urls[0]).toContain(`${stream}@0`)
  expect(await held(next)).toEqual(['1 rev 1', '2 rev 1'])
  server.say('change', change(1, 2, 2, { state: 'taken' }))
  server.say('change', change(2, 3))
  server.say('caught_up', { stream, seq: 3 })
  await until(async () => (await cursor(next))?.isWhole === true)
  expect(await held(next)).toEqual(['1 rev 2', '2 rev 1'])
  stop()
  const later = await openTab()
  const again = openServer()
  const stopAgain = await follow()
  await until(() => again.urls.length === 1)
  expect(again.urls[0]).toContain(`${stream}@3`)
  expect(await held(later)).toEqual(['1 rev 2', '2 rev 1'])
  stopAgain()
})
