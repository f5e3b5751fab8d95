import { type Browser, expect, type Locator, type Page, test } from '@playwright/test'
import { column, openBoard, tap, ticket } from './support/board.ts'
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

/** The button goes away when it is pressed by keyboard; the focus must not go with it. */
async function staysAfter(page: Page, button: Locator, text = /./): Promise<void> {
  const element = await button.elementHandle()
  await button.press('Enter')
  await expect.poll(() => element?.evaluate((each) => each.isConnected)).toBe(false)
  await expect.poll(async () => (await focused(page)).tag).not.toBe('BODY')
  expect((await focused(page)).text).toMatch(text)
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
    await staysAfter(board, row.getByRole('button', { name: 'Ya, tutup' }))
    expect(await board.evaluate(() => document.activeElement?.closest('dialog') !== null)).toBe(true)
  })
})
