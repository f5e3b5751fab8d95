import { afterEach, beforeEach, expect, test, vi } from 'vitest'

vi.mock('workbox-precaching', () => ({
  cleanupOutdatedCaches: () => undefined,
  getCacheKeyForURL: () => undefined,
  matchPrecache: async () => new Response('the shell'),
  precache: () => undefined,
}))

const ORIGIN = 'https://meja.example'
const listeners = new Map<string, (event: unknown) => void>()

beforeEach(async () => {
  vi.stubGlobal('self', {
    location: { origin: ORIGIN },
    __WB_MANIFEST: [],
    addEventListener: (type: string, listener: (event: unknown) => void) => listeners.set(type, listener),
  })
  vi.resetModules()
  // By its address: a worker's types and a page's exclude each other.
  await import(/* @vite-ignore */ new URL('../../../client/sw/customer.ts', import.meta.url).pathname)
})
afterEach(() => vi.unstubAllGlobals())

/** Whether the customer's worker answers when somebody opens the address. */
function answers(path: string): boolean {
  const respondWith = vi.fn()
  const request = { url: `${ORIGIN}${path}`, method: 'GET', mode: 'navigate' }
  listeners.get('fetch')?.({ request, respondWith })
  return respondWith.mock.calls.length > 0
}

test.each([
  ['/', true],
  ['/orders', true],
  ['/t/0123456789abcdef', true],
  ['/staffroom', true],
  ['/staff', false],
  ['/staff?from=note', false],
  ['/staff/', false],
  ['/staff/board', false],
  ['/api/desk', false],
  ['/healthz', false],
])('the customer’s worker and %s: its own is %s', (path, isOwn) => {
  expect(answers(path)).toBe(isOwn)
})
