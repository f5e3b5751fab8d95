// One tab sends for all of a phone; the guest taps in another.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Attempt } from '../../../client/sync/api.ts'
import { createLocks, neverRenew, openTab, takePhone, until, withLocks } from '../../support/phone-tab.ts'

const MINUTE_MS = 60_000

beforeEach(() => {
  takePhone()
  withLocks(createLocks())
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

test('a tab that waits before its next try sends at once what another stores', async () => {
  const sent: string[] = []
  let answer: Attempt = { kind: 'later', waitMs: MINUTE_MS, isBroken: false }
  const post = async (_: string, id: string) => {
    sent.push(id)
    return answer
  }
  const sending = await openTab()
  const stop = sending.sender.startSender({ lockName: 'send', renewSession: neverRenew, post })
  const first = await sending.outbox.enqueue('order.see', { orderIds: [`ord_${'0'.repeat(26)}`] })
  await until(() => sent.length === 1)
  // The server had asked for a minute: without a word from the other tab nothing would be sent before.
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(sent).toEqual([first])
  answer = { kind: 'answer', answer: { ok: true, result: null, changes: [] } }
  const beside = await openTab()
  const second = await beside.outbox.enqueue('order.see', { orderIds: [`ord_${'1'.repeat(26)}`] })
  await until(() => sent.length === 3, 2000)
  expect(sent).toEqual([first, first, second])
  stop()
})
