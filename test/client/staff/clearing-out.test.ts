// Before `document` is a stand-in: Vue looks for a real one once.
import 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openTab, takePhone, withLocks } from '../../support/phone-tab.ts'

const DAY_MS = 86_400_000

beforeEach(() => {
  takePhone()
  withLocks(undefined)
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

async function board() {
  const { db } = await openTab()
  const { clearOut } = await import('../../../client/staff/forget-old-records.ts')
  const { learnServerTime } = await import('../../../client/sync/server-clock.ts')
  const { storageTrouble } = await import('../../../client/sync/connection.ts')
  const { records } = db.database()
  const body = { id: 'cal_1', rev: 1, doneAtMs: Date.now() }
  await records.put({ stream: 'desk:out_1', kind: 'call', id: 'cal_1', rev: 1, body })
  return { clearOut, learnServerTime, storageTrouble, count: () => records.count() }
}

test('a board whose clock runs days ahead forgets nothing of today, before and after it hears the time', async () => {
  const { clearOut, learnServerTime, count } = await board()
  const nowMs = Date.now()
  vi.spyOn(Date, 'now').mockReturnValue(nowMs + 3 * DAY_MS)
  await clearOut()
  expect(await count()).toBe(1)
  learnServerTime(nowMs)
  await clearOut()
  expect(await count()).toBe(1)
  learnServerTime(nowMs + 3 * DAY_MS)
  await clearOut()
  expect(await count()).toBe(0)
})

test('a storage that fails while it is cleared is said, and breaks nothing', async () => {
  const { clearOut, learnServerTime, storageTrouble, count } = await board()
  learnServerTime(Date.now() + 3 * DAY_MS)
  const failing = vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(() => {
    throw new DOMException('Something else.', 'UnknownError')
  })
  await clearOut()
  expect(storageTrouble.value).toBe('broken')
  failing.mockRestore()
  expect(await count()).toBe(1)
})
