import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createSSRApp } from 'vue'
import { renderToString } from 'vue/server-renderer'
import type { Attempt } from '../../../client/sync/api.ts'
import type { OutboxRow } from '../../../client/sync/stored-rows.ts'
import { createLocks, neverRenew, openTab, takePhone, withLocks } from '../../support/phone-tab.ts'

const HALF_HOUR_MS = 30 * 60_000
const args = {
  orderId: `ord_${'0'.repeat(26)}`,
  token: '0123456789abcdef',
  lines: [{ itemId: 'kopi', choices: [], quantity: 1, note: '' }],
  note: '',
  shownTotalRp: 22_000,
}
const overtaken: Attempt = {
  kind: 'answer',
  answer: { ok: false, refusal: { code: 'order.visit_closed_since' } },
}

beforeEach(() => {
  takePhone()
  vi.stubGlobal('document', Object.assign(new EventTarget(), { documentElement: { lang: '' } }))
  withLocks(createLocks())
  vi.stubGlobal('navigator', { ...navigator, languages: ['id'] })
  vi.stubGlobal('localStorage', undefined)
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

/** What the phone keeps of an order that its table's closing has overtaken, and how often it was sent. */
async function sendOvertaken() {
  const tab = await openTab()
  let sent = 0
  const post = async () => {
    sent++
    return overtaken
  }
  await tab.outbox.enqueue('order.place', args, HALF_HOUR_MS)
  for (let times = 0; times < 3; times++) {
    await tab.sender.sendNext({ lockName: 'send', renewSession: neverRenew, post })
  }
  return { rows: await tab.outbox.readOutbox(), sent }
}

/** The card as the guest reads it, in one language. */
async function cardOf(row: OutboxRow, language: 'id' | 'en'): Promise<string> {
  const { useLanguage } = await import('../../../client/i18n/useLanguage.ts')
  const { default: OrderCard } = await import('../../../client/ordering/status/OrderCard.vue')
  const { mergeOrders, situationOf } = await import('../../../client/ordering/order-views.ts')
  await useLanguage().setLanguage(language)
  const nowMs = Date.now()
  const moment = { serverNowMs: nowMs, phoneNowMs: nowMs, isCut: false, isFresh: true }
  const [view] = mergeOrders([], [row])
  if (!view) throw new Error('A refused order is shown.')
  const situation = situationOf(view, moment)
  const shown = { view, situation, moment, outlet: undefined, menu: undefined, phones: 1, isNews: false }
  const html = await renderToString(createSSRApp(OrderCard, shown))
  return html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
}

test('an order that its table’s closing has overtaken is sent once and then waits to be read', async () => {
  const { rows, sent } = await sendOvertaken()
  expect(sent).toBe(1)
  expect(rows).toMatchObject([{ state: 'refused', refusal: { code: 'order.visit_closed_since' }, args }])
})

test.each([
  [
    'id',
    /Meja ini sudah ditutup .* tidak ada yang dipesan\. .* masih di HP ini\. .* pindai lagi kode di meja/,
    'Kembalikan ke keranjang',
  ],
  [
    'en',
    /This table was closed .* nothing was ordered\. .* still on this phone\. .* scan the table’s code again/,
    'Back to the cart',
  ],
] as const)('it is told what became of it and how to go on (%s)', async (language, words, wayOn) => {
  const [row] = (await sendOvertaken()).rows
  if (!row) throw new Error('It is kept.')
  const text = await cardOf(row, language)
  expect(text).toMatch(words)
  expect(text).toContain(wayOn)
})
