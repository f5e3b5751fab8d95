// Phones that may store nothing: the menu stays true, and nobody fills a cart in vain.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, expect, type Locator, type Page, test } from '@playwright/test'
import { makeFolder } from '../support/meja-process.ts'
import { browserArgs, findBrowser } from './support/chromium.ts'
import { add, LARGE_PHONE, newPhone, openCart, order, plusOf, SMALL_PHONE, scan } from './support/phone.ts'
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

/** What the notice about the storage says to whoever asks what can be done. */
async function openNotice(page: Page): Promise<void> {
  await page.getByText('Yang bisa dilakukan').click()
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
    await openNotice(phone)
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
  await openNotice(next)
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

/** Another page of this phone, whose transaction keeps all others out. Answers how to let go. */
async function holdStorage(phone: Page): Promise<() => Promise<void>> {
  const holder = await phone.context().newPage()
  await holder.goto(`${shop.current.url}/healthz`)
  await holder.evaluate(async () => {
    const opening = indexedDB.open('meja-customer')
    await new Promise((resolve) => opening.addEventListener('success', resolve))
    const stores = ['settings', 'outbox', 'records', 'cursors']
    const settings = opening.result.transaction(stores, 'readwrite').objectStore('settings')
    const goOn = () => {
      settings.get('none').onsuccess = goOn
    }
    goOn()
  })
  await phone.bringToFront()
  return () => holder.close()
}

test('A phone whose storage another page holds reads the menu, is told why, and goes on by itself', async ({
  browser,
}) => {
  const before = await newPhone(browser)
  const context = before.context()
  await scan(before, shop.current.scanUrl('A4'), 'A4')
  const letGo = await holdStorage(before)
  const open = async (path: string) => {
    const page = await context.newPage()
    await page.goto(new URL(path, shop.current.url).href)
    return page
  }
  const [menu, orders, start] = [
    await open(shop.current.scanUrl('A4')),
    await open('/orders'),
    await open('/'),
  ]
  await before.close()
  const outlets = start.getByRole('list', { name: 'Outlet' })
  await expect(outlets).toBeVisible()
  const words = 'Penyimpanan HP ini belum menjawab'
  for (const page of [menu, orders, start]) await expect(page.getByText(words)).toBeVisible()
  await expect(orders.getByRole('heading', { name: 'Pesanan tidak bisa dilihat sekarang' })).toBeVisible()
  await add(menu, 'Americano')
  const cart = await openCart(menu)
  await expect(cart.getByRole('button', { name: /Pesan sekarang/ })).toBeDisabled()

  await letGo()
  for (const page of [menu, orders, start]) await expect(page.getByText(words)).toHaveCount(0)
  await expect(outlets).toBeVisible()
  await cart.getByRole('button', { name: /Pesan sekarang/ }).click()
  await expect(menu).toHaveURL(/\/orders$/)
  await expect.poll(() => shop.current.orders('A4').length).toBe(1)
  // Only by then has whatever the storage answered been drawn.
  await expect(outlets).toBeVisible()
})

test('That a cancelling was not kept is said until the order changes', async ({ browser }) => {
  const phone = await newPhone(browser)
  await scan(phone, shop.current.scanUrl('A5'), 'A5')
  await add(phone, 'Americano')
  await order(phone)
  await phone.getByRole('button', { name: /^Batalkan pesanan/ }).click()
  const letGo = await holdStorage(phone)
  const sheet = phone.getByRole('dialog')
  await sheet.getByRole('button', { name: 'Ya, batalkan' }).click()
  const failure = sheet.getByRole('alert')
  await expect(failure).toContainText('Permintaan tidak terkirim', { timeout: 20_000 })
  await letGo()
  const [placed] = shop.current.orders('A5')
  await shop.current.asHouse('order.accept', { orderId: placed?.id ?? '', readyInMinutes: 7 })
  await expect(failure).toHaveCount(0)
  // As the order is now: it is the barista who decides.
  await sheet.getByRole('button', { name: 'Minta dibatalkan' }).click()
  await expect(sheet).toHaveCount(0)
  await expect(phone.getByText('Minta dibatalkan: menunggu jawaban barista.')).toBeVisible()
})

/** Where it stands on the screen. */
async function placeOf(locator: Locator) {
  const { y = Number.NaN, height = Number.NaN } = (await locator.boundingBox()) ?? {}
  return { top: y, bottom: y + height }
}

test('On a small phone the storage’s trouble moves nothing, and the one thing to do is in reach', async ({
  browser,
}) => {
  const phone = await newPhone(browser, SMALL_PHONE)
  await phone.addInitScript(silence)
  await phone.goto(`${shop.current.url}/orders`)
  const title = phone.getByRole('heading', { name: 'Pesanan Kakak' })
  const before = await placeOf(title)
  const notice = phone.getByText('Penyimpanan HP ini belum menjawab')
  await expect(notice).toBeInViewport({ ratio: 1 })
  expect(await placeOf(title)).toEqual(before)
  await expect(phone.getByText('Pesanan dari HP ini tetap ada')).toBeInViewport({ ratio: 1 })
  const reload = phone.getByRole('button', { name: 'Muat ulang' })
  await expect(reload).toBeInViewport({ ratio: 1 })
  const loaded = phone.waitForEvent('load')
  await reload.click({ timeout: 2000 })
  await loaded
})

test('On a small phone the notice covers neither the cart nor the end of the menu', async ({ browser }) => {
  const phone = await newPhone(browser, SMALL_PHONE)
  await phone.addInitScript(closed['fails as it is opened'])
  await phone.goto(shop.current.scanUrl('A1'))
  const notice = phone.locator('.storage')
  await expect(notice.getByText('HP ini tidak bisa menyimpan')).toBeInViewport({ ratio: 1 })
  await add(phone, 'Americano')
  const cart = await placeOf(phone.getByRole('button', { name: /Lihat pesanan/ }))
  expect((await placeOf(notice)).bottom).toBeLessThanOrEqual(cart.top)
  await openNotice(phone)
  await phone.evaluate(() => window.scrollTo(0, document.body.scrollHeight))
  const last = phone.getByRole('button', { name: /^Tambah / }).last()
  await expect.poll(async () => (await placeOf(last)).bottom).toBeLessThan((await placeOf(notice)).top)
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
