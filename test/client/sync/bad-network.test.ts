import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Fault } from '../../support/fault-proxy.ts'
import {
  createLocks,
  neverRenew,
  openTab,
  type Tab,
  takePhone,
  until,
  withLocks,
} from '../../support/phone-tab.ts'
import { openTable, type TableForOne } from './table-for-one.ts'

let table: TableForOne
let requests: () => number
beforeAll(async () => {
  table = await openTable()
})
afterAll(() => table.close())
beforeEach(() => {
  requests = takePhone({ origin: () => table.origin, cookie: () => table.phone.cookie }).requests
  withLocks(createLocks())
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

const send = (tab: Tab) => tab.sender.startSender({ lockName: 'send', renewSession: neverRenew })

/** What the screen knows of this order: in the outbox, as a record, or neither. */
async function shown(tab: Tab, orderId: string) {
  const rows = await tab.outbox.readOutbox()
  const record = await tab.db.database().records.where('[kind+id]').equals(['order', orderId]).count()
  return {
    waits: rows.some((row) => (row.args as { orderId: string }).orderId === orderId),
    isRecord: record > 0,
  }
}

const faults: readonly (readonly [string, readonly Fault[]])[] = [
  ['the request is lost', [{ kind: 'drop' }]],
  ['the request is cut in its headers', [{ kind: 'cut_request', afterBytes: 60 }]],
  ['the request is cut in its body', [{ kind: 'cut_request', afterBytes: 420 }]],
  ['the answer is lost', [{ kind: 'cut_answer', afterBytes: 0 }]],
  ['the answer is cut in its headers', [{ kind: 'cut_answer', afterBytes: 40 }]],
  ['the answer is cut in half', [{ kind: 'cut_answer', afterBytes: 1500 }]],
  ['the connection is reset before the answer', [{ kind: 'reset', afterBytes: 0 }]],
  ['the connection is reset within the answer', [{ kind: 'reset', afterBytes: 1200 }]],
  ['the answer never comes', [{ kind: 'hang' }]],
  ['the answer comes after the phone gave up', [{ kind: 'delay', ms: 900 }]],
  ['the connection is half closed', [{ kind: 'half_close' }]],
  [
    'three answers are lost in a row',
    [{ kind: 'cut_answer', afterBytes: 0 }, { kind: 'hang' }, { kind: 'reset', afterBytes: 9 }],
  ],
]

describe('an order is placed exactly once although', () => {
  for (const [name, armed] of faults) {
    test(name, async () => {
      const tab = await openTab()
      const args = table.order()
      table.proxy.arm(...armed)
      await tab.outbox.enqueue('order.place', args)
      expect(await shown(tab, args.orderId)).toEqual({ waits: true, isRecord: false })
      const stop = send(tab)
      await until(async () => !(await shown(tab, args.orderId)).waits)
      stop()
      expect(table.proxy.armed()).toBe(0)
      expect(requests(), 'every fault cost one attempt').toBe(armed.length + 1)
      await table.expectOnce(args.orderId)
    })
  }
})

test('while nobody has answered, the order stays on the phone as waiting and counts its attempts', async () => {
  const tab = await openTab()
  const args = table.order()
  table.proxy.arm({ kind: 'cut_answer', afterBytes: 0 })
  await tab.outbox.enqueue('order.place', args)
  expect(await tab.sender.sendNext({ lockName: 'send', renewSession: neverRenew })).toEqual({
    kind: 'failed',
    waitMs: 0,
  })
  const [row] = await tab.outbox.readOutbox()
  expect([row?.state, row?.attempts, row?.refusal]).toEqual(['waiting', 1, null])
  // The server has it, the phone cannot know: it says "waiting" and never "placed".
  expect(await table.count(args.orderId)).toBe(1)
  expect(await shown(tab, args.orderId)).toEqual({ waits: true, isRecord: false })
})

test('no moment shows the order neither as waiting nor as placed, also when the answer was lost first', async () => {
  const tab = await openTab()
  const args = table.order()
  table.proxy.arm({ kind: 'cut_answer', afterBytes: 0 })
  await tab.outbox.enqueue('order.place', args)
  const stop = send(tab)
  await until(async () => !(await shown(tab, args.orderId)).waits)
  stop()
  expect(await shown(tab, args.orderId)).toEqual({ waits: false, isRecord: true })
})

test('the server is killed between its commit and its answer: one order after the restart', async () => {
  const tab = await openTab()
  const args = table.order()
  let killed: Promise<void> | null = null
  table.proxy.arm({
    kind: 'cut_answer',
    afterBytes: 0,
    onAnswer: () => {
      killed = table.kill()
    },
  })
  await tab.outbox.enqueue('order.place', args)
  const stop = send(tab)
  await until(() => killed !== null)
  await killed
  expect((await shown(tab, args.orderId)).waits).toBe(true)
  await table.restart('SIGKILL')
  await until(async () => !(await shown(tab, args.orderId)).waits, 15_000)
  stop()
  await table.expectOnce(args.orderId)
})

test('the tab is killed after storing, before sending: the next tab sends it', async () => {
  const first = await openTab()
  const args = table.order()
  await first.outbox.enqueue('order.place', args)
  const second = await openTab()
  const stop = send(second)
  await until(async () => !(await shown(second, args.orderId)).waits)
  stop()
  await table.expectOnce(args.orderId)
})

test('the tab is killed after sending, before the answer is stored: the next tab asks again and gets the same', async () => {
  const first = await openTab()
  const args = table.order()
  await first.outbox.enqueue('order.place', args)
  const neverStored = first.sender.sendNext({
    lockName: 'send',
    renewSession: neverRenew,
    post: async (...call) => {
      await first.api.postCommand(...call)
      return new Promise(() => undefined)
    },
  })
  await until(async () => (await table.count(args.orderId)) === 1)
  void neverStored
  const second = await openTab()
  const [row] = await second.outbox.readOutbox()
  expect([row?.state, row?.attempts]).toEqual(['waiting', 1])
  const stop = send(second)
  await until(async () => !(await shown(second, args.orderId)).waits)
  stop()
  await table.expectOnce(args.orderId)
})

for (const [name, locks] of [
  ['with Web Locks', createLocks],
  ['without Web Locks', () => undefined],
] as const) {
  test(`two tabs send from one outbox, ${name}: each order once, in both tabs gone from the outbox`, async () => {
    withLocks(locks())
    const tabs = [await openTab(), await openTab()]
    const stops = tabs.map(send)
    const orders = Array.from({ length: 12 }, () => table.order())
    for (const [at, args] of orders.entries()) {
      if (at % 4 === 1) table.proxy.arm({ kind: 'cut_answer', afterBytes: 0 })
      await tabs[at % 2]?.outbox.enqueue('order.place', args)
    }
    for (const tab of tabs) await until(async () => (await tab.outbox.readOutbox()).length === 0, 20_000)
    for (const stop of stops) stop()
    for (const args of orders) await table.expectOnce(args.orderId)
  })
}

test('the tab that sends is closed: the other one goes on at once', async () => {
  withLocks(createLocks())
  const [first, second] = [await openTab(), await openTab()]
  const stopFirst = send(first)
  const stopSecond = send(second)
  const one = table.order()
  await first.outbox.enqueue('order.place', one)
  await until(async () => !(await shown(first, one.orderId)).waits)
  stopFirst()
  const two = table.order()
  await second.outbox.enqueue('order.place', two)
  await until(async () => !(await shown(second, two.orderId)).waits)
  stopSecond()
  await table.expectOnce(two.orderId)
})
