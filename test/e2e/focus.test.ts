import { type Browser, expect, type Locator, type Page, test } from '@playwright/test'
import { column, NEXT_TAP_MS, openBoard, tap, ticket } from './support/board.ts'
import { add, newPhone, openCart, order, scan } from './support/phone.ts'
import { shopOfThisFile } from './support/shop.ts'

const shop = shopOfThisFile()

/** What has the focus, and what is read of it. */
async function focused(page: Page): Promise<{ readonly tag: string; readonly text: string }> {
  return page.evaluate(() => ({
    tag: document.activeElement?.tagName ?? '',
    text: document.activeElement?.textContent ?? '',
  }))
}

/** What has the focus is one thing that can be read: a heading, a card or a control; never all that stands around. */
async function isOneThing(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const element = document.activeElement
    return (element?.querySelectorAll('article, li, h1, h2').length ?? 1) === 0
  })
}

/** A sheet is opened by keyboard and closed again: the focus stands on the button that had opened it. */
async function comesBack(
  page: Page,
  opener: Locator,
  close: (sheet: Locator) => Promise<void>,
): Promise<void> {
  await opener.focus()
  await page.keyboard.press('Enter')
  const sheet = page.locator('dialog[open]')
  await expect(sheet).toHaveCount(1)
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest('dialog') !== null)).toBe(true)
  await close(sheet)
  await expect(sheet).toHaveCount(0)
  await expect(opener).toBeFocused()
  // Nobody takes it away later either.
  await page.waitForTimeout(200)
  await expect(opener).toBeFocused()
}

const WAYS_TO_CLOSE = {
  Esc: (sheet: Locator) => sheet.page().keyboard.press('Escape'),
  'its own button': (sheet: Locator) =>
    sheet.getByRole('button', { name: 'Tutup', exact: true }).press('Enter'),
}

/** The button goes away when it is pressed by keyboard; the focus must not go with it. */
async function staysAfter(page: Page, button: Locator, text = /./): Promise<void> {
  const element = await button.elementHandle()
  await button.press('Enter')
  await expect.poll(() => element?.evaluate((each) => each.isConnected)).toBe(false)
  await expect.poll(async () => (await focused(page)).tag).not.toBe('BODY')
  expect((await focused(page)).text).toMatch(text)
  expect(await isOneThing(page)).toBe(true)
}

async function orderedFrom(browser: Browser, table: string): Promise<Page> {
  const page = await newPhone(browser)
  await scan(page, shop.current.scanUrl(table), table)
  await add(page, 'Americano')
  await order(page)
  return page
}

test('A PIN that was typed differently takes the focus to the field that says so', async ({ page }) => {
  await page.goto(`${shop.current.url}/staff/setup`)
  await page.getByLabel('Kode penyiapan').fill(shop.current.setupCode)
  await page.getByLabel('Nama').first().fill('Ratna')
  const pins = page.locator('input[type="password"]')
  await pins.nth(0).fill('482916')
  await pins.nth(1).fill('482917')
  await page.locator('button[type="submit"]').press('Enter')
  await expect(pins.nth(1)).toBeFocused()
})

