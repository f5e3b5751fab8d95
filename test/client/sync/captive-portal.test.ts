// A café's or a hotel's Wi-Fi that answers every request itself: the board must not call itself connected.
import 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLocks, openTab, takePhone, until, withLocks } from '../../support/phone-tab.ts'

beforeEach(() => {
  takePhone()
  withLocks(createLocks())
  vi.spyOn(Math, 'random').mockReturnValue(0.001)
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

const beat = `event: beat\ndata: {"nowMs":${Date.now()}}\n\n`

/** A body that says this and then stays open. */
function open(text: string, type: string, status = 200): Response {
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode(text)),
  })
  return new Response(body, { status, headers: { 'content-type': type } })
}

async function follow(answer: () => Response) {
  await openTab()
  const { connectionState } = await import('../../../client/sync/connection.ts')
  const { startFeed } = await import('../../../client/sync/feed.ts')
  const { watch } = await import('vue')
  const seen: string[] = []
  watch(connectionState, (state) => seen.push(state), { flush: 'sync' })
  const asked: RequestInit[] = []
  vi.stubGlobal('fetch', async (_path: string, init: RequestInit) => {
    asked.push(init)
    return answer()
  })
  const stop = startFeed({ lockName: 'feed', streams: async () => ['desk:out_00000000000000000000000001'] })
  return { seen, asked, stop }
}

for (const [name, answer] of [
  [
    'a login page',
    () => new Response('<html>Wi-Fi</html>', { headers: { 'content-type': 'text/html; charset=utf-8' } }),
  ],
  ['a login page that never ends', () => open('<html>Wi-Fi', 'text/html')],
  ['a login page with what looks like an event', () => open(beat, 'text/html')],
  ['an empty feed', () => new Response('', { headers: { 'content-type': 'text/event-stream' } })],
  ['an answer that names no type', () => open(beat, '')],
  ['a failure that speaks like the feed', () => open(beat, 'text/event-stream', 502)],
] as const) {
  test(`${name}: the feed is not live, and says so each time`, async () => {
    const { seen, asked, stop } = await follow(answer)
    await until(() => asked.length >= 3)
    stop()
    expect(seen).toContain('offline')
    expect(seen).not.toContain('live')
    // Nor is a redirect to a login page followed.
    expect(new Set(asked.map(({ redirect }) => redirect))).toEqual(new Set(['error']))
  })
}

test('a feed that has said nothing yet is not live; with its first beat it is', async () => {
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null
  const body = new ReadableStream<Uint8Array>({
    start: (opened) => {
      controller = opened
    },
  })
  const headers = { 'content-type': 'text/event-stream; charset=utf-8' }
  const { seen, asked, stop } = await follow(() => new Response(body, { headers }))
  await until(() => asked.length === 1)
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect(seen).not.toContain('live')
  ;(controller as ReadableStreamDefaultController<Uint8Array> | null)?.enqueue(new TextEncoder().encode(beat))
  await until(() => seen.includes('live'))
  stop()
})
