// Phones that may store nothing: the menu stays true, and nobody fills a cart in vain.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, expect, type Page, test } from '@playwright/test'
import { makeFolder } from '../support/meja-process.ts'
import { browserArgs, findBrowser } from './support/chromium.ts'
import { add, LARGE_PHONE, newPhone, openCart, order, plusOf, scan } from './support/phone.ts'
import { shopOfThisFile } from './support/shop.ts'

const shop = shopOfThisFile()
const EARLIER = 'masih bisa terkirim: tanya barista sebelum memesan lagi.'
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
    await expect(phone.getByText(EARLIER)).toBeVisible()
    await seesTheNews(phone)
    // One for the menu, one for the guest whom the server has named meanwhile, and none for each piece of news.
    expect(seen.feeds).toBeLessThan(5)

    await add(phone, 'Americano')
    const cart = await openCart(phone)
    await expect(cart.getByText('Pesanan tidak bisa dikirim dari sini')).toBeVisible()
    await expect(cart.getByRole('button', { name: /Pesan sekarang/ })).toBeDisabled()

    await shop.current.stopServer()
    await phone.keyboard.press('Escape')
    await expect(phone.getByText('Belum tersambung ke kafe.', { exact: true })).toBeVisible()
    await expect(phone.getByText('menu tersimpan di HP ini')).toHaveCount(0)
    await shop.current.startServer()
    expect(seen.errors).toEqual([])
  })
}

/** Wishes to open are left unanswered until `answerStorage` is called. */
function silence(): void {
  const open = IDBFactory.prototype.open
  const left: (() => void)[] = []
  let isSilent = true
  IDBFactory.prototype.open = function (...asked) {
    if (!isSilent) return open.apply(this, asked)
    const stand: Record<string, unknown> = {}
    left.push(() => {
      const real = open.apply(this, asked)
      for (const key of ['result', 'transaction'] as const) {
        Object.defineProperty(stand, key, { get: () => real[key] })
      }
      for (const type of ['onsuccess', 'onerror', 'onupgradeneeded', 'onblocked'] as const) {
        real[type] = (event: Event) => (stand[type] as ((event: Event) => void) | undefined)?.(event)
      }
    })
    return stand as unknown as IDBOpenDBRequest
  }
  const answerStorage = () => {
    isSilent = false
    for (const answer of left) answer()
  }
  Object.assign(window, { answerStorage })
}

test('An order kept on the phone is not denied where the next page cannot see it, and is there once it can', async ({
  browser,
}) => {
  const phone = await newPhone(browser)
  const context = phone.context()
  await scan(phone, shop.current.scanUrl('A3'), 'A3')
  await add(phone, 'Americano')
  await context.route('**/api/commands/order.place', (route) => route.abort())
  await order(phone)
  await expect(phone.getByText('Tersimpan, belum terkirim').first()).toBeVisible()
  await phone.close()

  const next = await context.newPage()
  const seen = watchPage(next)
  await next.addInitScript(silence)
  await next.goto(`${shop.current.url}/orders`)
  await expect(next.getByText('Penyimpanan HP ini belum menjawab')).toBeVisible({ timeout: 10_000 })
  await expect(next.getByText(EARLIER)).toBeVisible()
  await expect(next.getByRole('heading', { name: 'Pesanan tidak bisa dilihat sekarang' })).toBeVisible()
  await expect(next.getByText('Belum ada pesanan')).toHaveCount(0)

  await next.evaluate('answerStorage()')
  await expect(next.getByText('Tersimpan, belum terkirim').first()).toBeVisible()
  await expect(next.getByText(EARLIER)).toHaveCount(0)
  await context.unrouteAll()
  await expect.poll(() => shop.current.orders('A3').length, { timeout: 20_000 }).toBe(1)
  expect(seen.errors).toEqual([])
})

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
