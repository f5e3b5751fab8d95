import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type BrowserContext, chromium, expect, type Locator, test } from '@playwright/test'
import { makeFolder } from '../support/meja-process.ts'
import { browserArgs, findBrowser } from './support/chromium.ts'
import {
  add,
  headline,
  LARGE_PHONE,
  newPhone,
  openCart,
  order,
  readStore,
  scan,
  signalIsBack,
  untilStoredForOffline,
} from './support/phone.ts'
import { shopOfThisFile } from './support/shop.ts'

const shop = shopOfThisFile()

function openProfile(folder: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, {
    executablePath: findBrowser(),
    args: [...browserArgs],
    viewport: LARGE_PHONE,
    locale: 'id-ID',
    timezoneId: 'Asia/Jakarta',
  })
}

/** Ends every process of this profile at once, as a phone does that needs memory or loses its battery. */
function killProfile(folder: string): void {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder)) process.kill(Number(pid), 'SIGKILL')
    } catch {
      // It ended in between.
    }
  }
  for (const name of readdirSync(folder))
    if (name.startsWith('Singleton')) rmSync(join(folder, name), { force: true })
}

test('A browser killed right after "saved on this phone" still has the order, and sends it once', async () => {
  test.skip(process.platform !== 'linux', 'Finds the processes of a browser profile in /proc.')
  const folder = makeFolder('profile')
  const before = await openProfile(folder)
  const phone = before.pages()[0] ?? (await before.newPage())
  await scan(phone, shop.current.scanUrl('B1'), 'B1')
  await untilStoredForOffline(phone)
  await add(phone, 'Americano')
  await shop.current.stopServer()
  await order(phone)
  await expect(phone.getByText(/Tersimpan di HP ini/)).toBeVisible()
  killProfile(folder)
  await before.close().catch(() => undefined)

  const after = await openProfile(folder)
  const again = after.pages()[0] ?? (await after.newPage())
  await again.goto(`${shop.current.url}/orders`)
  await expect(headline(again)).toHaveText('Tersimpan, belum terkirim')
  await expect(again.getByText('Americano')).toBeVisible()
  await shop.current.startServer()
  await signalIsBack(again)
  await expect(headline(again)).toHaveText('Terkirim ke bar')
  await expect.poll(() => readStore(again, 'outbox')).toEqual([])
  expect(shop.current.orders('B1')).toHaveLength(1)
  await after.close()
  rmSync(folder, { recursive: true, force: true })
})

test('An order whose answer was lost is sent again and made once', async ({ browser }) => {
  const phone = await newPhone(browser)
  await scan(phone, shop.current.scanUrl('B2'), 'B2')
  await add(phone, 'Americano')
  let lost = 0
  await phone.context().route('**/api/commands/order.place', async (route) => {
    if (lost++ > 0) return route.continue()
    await route.fetch()
    await route.abort('connectionreset')
  })
  await order(phone)
  await expect(headline(phone)).toHaveText('Terkirim ke bar')
  await expect.poll(() => lost).toBe(2)
  await expect.poll(() => readStore(phone, 'outbox')).toEqual([])
  expect(shop.current.orders('B2')).toHaveLength(1)
})

test('Two tabs of one phone send one order', async ({ browser }) => {
  const first = await newPhone(browser)
  await scan(first, shop.current.scanUrl('B3'), 'B3')
  await add(first, 'Americano')
  const second = await first.context().newPage()
  await scan(second, shop.current.scanUrl('B3'), 'B3')
  const sends: Locator[] = []
  for (const page of [first, second])
    sends.push((await openCart(page)).getByRole('button', { name: /Pesan sekarang/ }))
  // Both in the same moment; a tap by coordinates would wait for the tab in the background to be drawn.
  await Promise.all(sends.map((send) => send.evaluate((button) => (button as HTMLButtonElement).click())))
  await expect.poll(() => shop.current.orders('B3')).toHaveLength(1)
  for (const page of [first, second]) await page.goto(`${shop.current.url}/orders`)
  for (const page of [first, second]) await expect(page.getByText('Americano')).toHaveCount(1)
  await expect.poll(() => readStore(first, 'outbox')).toEqual([])
  expect(shop.current.orders('B3')).toHaveLength(1)
})

test('An order that waited over half an hour asks before it is sent', async ({ browser }) => {
  const phone = await newPhone(browser)
  await scan(phone, shop.current.scanUrl('B4'), 'B4')
  await untilStoredForOffline(phone)
  await add(phone, 'Americano')
  // The phone keeps trying, as in a lift; only the server can tell that none of the tries arrived.
  await phone.context().route('**/api/**', (route) => route.abort())
  await order(phone)
  await phone.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('meja-customer')
        opening.onsuccess = () => {
          const store = opening.result.transaction('outbox', 'readwrite').objectStore('outbox')
          const all = store.getAll()
          all.onsuccess = () => {
            const agoMs = 31 * 60_000
            for (const row of all.result) {
              const { createdAtMs, keptAtMs } = row
              store.put({ ...row, createdAtMs: createdAtMs - agoMs, keptAtMs: keptAtMs - agoMs })
            }
          }
          store.transaction.oncomplete = () => {
            opening.result.close()
            resolve()
          }
        }
        opening.onerror = () => reject(opening.error)
      }),
  )
  await phone.context().unroute('**/api/**')
  await phone.reload()
  await expect(headline(phone)).toHaveText('Masih mau pesan ini?')
  await expect(
    phone.getByText('Sudah menunggu 31 menit di HP ini tanpa sinyal, jadi belum dikirim.'),
  ).toBeVisible()
  expect(shop.current.orders('B4')).toEqual([])
  await phone.getByRole('button', { name: 'Kirim sekarang' }).click()
  await expect(headline(phone)).toHaveText('Terkirim ke bar')
  expect(shop.current.orders('B4')).toHaveLength(1)
})

test('A visit that closes is gone from the phone, which finds nothing wrong with its storage', async ({
  browser,
}) => {
  const phone = await newPhone(browser)
  await phone.addInitScript(() => {
    const seen = new Set<string>()
    Object.assign(window, { storageNotices: seen })
    const look = () => {
      for (const { textContent } of document.querySelectorAll('.storage')) seen.add(textContent ?? '')
    }
    new MutationObserver(look).observe(document, { childList: true, subtree: true })
  })
  await scan(phone, shop.current.scanUrl('C1'), 'C1')
  await add(phone, 'Cappuccino')
  await order(phone)
  await expect(headline(phone)).toHaveText('Terkirim ke bar')
  const streams = async () =>
    new Set((await readStore<{ stream: string }>(phone, 'records')).map(({ stream }) => stream.split(':')[0]))
  const orderId = shop.current.orders('C1')[0]?.id ?? ''
  await shop.current.asHouse('order.accept', { orderId, readyInMinutes: 7 })
  await expect.poll(streams).toContain('visit')
  await shop.current.asHouse('visit.close', { visitId: shop.current.visitId('C1') })
  await expect(headline(phone)).toHaveText('Kunjungan ini sudah ditutup')
  await expect.poll(streams).not.toContain('visit')
  // Longer than a beat takes that would try again what failed.
  await phone.waitForTimeout(1500)
  expect(await streams()).toEqual(new Set(['customer', 'outlet']))
  const notices = await phone.evaluate(() => [
    ...(window as unknown as { storageNotices: Set<string> }).storageNotices,
  ])
  expect(notices).toEqual([])
})
