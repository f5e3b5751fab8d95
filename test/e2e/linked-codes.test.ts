import { expect, type Page, test } from '@playwright/test'
import { TABLET } from './support/board.ts'
import { untilStoredForOffline } from './support/phone.ts'
import { shopOfThisFile } from './support/shop.ts'

const shop = shopOfThisFile()

/** The worker of the staff's pages answers for this page, where that of the guests' pages did so far. */
async function untilStaffWorkerAnswers(page: Page): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => navigator.serviceWorker.controller?.scriptURL))
    .toMatch(/\/staff\/sw\.js$/)
}

/** What a reload would wipe away. */
const mark = (page: Page) => page.evaluate(() => Object.assign(window, { isSamePage: true }))
const isMarked = (page: Page) => page.evaluate(() => 'isSamePage' in window)

test('A printed set-up link keeps its code and its outlet, also where the guest’s page was opened first', async ({
  browser,
}) => {
  const page = await (await browser.newContext({ viewport: TABLET })).newPage()
  await page.goto(shop.current.url)
  await untilStoredForOffline(page)

  const code = page.getByLabel('Kode penyiapan')
  const outlet = page.getByRole('radio', { name: 'Mojopahit' })
  await page.goto(`${shop.current.url}/staff/setup#code=${shop.current.setupCode}&outlet=mojopahit`)
  await expect(code).toHaveValue(shop.current.setupCode)
  await mark(page)
  await page.getByLabel('Nama Anda').fill('Bu Ratna')

  await test.step('The staff page’s first worker is no update', async () => {
    await untilStaffWorkerAnswers(page)
    // A reload would follow at once.
    await page.waitForTimeout(500)
    expect(await isMarked(page)).toBe(true)
    await expect(page.getByLabel('Nama Anda')).toHaveValue('Bu Ratna')
  })

  await test.step('The code is not in the address, and a reload keeps it', async () => {
    expect(page.url()).not.toContain('code')
    await page.reload()
    await expect(code).toHaveValue(shop.current.setupCode)
    await expect(outlet).toBeChecked()
  })

  await test.step('Used, it is kept no longer', async () => {
    await page.getByLabel('Nama Anda').fill('Bu Ratna')
    await page.getByLabel('PIN 6 angka').fill('471190')
    await page.getByLabel('Ulangi PIN').fill('471190')
    await page.getByRole('button', { name: 'Siapkan dan buka papan' }).click()
    await expect(page.getByRole('heading', { name: 'Mojopahit', level: 1 })).toBeVisible()
    const kept = await page.evaluate(() => Object.keys(sessionStorage))
    expect(kept.filter((key) => key.includes('code'))).toEqual([])
  })
})

test('A device’s link keeps its code in the same way', async ({ browser }) => {
  const page = await (await browser.newContext({ viewport: TABLET })).newPage()
  await page.goto(shop.current.url)
  await untilStoredForOffline(page)

  const code = page.getByLabel('Kode perangkat')
  await page.goto(`${shop.current.url}/staff/enrol#code=K7PM-2XQD`)
  await expect(code).toHaveValue('K7PM-2XQD')
  await mark(page)
  await untilStaffWorkerAnswers(page)
  await page.waitForTimeout(500)
  expect(await isMarked(page)).toBe(true)
  await page.reload()
  await expect(code).toHaveValue('K7PM-2XQD')
})
