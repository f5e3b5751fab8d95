// Storage that does not answer when it is opened, as some browsers' at times, or only after the page went on without.
import 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLocks, neverRenew, openTab, takePhone, until, withLocks } from '../../../support/phone-tab.ts'

const outletId = 'out_00000000000000000000000001'
const PATIENCE_MS = 50
const args = { orderIds: [`ord_${'0'.repeat(26)}`] }

let locks: ReturnType<typeof createLocks>
beforeEach(() => {
  takePhone()
  locks = createLocks()
  withLocks(locks)
  vi.stubGlobal('document', Object.assign(new EventTarget(), { getElementById: () => null }))
})
afterEach(() => vi.restoreAllMocks())

/** From now on wishes to open are left unanswered, until `answer`. */
function silence() {
  const open = IDBFactory.prototype.open
  const left: (() => void)[] = []
  let isSilent = true
  vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(function (this: IDBFactory, ...asked) {
    if (!isSilent) return open.apply(this, asked)
    const stand: Record<string, unknown> = {}
    left.push(() => {
      const real = open.apply(this, asked)
      for (const type of ['onsuccess', 'onerror', 'onupgradeneeded', 'onblocked'] as const) {
        real[type] = (event: Event) => {
          for (const key of ['result', 'transaction'] as const)
            Object.defineProperty(stand, key, { configurable: true, get: () => real[key] })
          ;(stand[type] as ((event: Event) => void) | undefined)?.(event)
        }
      }
    })
    return stand as unknown as IDBOpenDBRequest
  })
  return () => {
    isSilent = false
    for (const answer of left) answer()
  }
}

const silentTab = async () => {
  const answer = silence()
  return { answer, tab: await openTab(PATIENCE_MS) }
}

/** A feed that never ends; answers what was asked of it. */
function serveFeed(): string[] {
  const asked: string[] = []
  vi.stubGlobal('fetch', async (path: string) => {
    if (!path.startsWith('/api/feed')) throw new TypeError('There is no network.')
    asked.push(decodeURIComponent(path))
    return new Response(new ReadableStream(), { headers: { 'content-type': 'text/event-stream' } })
  })
  return asked
}

test('a page follows what it reads beside another whose storage opened, and says why nothing is kept', async () => {
  const asked = serveFeed()
  // Another tab's, whose storage has opened: it follows for those that share it.
  void locks.request('meja-customer-feed', {}, () => new Promise(() => undefined))
  const { tab } = await silentTab()
  const { startSync } = await import('../../../../client/tables/customer-streams.ts')
  void tab.db.writeSetting('outletId', outletId).catch(() => undefined)
  void startSync()
  await until(() => asked.length > 0)
  expect(asked[0]).toContain(`outlet:${outletId}@0`)
  expect(tab.db.storageClosure.value).toBe('silent')
})

test('what could not be kept in time is never sent, when the storage opens later and another tab sends', async () => {
  const { answer, tab } = await silentTab()
  await expect(tab.outbox.enqueue('order.see', args)).rejects.toThrow(tab.outbox.NotStoredError)
  await expect(tab.outbox.enqueue('order.see', args)).rejects.toThrow(tab.outbox.NotStoredError)
  expect(await tab.outbox.readOutbox()).toEqual([])
  answer()
  await until(() => tab.db.storageClosure.value === null)
  expect(await tab.outbox.readOutbox()).toEqual([])
  const next = await openTab()
  const post = vi.fn()
  await next.sender.sendNext({ lockName: 'send', renewSession: neverRenew, post })
  expect(post).not.toHaveBeenCalled()
})

test('a page whose storage opens late goes on with what was kept before and what it has learnt', async () => {
  const before = await openTab()
  const codes = [{ token: 'old', outletId, table: null, scannedAtMs: 1 }]
  await before.db.writeSetting('codes', codes)
  await before.db.writeSetting('customerId', 'cus_0')
  const kept = await before.outbox.enqueue('order.see', args)
  const { answer, tab } = await silentTab()
  await import('../../../../client/tables/useSeat.ts')
  await tab.db.writeSetting('customerId', 'cus_1').catch(() => undefined)
  expect(await tab.outbox.readOutbox()).toEqual([])
  answer()
  await until(() => tab.db.storageClosure.value === null)
  await until(async () => (await tab.db.readSetting('customerId')) === 'cus_1')
  expect(await tab.db.readSetting('codes')).toEqual(codes)
  expect((await tab.outbox.readOutbox()).map(({ id }) => id)).toEqual([kept])
  const { storageTrouble } = await import('../../../../client/sync/connection.ts')
  await until(() => storageTrouble.value === null)
  await tab.outbox.enqueue('order.see', args)
  expect(await tab.outbox.readOutbox()).toHaveLength(2)
})

const FAR_MS = 24 * 3_600_000

test('a page whose storage opens late goes on with the phone’s own count of time, and asks about what is too old', async () => {
  const rightMs = Date.now()
  const clock = vi.spyOn(Date, 'now').mockReturnValue(rightMs + FAR_MS)
  const timeOf = () => import('../../../../client/sync/device-time.ts')
  const before = await openTab()
  const time = await timeOf()
  await time.restoreDeviceTime()
  time.correctDeviceTime(rightMs, true)
  // The clock of the day is put right; then an order is kept, and the page closed for 20 hours.
  clock.mockReturnValue(rightMs)
  await before.outbox.enqueue('order.see', args, 1_800_000)
  clock.mockReturnValue(rightMs + 20 * 3_600_000)
  const { answer, tab } = await silentTab()
  const later = await timeOf()
  await later.restoreDeviceTime()
  await until(() => tab.db.storageClosure.value === 'silent')
  answer()
  await until(() => tab.db.storageClosure.value === null)
  const post = vi.fn()
  await tab.sender.sendNext({ lockName: 'send', renewSession: neverRenew, post })
  expect(post).not.toHaveBeenCalled()
  expect((await tab.outbox.readOutbox()).map(({ state }) => state)).toEqual(['stale'])
})

test('a page whose storage does not answer takes no turn of sending for which others wait', async () => {
  serveFeed()
  const { tab } = await silentTab()
  const { startSync } = await import('../../../../client/tables/customer-streams.ts')
  void startSync()
  await until(() => tab.db.storageClosure.value === 'silent')
  let isFree = false
  void locks.request('meja-customer-sender', {}, async () => {
    isFree = true
  })
  await until(() => isFree)
})

const line = (itemId: string) => ({ itemId, item: null, choices: [], quantity: 1, note: '', shownUnitRp: 1 })

test('a cart that was kept before stands above what was chosen until the storage opened', async () => {
  const before = await openTab()
  const old = { lines: [{ ...line('old'), key: 'lin_0' }], note: 'pelan', revision: 9 }
  await before.db.writeSetting('cart', old)
  const { answer, tab } = await silentTab()
  const { createPinia, setActivePinia } = await import('pinia')
  setActivePinia(createPinia())
  const { useCart } = await import('../../../../client/ordering/cart/useCart.ts')
  const cart = useCart()
  const restoring = cart.restore()
  cart.add(line('new'))
  await restoring
  expect([cart.lines.map(({ itemId }) => itemId), cart.isUnsaved]).toEqual([['new'], true])
  answer()
  await until(() => cart.lines.length === 2 && !cart.isUnsaved)
  expect([cart.lines.map(({ itemId }) => itemId), cart.note]).toEqual([['old', 'new'], 'pelan'])
  expect(await tab.db.readSetting('cart')).toMatchObject({ lines: cart.lines, revision: 10 })
})