test('On a phone the focus stays near what was answered, taken out or read', async ({ browser }) => {
  const board = await openBoard(browser, shop.current)

  await test.step('A line that is taken out of the cart', async () => {
    const page = await newPhone(browser)
    await scan(page, shop.current.scanUrl('A1'), 'A1')
    await add(page, 'Americano')
    await add(page, 'Cappuccino')
    const cart = await openCart(page)
    const remove = cart.getByRole('button', { name: 'Keluarkan Americano' })
    await staysAfter(page, remove, /Cappuccino/)
    expect(await page.evaluate(() => document.activeElement?.closest('dialog') !== null)).toBe(true)
  })

  const host = await orderedFrom(browser, 'A2')
  await tap(board, 'Baru', 'A2', /terima/i)
  await test.step('A friend who was let in', async () => {
    const friend = await newPhone(browser)
    await scan(friend, shop.current.scanUrl('A2'), 'A2')
    await friend.goto(new URL('/orders', shop.current.scanUrl('A2')).href)
    await staysAfter(host, host.getByRole('button', { name: 'Ya, teman saya' }), /Disetujui/)
  })

  await test.step('A refusal that was read, and the sheet that refused', async () => {
    await scan(host, shop.current.scanUrl('A2'), 'A2')
    await add(host, 'Cappuccino')
    await order(host)
    await tap(board, 'Baru', 'A2', 'Tolak')
    const sheet = board.getByRole('dialog', { name: /^Tolak A2/ })
    await sheet.getByRole('button', { name: 'Tolak pesanan' }).press('Enter')
    await expect(ticket(board, 'A2', column(board, 'Baru'))).toHaveCount(0)
    await expect.poll(async () => (await focused(board)).tag).not.toBe('BODY')
    await staysAfter(host, host.getByRole('button', { name: 'Sudah dibaca' }))
  })

  await test.step('A table that is asked about, and closed', async () => {
    await board.getByRole('button', { name: 'Meja', exact: true }).click()
    const tables = board.getByRole('dialog', { name: 'Meja yang terisi' })
    const row = tables.getByRole('listitem').filter({ hasText: 'A2' }).first()
    await staysAfter(board, row.getByRole('button', { name: /^Tutup meja/ }), /^Tutup .*A2.*\?/)
    await board.waitForTimeout(NEXT_TAP_MS)
    await staysAfter(board, row.getByRole('button', { name: 'Ya, tutup' }))
    expect(await board.evaluate(() => document.activeElement?.closest('dialog') !== null)).toBe(true)
  })
})

test('A sheet that is closed gives the focus back to the button that opened it', async ({ browser }) => {
  const board = await openBoard(browser, shop.current)
  const guest = await orderedFrom(browser, 'B1')
  await expect(ticket(board, 'B1', column(board, 'Baru'))).toHaveCount(1)
  await guest.getByRole('link', { name: 'Kembali ke menu' }).click()
  for (const [way, close] of Object.entries(WAYS_TO_CLOSE)) {
    for (const name of [/^Meja$/, /habis/i, /^Terakhir/]) {
      await test.step(`${name} on the board, closed by ${way}`, () =>
        comesBack(board, board.getByRole('navigation').getByRole('button', { name }), close))
    }
    await test.step(`The settings of a phone, closed by ${way}`, () =>
      comesBack(guest, guest.getByRole('button', { name: 'Pengaturan' }), close))
  }
})

test('On the board the focus goes to the next card or row, never to the whole list', async ({ browser }) => {
  const board = await openBoard(browser, shop.current)
  for (const table of ['B2', 'B3', 'B4']) await orderedFrom(browser, table)
  const first = ticket(board, 'B2', column(board, 'Baru'))
  await expect(ticket(board, 'B4', column(board, 'Baru'))).toHaveCount(1)

  await test.step('A card that was accepted', async () => {
    await board.waitForTimeout(NEXT_TAP_MS)
    await first.getByRole('button', { name: /terima/i }).press('Enter')
    await expect(first).toHaveCount(0)
    await expect(ticket(board, 'B3', column(board, 'Baru'))).toBeFocused()
  })

  await test.step('The last card of a column', async () => {
    const cards = column(board, 'Baru').getByRole('article')
    while ((await cards.count()) > 0) {
      const before = await cards.count()
      await board.waitForTimeout(NEXT_TAP_MS)
      await cards
        .last()
        .getByRole('button', { name: /terima/i })
        .press('Enter')
      await expect(cards).toHaveCount(before - 1)
    }
    await expect(column(board, 'Baru').getByRole('heading').first()).toBeFocused()
  })

  await test.step('A table that was closed', async () => {
    await board.getByRole('button', { name: 'Meja', exact: true }).press('Enter')
    const rows = board.getByRole('dialog', { name: 'Meja yang terisi' }).getByRole('listitem')
    await expect(rows.nth(1)).toBeVisible()
    const before = await rows.count()
    const row = rows.first()
    const heading = await rows.nth(1).getByRole('heading').elementHandle()
    await row.getByRole('button', { name: /^Tutup meja/ }).press('Enter')
    await board.waitForTimeout(NEXT_TAP_MS)
    await row.getByRole('button', { name: 'Ya, tutup' }).press('Enter')
    await expect(rows).toHaveCount(before - 1)
    await expect.poll(() => heading?.evaluate((each) => each === document.activeElement)).toBe(true)
  })
})
