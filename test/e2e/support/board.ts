import { type Browser, expect, type Locator, type Page } from '@playwright/test'
import type { Shop } from './shop.ts'

export const TABLET = { width: 1180, height: 820 } as const

/** The barista's tablet, signed in, with the board open. */
export async function openBoard(
  browser: Browser,
  shop: Shop,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport: TABLET, hasTouch: true, ...options })
  const page = await context.newPage()
  await shop.becomeOwner(page)
  return page
}

export function column(board: Page, name: 'Baru' | 'Diracik' | 'Siap'): Locator {
  return board.getByRole('region', { name: new RegExp(`^${name}, \\d+ pesanan$`) })
}

/** The tickets of a table, wherever they stand on the board. */
export function ticket(board: Page, tableLabel: string, within: Page | Locator = board): Locator {
  return within.getByRole('article', { name: new RegExp(`^Pesanan #\\d+, meja ${tableLabel}(,|$)`) })
}

/** Longer than the board takes two taps on one ticket for a double tap of one finger. */
export const NEXT_TAP_MS = 600

/** Taps what has only just come, as a person would: not before it was seen for longer than that. */
export async function tapNew(button: Locator): Promise<void> {
  await button.waitFor()
  await button.page().waitForTimeout(NEXT_TAP_MS)
  await button.click()
}

/** Taps a button of the table's only ticket in this column, as a person would: not twice in half a second. */
export async function tap(
  board: Page,
  from: 'Baru' | 'Diracik' | 'Siap',
  tableLabel: string,
  name: RegExp | string,
): Promise<void> {
  const last = ticket(board, tableLabel, column(board, from)).last()
  await tapNew(last.getByRole('button', { name, exact: true }))
}

export async function accept(board: Page, tableLabel: string): Promise<void> {
  const before = await ticket(board, tableLabel, column(board, 'Diracik')).count()
  await tap(board, 'Baru', tableLabel, /terima/i)
  await expect(ticket(board, tableLabel, column(board, 'Diracik'))).toHaveCount(before + 1)
}

/** The visit of this table ends; staff's two taps. */
export async function closeVisit(board: Page, tableLabel: string): Promise<void> {
  await board.getByRole('button', { name: 'Meja', exact: true }).click()
  const sheet = board.getByRole('dialog', { name: 'Meja yang terisi' })
  const row = sheet.getByRole('listitem').filter({ hasText: tableLabel })
  await row.getByRole('button', { name: 'Tutup meja' }).click()
  await tapNew(row.getByRole('button', { name: 'Ya, tutup' }))
  await sheet.getByRole('button', { name: 'Tutup', exact: true }).click()
}
