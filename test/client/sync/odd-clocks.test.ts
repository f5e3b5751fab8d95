import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Attempt } from '../../../client/sync/api.ts'
import { createLocks, neverRenew, openTab, type Tab, takePhone, withLocks } from '../../support/phone-tab.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const STALE_MS = 30 * MINUTE_MS
const START_MS = Date.parse('2026-11-18T03:00:00Z')
const args = { orderIds: [`ord_${'0'.repeat(26)}`] }
const yes: Attempt = { kind: 'answer', answer: { ok: true, result: null, changes: [] } }

let wallMs = START_MS
let pageMs = 0

beforeEach(() => {
  takePhone()
  withLocks(createLocks())
  wallMs = START_MS
  pageMs = 0
  vi.spyOn(Date, 'now').mockImplementation(() => wallMs)
  vi.spyOn(performance, 'now').mockImplementation(() => pageMs)
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

/** Time goes by as both clocks tell it. */
function pass(ms: number): void {
  wallMs += ms
  pageMs += ms
}

/** The page's clock stands still while the phone sleeps. */
function sleep(ms: number): void {
  wallMs += ms
}

/** A new page on the same phone; the page's clock begins anew. */
async function openPage(): Promise<Tab> {
  pageMs = 0
  const tab = await openTab()
  const { restoreDeviceTime } = await import('../../../client/sync/device-time.ts')
  await restoreDeviceTime()
  return tab
}

function server() {
  const sent: { id: string; waitedMs: number }[] = []
  const post = async (_name: string, id: string, _args?: unknown, waitedMs = 0) => {
    sent.push({ id, waitedMs })
    return yes
  }
  return { sent, options: { lockName: 'send', renewSession: neverRenew, post } }
}

/** What a beat of the feed says, in the modules of the tab that was opened last. */
async function hear(serverMs: number, isFresh = true): Promise<void> {
  const { correctDeviceTime } = await import('../../../client/sync/device-time.ts')
  correctDeviceTime(serverMs, isFresh)
}

const order = (tab: Tab) => tab.outbox.enqueue('order.see', args, STALE_MS)
const states = async (tab: Tab) => (await tab.outbox.readOutbox()).map((row) => row.state)

for (const [name, setBackMs] of [
  ['an hour', 60 * MINUTE_MS],
  ['a year', 365 * DAY_MS],
] as const) {
  test(`a clock set back by ${name} while an order waits: it asks after half an hour all the same`, async () => {
    const tab = await openPage()
    const { sent, options } = server()
    await order(tab)
    wallMs -= setBackMs
    pass(STALE_MS + MINUTE_MS)
    await tab.sender.sendNext(options)
    expect([await states(tab), sent]).toEqual([['stale'], []])
  })

  test(`a clock that was ${name} ahead when the order was made, and is right in the next page`, async () => {
    const tab = await openPage()
    const { sent, options } = server()
    wallMs += setBackMs
    await order(tab)
    wallMs -= setBackMs
    const next = await openPage()
    pass(STALE_MS + MINUTE_MS)
    await next.sender.sendNext(options)
    expect([await states(next), sent]).toEqual([['stale'], []])
  })
}

test('a phone that slept for longer than half an hour asks', async () => {
  const tab = await openPage()
  const { sent, options } = server()
  await order(tab)
  sleep(STALE_MS + MINUTE_MS)
  await tab.sender.sendNext(options)
  expect([await states(tab), sent]).toEqual([['stale'], []])
})

test('a closed app does not stop the time, and a clock set back meanwhile is made up for by the server’s', async () => {
  const tab = await openPage()
  const { sent, options } = server()
  await hear(START_MS + 5000)
  await order(tab)
  wallMs -= DAY_MS
  const next = await openPage()
  await hear(START_MS + 5000 + STALE_MS + MINUTE_MS)
  await next.sender.sendNext(options)
  expect([await states(next), sent]).toEqual([['stale'], []])
})

test('a clock that jumps ahead: what the guest was asked about is never sent unasked, whatever the server’s time says', async () => {
  const tab = await openPage()
  const { sent, options } = server()
  await hear(START_MS + 5000)
  await order(tab)
  wallMs += DAY_MS
  const second = await order(tab)
  await tab.sender.sendNext(options)
  expect([(await states(tab))[0], sent]).toEqual(['stale', []])
  pass(MINUTE_MS)
  await hear(START_MS + 5000 + MINUTE_MS)
  await tab.sender.sendNext(options)
  await tab.sender.sendNext(options)
  expect(sent.map(({ id }) => id)).toEqual([second])
  expect(await states(tab)).toEqual(['stale'])
})

test('what was kept while the clock ran ahead counts from when that was noticed, and not from the future', async () => {
  const tab = await openPage()
  const { sent, options } = server()
  await hear(START_MS)
  wallMs += DAY_MS
  await order(tab)
  await hear(START_MS)
  await tab.sender.sendNext({ ...options, post: async () => ({ kind: 'unreachable' }) })
  pass(STALE_MS + MINUTE_MS)
  await tab.sender.sendNext(options)
  expect(sent.map(({ waitedMs }) => waitedMs)).toEqual([STALE_MS + MINUTE_MS])
})

test('beats that lay in the phone while it slept take nothing back', async () => {
  const tab = await openPage()
  const { sent, options } = server()
  await hear(START_MS)
  await order(tab)
  sleep(STALE_MS + MINUTE_MS)
  await hear(START_MS + 1000, false)
  await tab.sender.sendNext(options)
  expect([await states(tab), sent]).toEqual([['stale'], []])
})

test('the order of sending follows the taps, whatever the clock said at each', async () => {
  const tab = await openPage()
  const { sent, options } = server()
  const ids: string[] = []
  for (const jumpMs of [0, 365 * DAY_MS, -730 * DAY_MS, 3 * DAY_MS]) {
    wallMs += jumpMs
    ids.push(await tab.outbox.enqueue('order.see', args))
  }
  const times = (await tab.outbox.readOutbox()).map((row) => row.createdAtMs)
  expect(times).toEqual([0, 365, -365, -362].map((days) => START_MS + days * DAY_MS))
  for (const _ of ids) await tab.sender.sendNext(options)
  expect(sent.map(({ id }) => id)).toEqual(ids)
})

test('rows of an earlier build, which have no number, go first', async () => {
  const tab = await openPage()
  const { sent, options } = server()
  const late = await tab.outbox.enqueue('order.see', args)
  const row = { name: 'order.see', args, staleAfterMs: null, refusal: null, attempts: 0 } as const
  await tab.db.database().outbox.bulkAdd([
    { ...row, id: 'cmd_2', createdAtMs: wallMs + 2, state: 'waiting' },
    { ...row, id: 'cmd_1', createdAtMs: wallMs + 1, state: 'waiting' },
  ])
  for (let count = 0; count < 3; count++) await tab.sender.sendNext(options)
  expect(sent.map(({ id }) => id)).toEqual(['cmd_1', 'cmd_2', late])
})
