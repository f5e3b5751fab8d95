import { createHash } from 'node:crypto'
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { makeFolder } from '../support/meja-process.ts'
import { keepAsBuilt } from './support/build-pages.ts'
import {
  add,
  headline,
  newPhone,
  openCart,
  order,
  plusOf,
  scan,
  signalIsBack,
  untilStoredForOffline,
} from './support/phone.ts'
import { shopOfThisFile } from './support/shop.ts'

const shop = shopOfThisFile()
const NEXT = 'meja-next-build'

/** The pages as the next version would have them: another shell, and a worker that lists it. */
function nextBuild(): string {
  const dist = makeFolder('e2e-next')
  cpSync(process.env.E2E_DIST ?? '', dist, { recursive: true })
  const page = join(dist, 'index.html')
  const html = readFileSync(page, 'utf8').replace('<head>', `<head><meta name="${NEXT}" content="1">`)
  writeFileSync(page, html)
  const worker = join(dist, 'sw.js')
  const revision = createHash('md5').update(html).digest('hex')
  const changed = readFileSync(worker, 'utf8').replace(
    /\{"revision":"[0-9a-f]+","url":"index\.html"\}/,
    `{"revision":"${revision}","url":"index.html"}`,
  )
  writeFileSync(worker, changed)
  keepAsBuilt(dist)
  return dist
}

const isNext = (page: Page) => page.locator(`meta[name="${NEXT}"]`).count()

test('On the second visit menu and orders open without any signal', async ({ browser }) => {
  const phone = await newPhone(browser)
  await scan(phone, shop.current.scanUrl('B5'), 'B5')
  await untilStoredForOffline(phone)
  await add(phone, 'Americano')
  await order(phone)
  await expect(headline(phone)).toHaveText('Terkirim ke bar')
  await shop.current.stopServer()

  await phone.goto(shop.current.scanUrl('B5'))
  await expect(phone.getByText('Meja B5 · Mojopahit')).toBeVisible()
  await expect(plusOf(phone, 'Cappuccino')).toBeVisible()
  await expect(phone.getByText('Belum tersambung ke kafe · menu tersimpan di HP ini')).toBeVisible()
  await phone.goto(`${shop.current.url}/orders`)
  await expect(phone.getByText('Americano')).toBeVisible()
  await expect(
    phone.getByText(/Belum tersambung ke kafe\. Yang terlihat adalah kabar terakhir/),
  ).toBeVisible()
  await shop.current.startServer()
  await signalIsBack(phone)
  await expect(phone.getByText(/Belum tersambung ke kafe/)).toHaveCount(0)
})

test('An outlet’s address that is opened without signal for the first time says so, and opens by itself later', async ({
  browser,
}) => {
  const phone = await newPhone(browser)
  await scan(phone, shop.current.scanUrl('B7'), 'B7')
  await untilStoredForOffline(phone)
  await shop.current.stopServer()

  await phone.goto(`${shop.current.url}/o/multatuli`)
  await expect(headline(phone)).toHaveText('Menu ini belum bisa dibuka')
  await expect(phone.getByText(/belum tersambung dan belum pernah membuka menu outlet ini/)).toBeVisible()
  await expect(phone.getByRole('link', { name: 'Baca menunya dulu' })).toBeVisible()
  await shop.current.startServer()
  await signalIsBack(phone)
  await expect(
    plusOf(phone, 'Americano')
      .or(phone.getByRole('heading', { name: 'Multatuli' }))
      .first(),
  ).toBeVisible()
  expect(new URL(phone.url()).pathname).toBe('/o/multatuli')
})

test('A new version is offered, never forced, and not while a cart holds something', async ({ browser }) => {
  const phone = await newPhone(browser)
  await scan(phone, shop.current.scanUrl('B6'), 'B6')
  await untilStoredForOffline(phone)
  await add(phone, 'Americano')
  const next = nextBuild()
  await shop.current.stopServer()
  await shop.current.startServer(next)
  await phone.evaluate(() => {
    Object.assign(window, { isSamePage: true })
  })
  await phone.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready
    await registration.update()
  })
  await expect
    .poll(() => phone.evaluate(async () => (await navigator.serviceWorker.ready).waiting?.state))
    .toBe('installed')

  await test.step('With something in the cart nothing is offered and nothing is lost', async () => {
    await expect(phone.getByText('Versi baru sudah siap.')).toHaveCount(0)
    expect(await phone.evaluate(() => 'isSamePage' in window)).toBe(true)
    expect(await isNext(phone)).toBe(0)
  })

  await test.step('With an empty cart it is offered, and comes with one tap', async () => {
    const cart = await openCart(phone)
    await cart.getByRole('button', { name: 'Keluarkan Americano' }).click()
    await phone.keyboard.press('Escape')
    await expect(phone.getByText('Versi baru sudah siap.')).toBeVisible()
    expect(await phone.evaluate(() => 'isSamePage' in window)).toBe(true)
    await phone.getByRole('button', { name: 'Muat ulang' }).click()
    await expect.poll(() => isNext(phone)).toBe(1)
    await expect(phone.getByText('Meja B6 · Mojopahit')).toBeVisible()
  })
  rmSync(next, { recursive: true, force: true })
})
