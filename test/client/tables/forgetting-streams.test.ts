// Before `document` is a stand-in, which Vue looks into as it loads.
import 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLocks, openTab, takePhone, until, withLocks } from '../../support/phone-tab.ts'

beforeEach(() => {
  takePhone()
  withLocks(createLocks())
  vi.stubGlobal('document', Object.assign(new EventTarget(), { getElementById: () => null }))
})
// What stands in for the browser stays: an app that has started follows and sends until its page is gone.
afterEach(() => vi.restoreAllMocks())

test('a phone that cannot forget a past visit follows its new one all the same, and says what is wrong', async () => {
  const connections: string[] = []
  vi.stubGlobal('fetch', (path: string, { signal }: RequestInit) => {
    if (!path.startsWith('/api/feed')) return Promise.reject(new TypeError('There is no network.'))
    connections.push(decodeURIComponent(path))
    return new Promise((_, reject) =>
      signal?.addEventListener('abort', () => reject(new DOMException('Cut.', 'AbortError'))),
    )
  })
  const tab = await openTab()
  const { storageTrouble } = await import('../../../client/sync/connection.ts')
  const { followOnly } = await import('../../../client/tables/customer-streams.ts')
  const { startFeed } = await import('../../../client/sync/feed.ts')
  await tab.db.database().cursors.put({ stream: 'visit:vis_past', seq: 3, isWhole: true })
  let wanted = ['visit:vis_past']
  const stop = startFeed({ lockName: 'feed', streams: async () => wanted })
  await until(() => connections.length === 1)
  const failing = vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(() => {
    throw new DOMException('The disk is full.', 'QuotaExceededError')
  })
  wanted = ['visit:vis_new']
  expect(await followOnly(wanted)).toBe(false)
  await until(() => connections.length === 2)
  expect(connections[1]).toContain('visit:vis_new@0')
  expect(storageTrouble.value).toBe('full')
  failing.mockRestore()
  expect(await followOnly(wanted)).toBe(true)
  expect(await tab.db.database().cursors.count()).toBe(0)
  stop()
})
