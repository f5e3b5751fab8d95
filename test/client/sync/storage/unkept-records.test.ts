// Beside the storage stands what found no room in it: which of both is shown, and what goes when.
import 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Change } from '#shared/protocol.ts'
import { openTab, type Tab, takePhone, until, withLocks } from '../../../support/phone-tab.ts'

const own = 'customer:cus_00000000000000000000000001'
const visit = 'visit:vis_00000000000000000000000001'
const moving = { movesCursor: true }

beforeEach(() => {
  takePhone()
  withLocks(undefined)
  vi.stubGlobal('document', Object.assign(new EventTarget(), { getElementById: () => null }))
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

function change(stream: string, seq: number, item: string, rev = 1): Change {
  const id = `out_1.${item}`
  return { stream, seq, kind: 'item_status', id, body: { id, itemId: item, rev, soldOut: null } }
}

/** Storage that takes nothing more; answers how to give it room. */
function fill(...names: readonly ('put' | 'delete')[]): () => void {
  const spies = names.map((name) =>
    vi.spyOn(IDBObjectStore.prototype, name).mockImplementation(() => {
      throw new DOMException('The disk is full.', 'QuotaExceededError')
    }),
  )
  return () => {
    for (const spy of spies) spy.mockRestore()
  }
}

const shown = async (tab: Tab) =>
  (await tab.read.recordsOf({ kind: 'item_status' })).map(({ stream, id, rev }) => `${stream} ${id} ${rev}`)
const line = (stream: string, item: string, rev = 1) => `${stream} out_1.${item} ${rev}`
const disk = async (tab: Tab) =>
  (await tab.db.database().records.toArray()).map(({ stream, id, rev }) => `${stream} ${id} ${rev}`)
const memory = () => import('../../../../client/sync/unkept-records.ts')

async function storeWithoutRoom(tab: Tab, ...changes: readonly Change[]): Promise<void> {
  const free = fill('put')
  await expect(tab.store.storeChanges(changes, moving)).rejects.toThrow()
  free()
}

test('a healthy device forgets a stream, and knows nothing of trouble', async () => {
  const tab = await openTab()
  for (let seq = 1; seq <= 5; seq++) {
    await tab.store.storeChanges([change(visit, seq, 'a'), change(own, seq, 'b')], moving)
    await Promise.all([
      tab.store.forgetStream(visit),
      tab.store.storeChanges([change(own, seq + 10, 'c')], moving),
    ])
    expect(await disk(tab)).toEqual([line(own, 'b'), line(own, 'c')])
    expect(await tab.read.heldStreams()).toEqual([own])
    expect((await memory()).hasUnkept()).toBe(false)
  }
})

test('a full phone hides a visit that has closed, whatever else waits for room', async () => {
  const tab = await openTab()
  const { followOnly } = await import('../../../../client/tables/customer-streams.ts')
  await tab.store.storeChanges([change(visit, 1, 'friend')], moving)
  const free = fill('put', 'delete')
  await expect(tab.store.storeChanges([change(own, 1, 'own')], moving)).rejects.toThrow()
  expect(await followOnly([own])).toBe(false)
  expect([await shown(tab), await tab.read.heldStreams()]).toEqual([[line(own, 'own')], [own]])
  expect(await disk(tab)).toEqual([line(visit, 'friend')])
  free()
  expect(await followOnly([own])).toBe(true)
  expect([await shown(tab), await disk(tab)]).toEqual([[line(own, 'own')], [line(own, 'own')]])
})

test('one visit that cannot be taken away does not keep another readable', async () => {
  const tab = await openTab()
  const { followOnly } = await import('../../../../client/tables/customer-streams.ts')
  const other = 'visit:vis_00000000000000000000000002'
  await tab.store.storeChanges([change(visit, 1, 'a'), change(other, 1, 'b')], moving)
  const free = fill('delete')
  expect(await followOnly([own])).toBe(false)
  expect(await shown(tab)).toEqual([])
  free()
})

test('what waits of a stream does not come back when that is forgotten just before there is room', async () => {
  const tab = await openTab()
  await storeWithoutRoom(tab, change(visit, 1, 'friend'))
  await Promise.all([tab.store.forgetStream(visit), tab.store.storeChanges([change(own, 1, 'own')], moving)])
  expect([await shown(tab), await disk(tab)]).toEqual([[line(own, 'own')], [line(own, 'own')]])
  expect(await tab.read.heldStreams()).toEqual([own])
})

test('nor when the storing waits for its turn behind the forgetting', async () => {
  const tab = await openTab()
  const db = tab.db.database()
  await storeWithoutRoom(tab, change(visit, 1, 'friend'))
  // Somebody else has the tables while both are asked for, the storing first.
  const other = db.transaction('rw', db.records, db.cursors, async () => {
    for (let turn = 0; turn < 20; turn++) await db.cursors.count()
  })
  const storing = tab.store.storeChanges([change(own, 1, 'own')], moving)
  const forgetting = tab.store.forgetStream(visit)
  await Promise.all([other, storing, forgetting])
  expect([await shown(tab), await disk(tab)]).toEqual([[line(own, 'own')], [line(own, 'own')]])
})

test('of the stored and the unkept the newer is shown, in the order of the keys', async () => {
  const tab = await openTab()
  await tab.store.storeChanges([change(own, 5, 'b', 5), change(own, 6, 'c')], moving)
  const { keepInMemory } = await memory()
  const held = (item: string, rev: number) => ({ ...change(own, 1, item), rev })
  keepInMemory([held('b', 4), held('c', 2), held('a', 1)], [])
  expect(await shown(tab)).toEqual([line(own, 'a'), line(own, 'b', 5), line(own, 'c', 2)])
})

test('a stream was followed as far as storage and page together know, and is whole when either says so', async () => {
  const tab = await openTab()
  await tab.store.storeChanges([change(own, 3, 'a')], moving)
  await tab.store.markWhole(own, 3)
  await storeWithoutRoom(tab, change(own, 7, 'a', 2))
  await storeWithoutRoom(tab, change(own, 5, 'b'))
  expect(await tab.read.cursorOf(own)).toEqual({ stream: own, seq: 7, isWhole: true })
  await tab.store.storeUnkept()
  expect(await tab.db.database().cursors.get(own)).toEqual({ stream: own, seq: 7, isWhole: true })
})

test('what comes while the earlier is being stored goes on waiting', async () => {
  const tab = await openTab()
  await storeWithoutRoom(tab, change(own, 1, 'a'))
  const { keepInMemory, forgetKept, unkept } = await memory()
  const before = unkept()
  keepInMemory([{ ...change(own, 2, 'a'), rev: 2 }], [{ stream: own, seq: 2, isWhole: false }])
  forgetKept(before)
  expect([await shown(tab), (await tab.read.cursorOf(own))?.seq]).toEqual([[line(own, 'a', 2)], 2])
})

test('a stream to be read anew, where that finds no room, is shown as it comes and begun from its beginning', async () => {
  const tab = await openTab()
  await tab.store.storeChanges([change(own, 4, 'old')], moving)
  const free = fill('put')
  await expect(tab.store.startAnew(own)).rejects.toThrow()
  expect([await shown(tab), await tab.read.cursorOf(own)]).toEqual([[], undefined])
  await expect(tab.store.storeChanges([change(own, 1, 'new')], moving)).rejects.toThrow()
  expect(await shown(tab)).toEqual([line(own, 'new')])
  free()
  await tab.store.storeUnkept()
  expect([await shown(tab), await disk(tab)]).toEqual([[line(own, 'new')], [line(own, 'new')]])
})

test('a stream that is read anew is asked for from its beginning, however far this page alone had followed it', async () => {
  const tab = await openTab()
  await storeWithoutRoom(tab, change(own, 9, 'a'))
  await tab.store.startAnew(own)
  expect(await tab.read.cursorOf(own)).toEqual({ stream: own, seq: 0, isWhole: false })
})

test('two thousand records without room are drawn once, and read as fast as others', async () => {
  const tab = await openTab()
  const { liveQuery } = await import('dexie')
  const { keepInMemory } = await memory()
  const rows = Array.from({ length: 2000 }, (_, index) => ({ ...change(own, 1, `i${index}`), rev: 1 }))
  // Dexie is one for all tests: what the test before changed last is drawn before this one counts.
  await new Promise((resolve) => setTimeout(resolve, 50))
  let drawn = 0
  let last = 0
  const looking = liveQuery(() => shown(tab)).subscribe((lines) => {
    drawn++
    last = lines.length
  })
  await until(() => drawn === 1)
  for (const row of rows) keepInMemory([row], [])
  await until(() => last === 2000)
  expect(drawn).toBe(2)
  looking.unsubscribe()
})

test('a stream forgotten with nothing else under way is hidden no longer, and is shown when it comes again', async () => {
  const tab = await openTab()
  await tab.store.storeChanges([change(visit, 1, 'a')], moving)
  await tab.store.forgetStream(visit)
  expect((await memory()).hasUnkept()).toBe(false)
  // By another tab, whose storing this one does not see.
  await tab.db.database().records.put({ ...change(visit, 2, 'b'), rev: 1 })
  expect(await shown(tab)).toEqual([line(visit, 'b')])
})

test('a stream that was hidden twice stays so until the later wish is done', async () => {
  await openTab()
  const { voidInMemory, forgetKept, isVoided } = await memory()
  const [first, second] = [voidInMemory(visit), voidInMemory(visit)]
  forgetKept(first)
  expect(isVoided(visit)).toBe(true)
  forgetKept(second)
  expect(isVoided(visit)).toBe(false)
})

test('of what waits for room only that goes which is over, and nothing newer than it', async () => {
  const tab = await openTab()
  const { keepInMemory, dropFromMemory } = await memory()
  const held = (item: string, rev: number) => ({ ...change(own, 1, item), rev })
  keepInMemory([held('a', 2), held('b', 1), held('c', 3)], [])
  dropFromMemory([held('a', 1), held('c', 3)])
  expect(await shown(tab)).toEqual([line(own, 'a', 2), line(own, 'b')])
})
