import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Attempt } from '../../../client/sync/api.ts'
import { createLocks, neverRenew, openTab, takePhone, until, withLocks } from '../../support/phone-tab.ts'

beforeEach(() => {
  takePhone()
  withLocks(createLocks())
  // The longest wait that there may be, so that a wait that was not cut short is seen.
  vi.spyOn(Math, 'random').mockReturnValue(0.999)
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const unreachable: Attempt = { kind: 'unreachable' }
const yes: Attempt = { kind: 'answer', answer: { ok: true, result: null, changes: [] } }

/** A page in an outage that has tried eight times to send a move, and so waits as long as it ever does. */
async function createOutage(triesWithinMs?: number) {
  const tab = await openTab()
  const connection = await import('../../../client/sync/connection.ts')
  const { nextTryAtMs } = await import('../../../client/sync/tries.ts')
  connection.setConnection('offline')
  let answer = async (): Promise<Attempt> => unreachable
  const post = vi.fn(() => answer())
  await tab.outbox.enqueue('order.see', { orderIds: ['ord_00000000000000000000000001'] })
  const stop = tab.sender.startSender({
    lockName: 'send',
    renewSession: neverRenew,
    post,
    ...(triesWithinMs === undefined ? {} : { triesWithinMs }),
  })
  for (let tries = 1; tries <= 8; tries++) {
    await until(() => post.mock.calls.length === tries && nextTryAtMs.value !== null)
    if (tries < 8) window.dispatchEvent(new Event('online'))
  }
  return {
    ...connection,
    nextTryAtMs,
    post,
    stop,
    sent: async () => (await tab.outbox.readOutbox()).length === 0,
    answerWith(next: () => Promise<Attempt>): void {
      answer = next
    },
  }
}

test('what waited through an outage is sent as soon as the feed is live again', async () => {
  const { answerWith, setConnection, sent, stop, nextTryAtMs } = await createOutage()
  expect((nextTryAtMs.value ?? 0) - Date.now()).toBeGreaterThan(20_000)
  answerWith(async () => yes)
  setConnection('live')
  await until(sent, 1000)
  expect(nextTryAtMs.value).toBeNull()
  stop()
})

test('a try that began in the outage and ends after it is followed by another at once', async () => {
  const { answerWith, setConnection, sent, stop, post } = await createOutage()
  answerWith(async () => {
    await pause(150)
    return unreachable
  })
  window.dispatchEvent(new Event('online'))
  await until(() => post.mock.calls.length === 9)
  setConnection('live')
  answerWith(async () => yes)
  await until(sent, 1500)
  stop()
})

test('a feed that comes and goes makes no hot loop of a post that fails', async () => {
  const { setConnection, stop, post } = await createOutage()
  for (let flaps = 0; flaps < 40; flaps++) {
    setConnection('live')
    await pause(5)
    setConnection('offline')
    await pause(5)
  }
  expect(post.mock.calls.length).toBe(9)
  stop()
})

test('a wait that the server asked for is kept, also when the feed is live again', async () => {
  const { answerWith, setConnection, stop, post, nextTryAtMs } = await createOutage()
  answerWith(async () => ({ kind: 'later', waitMs: 40_000, isBroken: false }))
  window.dispatchEvent(new Event('online'))
  await until(() => post.mock.calls.length === 9 && nextTryAtMs.value !== null)
  setConnection('live')
  await pause(300)
  expect(post.mock.calls.length).toBe(9)
  expect((nextTryAtMs.value ?? 0) - Date.now()).toBeGreaterThan(38_000)
  stop()
})

test('while somebody looks at the page, tries are no farther apart than the feed’s', async () => {
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }))
  const { stop, nextTryAtMs } = await createOutage(5000)
  expect((nextTryAtMs.value ?? 0) - Date.now()).toBeLessThanOrEqual(5000)
  stop()
})
