// Before `document` is a stand-in, which Vue looks into as it loads.
import 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLocks, openTab, takePhone, withLocks } from '../../support/phone-tab.ts'

const realTimeout = globalThis.setTimeout
const TOKEN = '0123456789abcdef'
const args = { orderIds: [`ord_${'0'.repeat(26)}`] }
const missing = { code: 'session.missing', needs: 'phone' }
const scan = { customerId: 'cus_1', outletId: 'out_1', table: null }

beforeEach(() => {
  takePhone()
  withLocks(createLocks())
  vi.stubGlobal('document', Object.assign(new EventTarget(), { getElementById: () => null }))
  // Waits of seconds on a phone are of hundredths here.
  vi.stubGlobal('setTimeout', (work: () => void, ms = 0) => realTimeout(work, ms / 100))
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

const refused = (status: number, refusal: object, headers = {}) =>
  Response.json({ ok: false, refusal }, { status, headers })
const done = (result: unknown) => Response.json({ ok: true, result, changes: [] })

/** A phone that sat at a table; `answerScan` is what the server says to its renewing scans. */
async function seatedPhone(answerScan: () => Response | Promise<Response>) {
  let hasName = false
  const asked: string[] = []
  vi.stubGlobal('fetch', async (path: string) => {
    const name = path.split('/').at(-1) ?? ''
    asked.push(name)
    if (name !== 'code.scan') return hasName ? done(null) : refused(401, missing)
    const answer = await answerScan()
    hasName ||= answer.ok
    return answer
  })
  const tab = await openTab()
  await tab.db.writeSetting('seat', { token: TOKEN, outletId: 'out_1', table: null, scannedAtMs: Date.now() })
  const { renewSession, restoreSeat } = await import('../../../client/tables/useSeat.ts')
  await restoreSeat()
  const options = { lockName: 'send', renewSession }
  const row = async () => (await tab.outbox.readOutbox())[0]
  return { tab, options, row, asked }
}

for (const [name, answer] of [
  ['too many phones come at once', () => refused(429, { code: 'request.too_many' }, { 'retry-after': '1' })],
  ['the server is busy', () => refused(503, { code: 'server.busy' }, { 'retry-after': '2' })],
  ['the network is gone', () => Promise.reject(new TypeError('no network'))],
] as const) {
  test(`an order of a forgotten phone waits while ${name}, however often, and is sent after`, async () => {
    let isTrouble = true
    const { tab, options, row } = await seatedPhone(() => (isTrouble ? answer() : done(scan)))
    await tab.outbox.enqueue('order.see', args)
    for (let tries = 0; tries < 6; tries++) {
      expect((await tab.sender.sendNext(options)).kind).toBe('failed')
      expect((await row())?.state).toBe('waiting')
    }
    isTrouble = false
    await tab.sender.sendNext(options)
    await tab.sender.sendNext(options)
    expect(await row()).toBeUndefined()
  })
}

test('a browser that keeps no cookies scans three times, not for ever, and is told', async () => {
  const { tab, options, row, asked } = await seatedPhone(() => done(scan))
  const withoutCookies = { ...options, post: async () => refusedAnswer }
  await tab.outbox.enqueue('order.see', args)
  for (let tries = 0; tries < 4; tries++) await tab.sender.sendNext(withoutCookies)
  expect([(await row())?.state, (await row())?.refusal?.code]).toEqual(['refused', 'session.missing'])
  expect(asked).toEqual(['code.scan', 'code.scan', 'code.scan'])
})

const refusedAnswer = { kind: 'answer', answer: { ok: false, refusal: missing } } as const
