import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, expect, test } from '@playwright/test'
import sharp from 'sharp'
import { makeFolder } from '../support/meja-process.ts'
import { accept, openBoard, TABLET } from './support/board.ts'
import { browserArgs, findBrowser } from './support/chromium.ts'
import { add, headline, newPhone, order, scan } from './support/phone.ts'
import { shopOfThisFile } from './support/shop.ts'

const shop = shopOfThisFile()
const VIDEO = { width: 1280, height: 720 } as const

/** What the tablet's camera sees while `picture` is held before it, a little off the middle and not quite still. */
async function filmOf(picture: Buffer): Promise<string> {
  const shown = await sharp(picture).resize({ width: 620 }).rotate(2, { background: '#fff' }).toBuffer()
  const frames = await Promise.all(
    [0, 4, 9].map((px) =>
      sharp({ create: { ...VIDEO, channels: 3, background: '#c8c2ba' } })
        .composite([{ input: shown, left: 300 + px, top: 180 + px }])
        .jpeg({ quality: 85 })
        .toBuffer(),
    ),
  )
  const path = join(makeFolder('film'), 'guest.mjpeg')
  writeFileSync(path, Buffer.concat(frames))
  return path
}

test('A tablet without a reader of its own reads the bars on a guest’s phone by its camera', async ({
  browser,
}) => {
  test.setTimeout(120_000)
  const board = await openBoard(browser, shop.current)
  const phone = await newPhone(browser, { width: 390, height: 844 }, { deviceScaleFactor: 2 })
  await scan(phone, shop.current.scanUrl('A7'), 'A7')
  await add(phone, 'Americano')
  await order(phone)
  await accept(board, 'A7')

  const film = await test.step('The guest holds up the bars alone', async () => {
    await phone.getByRole('link', { name: 'Minta bon / Bayar' }).click()
    await phone.getByRole('link', { name: /^Bayar · Rp/ }).click()
    await phone.getByText('Tunai', { exact: true }).click()
    await phone.getByRole('button', { name: /di kasir$/ }).click()
    await expect(headline(phone)).toHaveText('Tunjukkan kode ini di kasir')
    // The bars have their white margins within them; an element is taken once it has stopped moving.
    return filmOf(await phone.locator('.pay-bars').screenshot())
  })

  const withCamera = await chromium.launch({
    executablePath: findBrowser(),
    args: [
      ...browserArgs,
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${film}`,
    ],
  })
  try {
    // A till that has just been set up: it reads the code before it has heard of any bill, and waits for it.
    const signedIn = await board.context().storageState()
    const till = await withCamera.newPage({
      locale: 'id-ID',
      timezoneId: 'Asia/Jakarta',
      viewport: TABLET,
      storageState: signedIn,
    })
    let feedMayCome = (): void => undefined
    const feedHeld = new Promise<void>((resolve) => {
      feedMayCome = resolve
    })
    await till.route(/\/api\/feed\b/, async (route) => {
      await feedHeld
      await route.continue()
    })
    await till.goto(`${shop.current.url}/staff/cashier`)
    await till.getByRole('button', { name: 'Pindai dengan kamera' }).click()
    await expect(till.getByText('Mencari kode…')).toBeVisible({ timeout: 30_000 })
    feedMayCome()
    await expect(till.getByRole('heading', { name: 'Meja A7' })).toBeVisible({ timeout: 30_000 })
    await expect(till.getByRole('button', { name: /tunai$/ })).toBeVisible()
  } finally {
    await withCamera.close()
  }
})
