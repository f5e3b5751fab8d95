import { expect, type Page, test } from '@playwright/test'
import { defaultChoices } from '#shared/menu/choices.ts'
import type { Menu } from '#shared/menu/menu.ts'
import { makeId, send } from '../support/busy-shop.ts'
import { accept, column, openBoard, TABLET, ticket } from './support/board.ts'
import { shopOfThisFile } from './support/shop.ts'

const shop = shopOfThisFile()
// Motion moves what is tapped, so here everything moves as it does for most people.
test.use({ contextOptions: { reducedMotion: 'no-preference' } })
const TABLES = ['A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'A7', 'A8'] as const
const TABLETS = [TABLET, { width: 1024, height: 768 }, { width: 820, height: 1180 }] as const
/** The top bar and one row of news, calls and totals. */
const HIGHEST_PX = 150

type Notes = { readonly line: string; readonly order: string }

/** Orders one Americano at the table, by a phone of its own; returns the phone's cookie and the order. */
async function orderAt(label: string, notes: Notes = { line: '', order: '' }) {
  const { url } = shop.current
  const [row] = shop.current.rows<{ body: string }>(
    `SELECT body FROM records WHERE kind = 'menu' AND id = ?`,
    await shop.current.outletId(),
  )
  const menu = JSON.parse(row?.body ?? '') as Menu
  const item = menu.items.find(({ id }) => id === 'americano')
  if (!item) throw new Error('The demo shop sells Americano.')
  const lines = [{ itemId: item.id, choices: defaultChoices(item, menu), quantity: 1, note: notes.line }]
  const token = shop.current.scanUrl(label).split('/t/')[1] ?? ''
  const { cookies: cookie } = await send(url, 'code.scan', { token })
  const args = { orderId: makeId('ord'), token, lines, note: notes.order, shownTotalRp: 0 }
  const first = await send(url, 'order.place', args, { cookie })
  // The server names the price; the guest then agrees to it.
  const { refusal } = first.answer as unknown as { refusal?: { quote?: { totalRp: number } } }
  const shownTotalRp = refusal?.quote?.totalRp ?? 0
  const placed = await send(url, 'order.place', { ...args, shownTotalRp }, { cookie })
  expect(placed.answer.ok, JSON.stringify([first.answer, placed.answer])).toBe(true)
  return { cookie, token, orderId: args.orderId }
}

async function rush(): Promise<void> {
  const { url } = shop.current
  for (const [place, label] of TABLES.entries()) {
    const { cookie, token } = await orderAt(label)
    if (place >= 4) continue
    await send(url, 'call.place', { callId: makeId('cal'), token, kind: 'help', note: '' }, { cookie })
  }
  const outletId = await shop.current.outletId()
  await shop.current.asHouse('outlet.set_load', {
    outletId,
    load: { mode: 'busy', addMinutes: 10, message: null },
  })
}

/** How many new orders can be seen and answered without scrolling. */
async function wholeTickets(board: Page): Promise<number> {
  return column(board, 'Baru').evaluate((region) => {
    const place = region.getBoundingClientRect()
    const floor = Math.min(place.bottom, window.innerHeight)
    const cards = [...region.querySelectorAll('article')].map((card) => card.getBoundingClientRect())
    return cards.filter(({ top, bottom }) => top >= place.top && bottom <= floor).length
  })
}

test('Eight tables order and four call: the board keeps its tickets in sight and every call in reach', async ({
  browser,
}) => {
  test.setTimeout(90_000)
  const board = await openBoard(browser, shop.current)
  await rush()
  await expect(ticket(board, 'A8')).toBeVisible()
  for (const size of TABLETS) {
    await test.step(`${size.width} × ${size.height}`, async () => {
      await board.setViewportSize(size)
      const columns = board.getByRole('main')
      await expect.poll(async () => (await columns.boundingBox())?.y ?? 999).toBeLessThanOrEqual(HIGHEST_PX)
      expect(await wholeTickets(board)).toBeGreaterThanOrEqual(3)
      await expect(board.getByRole('button', { name: 'Ambil: Bantuan, meja A1' })).toBeInViewport({
        ratio: 1,
      })
      await expect(board.getByRole('button', { name: /^\+\d panggilan lagi/ })).toBeInViewport({ ratio: 1 })
      await expect(board.getByRole('button', { name: 'Menu papan' })).toBeInViewport({ ratio: 1 })
    })
  }
  await board.getByRole('button', { name: /^\+\d panggilan lagi/ }).click()
  const sheet = board.getByRole('dialog', { name: 'Panggilan' })
  await sheet.getByRole('button', { name: 'Ambil: Bantuan, meja A4' }).click()
  await expect(sheet.getByText('diambil')).toBeVisible()
  await sheet.getByRole('button', { name: 'Selesai: Bantuan, meja A4' }).click()
  await expect(sheet.getByRole('listitem')).toHaveCount(3)
})

const HOSTILE: readonly (readonly [table: string, word: string])[] = [
  ['B1', `https://${'a'.repeat(130)}`],
  ['B2', 'W'.repeat(140)],
  ['B3', 'a\u00a0'.repeat(70)],
]

/** Buttons that stand out of the window or out of their column, by their words. */
async function buttonsCutOff(board: Page): Promise<string[]> {
  return board.getByRole('main').evaluate((main) =>
    [...main.querySelectorAll('section')].flatMap((region) => {
      const place = region.getBoundingClientRect()
      return [...region.querySelectorAll('article button')]
        .filter((button) => button.getBoundingClientRect().right > Math.min(place.right, window.innerWidth))
        .map((button) => button.textContent.trim())
    }),
  )
}

test('A word without an end pushes no button off the board', async ({ browser }) => {
  const board = await openBoard(browser, shop.current)
  for (const [table, word] of HOSTILE) await orderAt(table, { line: word, order: `${word}${'W'.repeat(50)}` })
  for (const [table] of HOSTILE) await expect(ticket(board, table)).toBeVisible()
  for (const size of TABLETS) {
    await board.setViewportSize(size)
    await expect.poll(() => buttonsCutOff(board)).toEqual([])
  }
  await board.setViewportSize(TABLET)
  for (const [table] of HOSTILE) await accept(board, table)
  await expect.poll(() => buttonsCutOff(board)).toEqual([])
})
