// A phone that is all but full: it can still mark what it sends, and not keep the records that an answer brings.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Attempt } from '../../../../client/sync/api.ts'
import { createLocks, neverRenew, openTab, takePhone, withLocks } from '../../../support/phone-tab.ts'

const args = { orderIds: [`ord_${'0'.repeat(26)}`] }
const yes: Attempt = { kind: 'answer', answer: { ok: true, result: null, changes: [] } }

beforeEach(() => {
  takePhone()
  withLocks(createLocks())
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

test('an order that was answered and could not be put away lets the one behind it go first', async () => {
  const tab = await openTab()
  const sent: string[] = []
  const post = async (_name: string, id: string) => {
    sent.push(id)
    return yes
  }
  const options = { lockName: 'send', renewSession: neverRenew, post }
  const first = await tab.outbox.enqueue('order.see', args)
  const second = await tab.outbox.enqueue('order.see', args)
  const full = vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementation(() => {
    throw new DOMException('The disk is full.', 'QuotaExceededError')
  })
  for (const id of [first, second]) {
    expect(await tab.sender.sendNext(options)).toEqual({ kind: 'sent' })
    expect(sent.at(-1)).toBe(id)
  }
  // The marks stood in their rows: this was not the way of a phone that can write nothing.
  expect((await tab.db.database().outbox.toArray()).map(({ attempts }) => attempts > 0)).toEqual([true, true])

  const third = await tab.outbox.enqueue('order.see', args)
  await tab.sender.sendNext(options)
  expect(sent).toEqual([first, second, third])

  full.mockRestore()
  for (let turn = 0; turn < 3; turn++) await tab.sender.sendNext(options)
  expect(await tab.db.database().outbox.count()).toBe(0)
})
