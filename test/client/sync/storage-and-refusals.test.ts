import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Attempt } from '../../../client/sync/api.ts'
import type { OutboxRow } from '../../../client/sync/stored-rows.ts'
import {
  createLocks,
  neverRenew,
  openTab,
  type Tab,
  takePhone,
  until,
  withLocks,
} from '../../support/phone-tab.ts'

const orderId = `ord_${'0'.repeat(26)}`
const args = { orderIds: [orderId] }
const yes: Attempt = { kind: 'answer', answer: { ok: true, result: null, changes: [] } }
const refusal = (code: string): Attempt => ({ kind: 'answer', answer: { ok: false, refusal: { code } } })
const broken: Attempt = { kind: 'later', waitMs: 0, isBroken: true }
const silence: Attempt = { kind: 'unreachable' }

beforeEach(() => {
  takePhone()
  withLocks(createLocks())
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

/** Answers in turn; the last one for ever. Tells what was sent. */
function server(...answers: readonly Attempt[]) {
  const sent: string[] = []
  const waited: number[] = []
  const post = async (_name: string, id: string, _args?: unknown, waitedMs = 0) => {
    sent.push(id)
    waited.push(waitedMs)
    return answers[Math.min(sent.length, answers.length) - 1] ?? silence
  }
  return { sent, waited, options: { lockName: 'send', renewSession: neverRenew, post } }
}

const states = async (tab: Tab) => (await tab.outbox.readOutbox()).map((row) => row.state)

function full(): never {
  throw new DOMException('The disk is full.', 'QuotaExceededError')
}

/** IndexedDB without room: each write fails as a full phone lets it fail. */
function fillStorage() {
  const spies = [
    vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(full),
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(full),
  ]
  return () => {
    for (const spy of spies) spy.mockRestore()
  }
}

test('storage full: the tap is answered with NotStoredError and nothing is half stored', async () => {
  const tab = await openTab()
  const free = fillStorage()
  await expect(tab.outbox.enqueue('order.see', args)).rejects.toBeInstanceOf(tab.outbox.NotStoredError)
  free()
  expect(await tab.outbox.readOutbox()).toEqual([])
  await tab.outbox.enqueue('order.see', args)
  expect(await states(tab)).toEqual(['waiting'])
})

test('storage full when the answer comes: the row stays, and is sent again once there is room', async () => {
  const tab = await openTab()
  const { sent, options } = server(yes)
  await tab.outbox.enqueue('order.see', args)
  let free: (() => void) | null = null
  const stop = tab.sender.startSender({
    ...options,
    post: async (...call) => {
      const answer = await options.post(call[0], call[1])
      if (sent.length === 1) {
        vi.spyOn(IDBObjectStore.prototype, 'delete').mockImplementationOnce(full)
        free = fillStorage()
      }
      return answer
    },
  })
  await until(() => free !== null)
  await new Promise((resolve) => setTimeout(resolve, 50))
  const { outbox } = tab.db.database()
  // The row could not be removed; nobody is told that it waits.
  expect([await outbox.count(), await states(tab)]).toEqual([1, []])
  free!()
  await until(async () => (await outbox.count()) === 0)
  stop()
  expect(new Set(sent).size).toBe(1)
})

test('storage fails for a moment while an attempt is counted: the sender goes on by itself', async () => {
  const tab = await openTab()
  const { options } = server(yes)
  await tab.outbox.enqueue('order.see', args)
  const free = fillStorage()
  const stop = tab.sender.startSender(options)
  await new Promise((resolve) => setTimeout(resolve, 50))
  free()
  await until(async () => (await states(tab)).length === 0)
  stop()
})

test('the outbox takes five hundred rows and says so at the next', async () => {
  const tab = await openTab()
  const rows = Array.from(
    { length: 500 },
    (_, at): OutboxRow => ({
      id: `cmd_${at}`,
      name: 'order.see',
      args,
      createdAtMs: at,
      staleAfterMs: null,
      state: 'waiting',
      refusal: null,
      attempts: 0,
    }),
  )
  await tab.db.database().outbox.bulkAdd(rows)
  await expect(tab.outbox.enqueue('order.see', args)).rejects.toBeInstanceOf(tab.outbox.NotStoredError)
  expect(await tab.outbox.readOutbox()).toHaveLength(500)
})

const HALF_HOUR_MS = 30 * 60_000

test('an order that waited for more than half an hour unsent asks, and is sent only when the guest says so', async () => {
  const tab = await openTab()
  const { sent, options } = server(yes)
  const id = await tab.outbox.enqueue('order.see', args, HALF_HOUR_MS)
  const late = { ...options, now: () => Date.now() + HALF_HOUR_MS + 1000 }
  await tab.sender.sendNext(late)
  expect([await states(tab), sent]).toEqual([['stale'], []])
  expect(await tab.sender.sendNext(late)).toEqual({ kind: 'idle' })
  await tab.outbox.sendAnyway(id)
  await tab.outbox.sendAnyway(id)
  expect(await states(tab)).toEqual(['waiting'])
  await tab.sender.sendNext(options)
  expect([await states(tab), sent.length]).toEqual([[], 1])
})

test('a tap too many, when it is on its way already, makes no second one and costs it no turn', async () => {
  const tab = await openTab()
  const id = await tab.outbox.enqueue('order.see', args, HALF_HOUR_MS)
  await tab.outbox.enqueue('order.see', args)
  const before = await tab.outbox.readOutbox()
  await tab.outbox.sendAnyway(id)
  expect(await tab.outbox.readOutbox()).toEqual(before)
})

test('the guest who no longer wants it takes it away, and nothing was ever sent', async () => {
  const tab = await openTab()
  const { sent, options } = server(yes)
  const id = await tab.outbox.enqueue('order.see', args, HALF_HOUR_MS)
  await tab.sender.sendNext({ ...options, now: () => Date.now() + HALF_HOUR_MS + 1000 })
  await tab.outbox.dismiss(id)
  expect(await tab.sender.sendNext(options)).toEqual({ kind: 'idle' })
  expect(sent).toEqual([])
})

test('an order just under half an hour old is sent by itself', async () => {
  const tab = await openTab()
  const { sent, options } = server(yes)
  await tab.outbox.enqueue('order.see', args, HALF_HOUR_MS)
  await tab.sender.sendNext({ ...options, now: () => Date.now() + HALF_HOUR_MS - 5000 })
  expect(sent).toHaveLength(1)
})

test('an order that may have arrived is sent whatever its age, with how long it waited: the server knows', async () => {
  const tab = await openTab()
  const { sent, waited, options } = server(silence, yes)
  const id = await tab.outbox.enqueue('order.see', args, HALF_HOUR_MS)
  await tab.sender.sendNext(options)
  await tab.sender.sendNext({ ...options, now: () => Date.now() + 5 * HALF_HOUR_MS })
  expect([await states(tab), sent]).toEqual([[], [id, id]])
  expect(waited[0]).toBeLessThan(HALF_HOUR_MS)
  expect(waited[1]).toBeGreaterThan(4 * HALF_HOUR_MS)
})

test('an order that was tried in vain for half an hour asks, and is then sent under a new id', async () => {
  const tab = await openTab()
  const { sent, options } = server(silence, refusal('request.waited_too_long'), yes)
  const id = await tab.outbox.enqueue('order.see', args, HALF_HOUR_MS)
  await tab.sender.sendNext(options)
  await tab.sender.sendNext({ ...options, now: () => Date.now() + HALF_HOUR_MS + 1000 })
  expect([await states(tab), sent]).toEqual([['stale'], [id, id]])
  await tab.outbox.sendAnyway(id)
  const [row] = await tab.outbox.readOutbox()
  expect([row?.state, row?.attempts, row?.refusal, row?.args]).toEqual(['waiting', 0, null, args])
  expect(row?.id).not.toBe(id)
  await tab.sender.sendNext(options)
  expect([await states(tab), sent[2]]).toEqual([[], row?.id])
})

test('an order is sent after the one before it, although the clock was set back in between', async () => {
  const tab = await openTab()
  const { sent, options } = server(yes)
  const first = await tab.outbox.enqueue('order.see', args)
  vi.spyOn(Date, 'now').mockReturnValue(Date.now() - 3_600_000)
  const second = await tab.outbox.enqueue('order.see', args)
  await tab.sender.sendNext(options)
  await tab.sender.sendNext(options)
  expect(sent).toEqual([first, second])
})

test('a refusal stays with its reason, through a restart, until it was read; what comes after it is sent', async () => {
  const tab = await openTab()
  const { sent, options } = server(refusal('order.outlet_closed'), yes)
  const id = await tab.outbox.enqueue('order.see', args)
  await new Promise((resolve) => setTimeout(resolve, 2))
  const next = await tab.outbox.enqueue('order.see', args)
  await tab.sender.sendNext(options)
  await tab.sender.sendNext(options)
  expect(sent).toEqual([id, next])
  const later = await openTab()
  const [row] = await later.outbox.readOutbox()
  expect([row?.id, row?.state, row?.refusal?.code]).toEqual([id, 'refused', 'order.outlet_closed'])
  expect(await later.sender.sendNext(options)).toEqual({ kind: 'idle' })
  await later.outbox.dismiss(id)
  expect(await later.outbox.readOutbox()).toEqual([])
})

test('a session that the server forgot is renewed and the same command sent again', async () => {
  const tab = await openTab()
  const { sent, options } = server(refusal('session.missing'), yes)
  const id = await tab.outbox.enqueue('order.see', args)
  let renewed = 0
  const stop = tab.sender.startSender({
    ...options,
    renewSession: async () => {
      renewed++
      return true
    },
  })
  await until(async () => (await states(tab)).length === 0)
  stop()
  expect([renewed, sent]).toEqual([1, [id, id]])
})

test('a session that cannot be renewed is a refusal that is shown', async () => {
  const tab = await openTab()
  const { options } = server(refusal('session.missing'))
  await tab.outbox.enqueue('order.see', args)
  await tab.sender.sendNext(options)
  const [row] = await tab.outbox.readOutbox()
  expect([row?.state, row?.refusal?.code]).toEqual(['refused', 'session.missing'])
})

test('renewing that itself fails leaves the row waiting and the sender at work', async () => {
  const tab = await openTab()
  const { options } = server(refusal('session.missing'), yes)
  await tab.outbox.enqueue('order.see', args)
  const stop = tab.sender.startSender({
    ...options,
    renewSession: () => Promise.reject(new Error('no network')),
  })
  await until(async () => (await states(tab)).length === 0)
  stop()
})

test('a command that breaks the server again and again is sent again by hand under the same id', async () => {
  const tab = await openTab()
  const { sent, options } = server(broken, broken, broken, broken, broken, broken, broken, broken, yes)
  const id = await tab.outbox.enqueue('order.see', args)
  for (let tries = 0; tries < 8; tries++) await tab.sender.sendNext(options)
  expect([await states(tab), sent.length]).toEqual([['waiting'], 6])
  for (let taps = 0; taps < 3; taps++) {
    await tab.outbox.sendAnyway(id)
    await tab.sender.sendNext(options)
  }
  expect([await states(tab), new Set(sent).size]).toEqual([[], 1])
})

test('a phone that was long without network does not give up at the first trouble of the server', async () => {
  const tab = await openTab()
  const { options } = server(...Array.from({ length: 10 }, () => silence), broken, yes)
  await tab.outbox.enqueue('order.see', args)
  for (let tries = 0; tries < 11; tries++) await tab.sender.sendNext(options)
  expect(await states(tab)).toEqual(['waiting'])
  await tab.sender.sendNext(options)
  expect(await states(tab)).toEqual([])
})

for (const [name, status, body] of [
  ['a captive portal that says ok', 200, '{"ok":true}'],
  ['a gateway with its own kind of refusal', 404, '{"ok":false,"error":"no route"}'],
  ['a login page', 200, '<html>Welcome to Wi-Fi</html>'],
  ['an empty answer', 200, ''],
  ['null', 200, 'null'],
] as const) {
  test(`not the server but ${name} answers: nobody knows, the row waits`, async () => {
    vi.stubGlobal('fetch', async () => new Response(body, { status }))
    const tab = await openTab()
    await tab.outbox.enqueue('order.see', args)
    const outcome = await tab.sender.sendNext({ lockName: 'send', renewSession: neverRenew })
    expect(outcome.kind).toBe('failed')
    expect(await states(tab)).toEqual(['waiting'])
  })
}

for (const [code, state] of [
  ['request.too_many', 'waiting'],
  ['call.too_many', 'refused'],
] as const) {
  test(`a 429 with ${code} leaves the row ${state}`, async () => {
    vi.stubGlobal('fetch', async () => Response.json({ ok: false, refusal: { code } }, { status: 429 }))
    const tab = await openTab()
    await tab.outbox.enqueue('order.see', args)
    await tab.sender.sendNext({ lockName: 'send', renewSession: neverRenew })
    expect(await states(tab)).toEqual([state])
  })
}

test('an order that was cancelled while it waited is not asked about once it waited too long', async () => {
  const tab = await openTab()
  const { dropCancelled } = await import('../../../client/ordering/order-drop.ts')
  const { options } = server(silence, refusal('request.waited_too_long'), refusal('order.unknown'))
  const place = { orderId, token: '0123456789abcdef', note: '', shownTotalRp: 1000 }
  const lines = [{ itemId: 'latte', choices: [], quantity: 1, note: '' }]
  await tab.outbox.enqueue('order.place', { ...place, lines }, HALF_HOUR_MS)
  await tab.sender.sendNext(options)
  await tab.outbox.enqueue('order.ask', { orderId, kind: 'cancel', note: '' })
  await dropCancelled(await tab.outbox.readOutbox())
  expect(await states(tab)).toEqual(['waiting', 'waiting'])
  await tab.sender.sendNext(options)
  await tab.sender.sendNext(options)
  expect(await states(tab)).toEqual(['stale', 'refused'])
  await dropCancelled(await tab.outbox.readOutbox())
  expect(await states(tab)).toEqual([])
})
