// Phones that may store nothing: the menu stays true, and nobody fills a cart in vain.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, expect, type Page, test } from '@playwright/test'
import { makeFolder } from '../support/meja-process.ts'
import { browserArgs, findBrowser } from './support/chromium.ts'
import { add, LARGE_PHONE, newPhone, openCart, plusOf } from './support/phone.ts'
import { shopOfThisFile } from './support/shop.ts'

const shop = shopOfThisFile()
const ONE_TAB = 'Pakai satu tab saja: kabar di tab itu tetap benar selama terbuka.'
const closed = {
  'fails as it is opened': () => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('Access is denied.', 'SecurityError')
    }
  },
  'is not there': () => Object.defineProperty(window, 'indexedDB', { value: undefined }),
}

/** What went wrong in the page without being caught, and how often its feed was asked. */
function watchPage(page: Page) {
  const seen = { errors: [] as string[], feeds: 0 }
  page.on('pageerror', ({ name, message }) => seen.errors.push(`${name}: ${message}`))
  page.on('request', (request) => {
    if (new URL(request.url()).pathname === '/api/feed') seen.feeds++
  })
  return seen
}

/** The barista says that an item is sold out, and its price changes; then both are taken back. */
async function seesTheNews(page: Page): Promise<void> {
  const outletId = await shop.current.outletId()
  const [latte, item] = [{ outletId, itemId: 'caffe-latte' }, page.getByText('Rp26.500')]
  await shop.current.asHouse('menu.sold_out', {
    outletId,
    itemId: 'croissant-mentega',
    until: 'told',
    minutes: null,
  })
  await expect(plusOf(page, 'Croissant Mentega')).toHaveCount(0)
  await shop.current.asHouse('menu.set_price', { ...latte, priceRp: 26_500 })
  await expect(item.first()).toBeVisible()
  await shop.current.asHouse('menu.set_price', { ...latte, priceRp: 28_000 })
  await expect(item).toHaveCount(0)
  await shop.current.asHouse('menu.back_on', { outletId, itemId: 'croissant-mentega' })
  await expect(plusOf(page, 'Croissant Mentega')).toBeVisible()
}

for (const [how, close] of Object.entries(closed)) {
  test(`A phone whose storage ${how} follows the menu, and says that nothing can be ordered from it`, async ({
    browser,
  }) => {
    const phone = await newPhone(browser)
    const seen = watchPage(phone)
    await phone.addInitScript(close)
    await phone.goto(shop.current.scanUrl('A1'))
    await expect(
      phone.getByText('HP ini tidak bisa menyimpan, jadi tidak bisa memesan dari sini.'),
    ).toBeVisible()
    await expect(phone.getByText(ONE_TAB)).toBeVisible()
    await seesTheNews(phone)
    // One for the menu, one for the guest whom the server has named meanwhile, and none for each piece of news.
    expect(seen.feeds).toBeLessThan(5)

    await add(phone, 'Americano')
    const cart = await openCart(phone)
    await expect(cart.getByText('Penyimpanan HP penuh atau diblokir')).toBeVisible()
    await cart.getByRole('button', { name: /Pesan sekarang/ }).click()
    await expect(cart.getByRole('alert')).toContainText('Pesanan belum terkirim')
    expect(shop.current.orders('A1')).toEqual([])

    await shop.current.stopServer()
    await phone.keyboard.press('Escape')
    await expect(phone.getByText('Belum tersambung ke kafe.', { exact: true })).toBeVisible()
    await expect(phone.getByText('menu tersimpan di HP ini')).toHaveCount(0)
    await shop.current.startServer()
    expect(seen.errors).toEqual([])
  })
}

for (const [locale, notice] of [
  ['id-ID', 'Cookie dan data situs diblokir untuk halaman ini, jadi tidak bisa memesan dari sini.'],
  ['en-US', 'Cookies and site data are blocked for this page, so nothing can be ordered from it.'],
] as const) {
  test(`A phone that blocks all cookies is told so at once, and reads a true menu (${locale})`, async () => {
    const folder = makeFolder('profile')
    mkdirSync(join(folder, 'Default'))
    const blocked = { profile: { default_content_setting_values: { cookies: 2 } } }
    writeFileSync(join(folder, 'Default', 'Preferences'), JSON.stringify(blocked))
    const context = await chromium.launchPersistentContext(folder, {
      executablePath: findBrowser(),
      args: [...browserArgs],
      viewport: LARGE_PHONE,
      locale,
      timezoneId: 'Asia/Jakarta',
    })
    const phone = await context.newPage()
    const seen = watchPage(phone)
    await phone.goto(shop.current.scanUrl('A2'))
    await expect(phone.getByText(notice)).toBeInViewport()
    if (locale === 'id-ID') await seesTheNews(phone)
    await expect.poll(() => seen.feeds).toBeGreaterThan(0)
    expect(seen.errors).toEqual([])
    await context.close()
    rmSync(folder, { recursive: true, force: true })
  })
}
