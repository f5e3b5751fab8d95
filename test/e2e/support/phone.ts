import { type Browser, expect, type Locator, type Page } from '@playwright/test'

export const LARGE_PHONE = { width: 390, height: 844 } as const
export const SMALL_PHONE = { width: 360, height: 740 } as const

/** A guest's phone with nothing on it yet. */
export async function newPhone(
  browser: Browser,
  viewport: { readonly width: number; readonly height: number } = LARGE_PHONE,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport, isMobile: true, hasTouch: true, ...options })
  return context.newPage()
}

/** Opens what the code says, and waits until the menu can be used. */
export async function scan(page: Page, url: string, tableLabel: string): Promise<void> {
  await page.goto(url)
  await expect(page.getByText(`Meja ${tableLabel} · `)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Pengaturan' })).toBeVisible()
  // The server has answered the scan, and the phone has stored whose it is.
  await expect
    .poll(async () =>
      (await readStore<{ key: string }>(page, 'settings')).some(({ key }) => key === 'customerId'),
    )
    .toBe(true)
}

export function plusOf(page: Page, itemName: string): Locator {
  return page.getByRole('button', { name: new RegExp(`^Tambah ${itemName}(,|$)`) }).first()
}

export async function add(page: Page, itemName: string): Promise<void> {
  await plusOf(page, itemName).click()
}

export async function openCart(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: /Lihat pesanan|Cek pesanan/ }).click()
  const cart = page.getByRole('dialog', { name: 'Pesanan Kakak' })
  await expect(cart).toBeVisible()
  return cart
}

/** Sends what is in the cart; the page with the orders opens. */
export async function order(page: Page): Promise<void> {
  const cart = await openCart(page)
  await cart.getByRole('button', { name: /Pesan sekarang/ }).click()
  await expect(page).toHaveURL(/\/orders$/)
}

export function headline(page: Page): Locator {
  return page.getByRole('heading', { level: 1 })
}

/** The phone has its signal back; what a real one tells its browser. */
export async function signalIsBack(page: Page): Promise<void> {
  await page.evaluate(() => window.dispatchEvent(new Event('online')))
}

/** The worker that lets the app open without signal has stored everything and answers for this page. */
export async function untilStoredForOffline(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
    if (navigator.serviceWorker.controller) return
    await new Promise((resolve) =>
      navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
    )
  })
}

/** All rows of a store in the phone's database. */
export function readStore<Row>(
  page: Page,
  store: 'outbox' | 'settings' | 'records',
  database = 'meja-customer',
): Promise<Row[]> {
  return page.evaluate(
    ([name, table]) =>
      new Promise<Row[]>((resolve, reject) => {
        const opening = indexedDB.open(name)
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const all = opening.result.transaction(table).objectStore(table).getAll()
          all.onerror = () => reject(all.error)
          all.onsuccess = () => {
            opening.result.close()
            resolve(all.result as Row[])
          }
        }
      }),
    [database, store] as const,
  )
}
