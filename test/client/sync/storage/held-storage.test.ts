// Another page that holds the storage: what is to be written waits for it, and no guest waits without end.
import 'vue'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { neverRenew, openTab, type Tab, takePhone, until } from '../../../support/phone-tab.ts'

const args = { orderIds: [`ord_${'0'.repeat(26)}`] }
/** Longer than any guest is to look at "being processed". */
const LONG_MS = 15_000

beforeEach(() => void takePhone())
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** Another page's transaction, which does not end until the function that this answers is called. */
async function hold(tab: Tab, stores = ['outbox', 'settings']): Promise<() => Promise<void>> {
  const opening = indexedDB.open(tab.db.database().name)
  await until(() => opening.readyState === 'done')
  const transaction = opening.result.transaction(stores, 'readwrite')
  const ended = new Promise<void>((resolve) => transaction.addEventListener('complete', () => resolve()))
  let isHeld = true
  const goOn = () => {
    if (isHeld) transaction.objectStore('settings').get('none').onsuccess = goOn
  }
  goOn()
  return () => {
    isHeld = false
    return ended
  }
}

const ALL = ['settings', 'outbox', 'records', 'cursors']
const latte = { itemId: 'latte', item: null, choices: [], quantity: 1, note: '', shownUnitRp: 1 }
const wish = { token: 'A1', shownTotalRp: 1 }

/** A page that another, which holds all of the storage, kept out from its beginning. */
async function openHeld(patienceMs?: number) {
  const before = await openTab()
  const kept = await before.outbox.enqueue('order.see', args)
  const letGo = await hold(before, ALL)
  return { kept, letGo, tab: await openTab(patienceMs) }
}

async function cartOf() {
  setActivePinia(createPinia())
  const { useCart } = await import('../../../../client/ordering/cart/useCart.ts')
  return useCart()
}

const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/** What became of it when so long has passed as no guest should wait. */
async function outcomeOf(storing: Promise<unknown>): Promise<unknown> {
  let outcome: unknown = 'waits'
  storing.then(
    (value) => {
      outcome = value
    },
    (error: unknown) => {
      outcome = error
    },
  )
  await turns(50)
  expect(outcome).toBe('waits')
  vi.advanceTimersByTime(LONG_MS)
  await turns(50)
  return outcome
}

const onlyTimeouts = () => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })

const restoreTime = async () => (await import('../../../../client/sync/device-time.ts')).restoreDeviceTime()

async function heldTab(read: () => unknown = restoreTime) {
  const tab = await openTab()
  await tab.db.readSetting('none')
  await read()
  const letGo = await hold(tab)
  onlyTimeouts()
  return { tab, letGo }
}

test.each([
  ['early', () => undefined],
  ['once it has read', restoreTime],
])(
  'what another page does not let in is given up, and neither kept nor sent when it lets go: %s',
  async (_, read) => {
    const { tab, letGo } = await heldTab(read)
    const outcome = await outcomeOf(tab.outbox.enqueue('order.see', args))
    expect(outcome).toBeInstanceOf(tab.outbox.NotStoredError)
    vi.useRealTimers()
    await letGo()
    expect(await tab.outbox.readOutbox()).toEqual([])
    const post = vi.fn()
    await tab.sender.sendNext({ lockName: 'send', renewSession: neverRenew, post })
    expect(post).not.toHaveBeenCalled()
    await tab.outbox.enqueue('order.see', args)
    expect(await tab.outbox.readOutbox()).toHaveLength(1)
  },
)

test('an order that another page does not let in is not sent, and its cart stays and can be sent again', async () => {
  const { tab, letGo } = await heldTab()
  const cart = await cartOf()
  cart.add(latte)
  expect(await outcomeOf(cart.place(wish))).toEqual({ ok: false, why: 'not_stored' })
  expect([cart.count, cart.isPlacing]).toEqual([1, false])
  vi.useRealTimers()
  await letGo()
  expect(await tab.outbox.readOutbox()).toEqual([])
  expect(await cart.place(wish)).toMatchObject({ ok: true })
  expect(cart.count).toBe(0)
  await until(async () => (await tab.outbox.readOutbox()).length === 1)
})

test('what is being committed is not called lost, however long that takes: its own end decides', async () => {
  const { tab, letGo } = await heldTab()
  // As browsers answer from the moment at which they commit.
  vi.spyOn(IDBTransaction.prototype, 'abort').mockImplementation(() => {
    throw new DOMException('The transaction is finishing.', 'InvalidStateError')
  })
  const storing = tab.outbox.enqueue('order.see', args)
  expect(await outcomeOf(storing)).toBe('waits')
  vi.useRealTimers()
  await letGo()
  const id = await storing
  expect((await tab.outbox.readOutbox()).map((row) => row.id)).toEqual([id])
})

test('storage that another page holds from the beginning counts as one that does not open, until it is let go', async () => {
  const { kept, letGo, tab } = await openHeld(50)
  const storing = tab.outbox.enqueue('order.see', args)
  const reading = tab.read.recordsOf({ kind: 'menu' })
  expect(await tab.db.opensInTime()).toBe(false)
  expect(tab.db.storageClosure.value).toBe('silent')
  await expect(storing).rejects.toThrow(tab.outbox.NotStoredError)
  expect([await reading, await tab.outbox.readOutbox()]).toEqual([[], []])
  await letGo()
  await until(() => tab.db.storageClosure.value === null)
  expect((await tab.outbox.readOutbox()).map(({ id }) => id)).toEqual([kept])
  await tab.outbox.enqueue('order.see', args)
  expect(await tab.outbox.readOutbox()).toHaveLength(2)
})

/** A latte is ordered while another page holds the storage, which then lets go. */
async function placeWhileHeld() {
  const { letGo, tab } = await openHeld()
  const cart = await cartOf()
  void cart.restore()
  cart.add(latte)
  const placing = cart.place(wish)
  await turns(20)
  await letGo()
  return { tab, cart, placing }
}

test('an order that was sent before the storage answered goes once it does, and once only', async () => {
  const { tab, cart, placing } = await placeWhileHeld()
  expect(await placing).toMatchObject({ ok: true })
  await until(() => cart.count === 0)
  const names = (await tab.outbox.readOutbox()).map(({ name }) => name)
  expect(names).toEqual(['order.see', 'order.place'])
  expect(await tab.db.readSetting('cart')).toMatchObject({ lines: [] })
})

test('an order to which the storage adds what an earlier page left is looked at before it goes', async () => {
  const before = await openTab()
  const old = { lines: [{ ...latte, itemId: 'old', key: 'lin_0' }], note: '', revision: 9 }
  await before.db.writeSetting('cart', old)
  const { tab, cart, placing } = await placeWhileHeld()
  expect(await placing).toEqual({ ok: false, why: 'elsewhere' })
  expect(cart.lines.map(({ itemId }) => itemId)).toEqual(['old', 'latte'])
  expect(await tab.outbox.readOutbox()).toHaveLength(1)
  expect(await cart.place(wish)).toMatchObject({ ok: true })
})
