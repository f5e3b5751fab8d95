import { expect, type Page, test } from '@playwright/test'
import { formatClock } from '#shared/kernel/time.ts'
import type { PaymentSettingsRecord } from '#shared/payment/payment-settings.ts'
import { decodeWithBoth, rasterisePicture } from '../support/decode.ts'
import { axeIn } from './support/axe.ts'
import { accept, column, openBoard, tap, tapNew, ticket } from './support/board.ts'
import {
  add,
  headline,
  LARGE_PHONE,
  newPhone,
  openCart,
  order,
  SMALL_PHONE,
  scan,
  untilStoredForOffline,
} from './support/phone.ts'
import { shopOfThisFile } from './support/shop.ts'

const shop = shopOfThisFile()

async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await axeIn(page).analyze()
  expect.soft(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')}`)).toEqual([])
}

/** The texts of the codes that a camera sees on this screen. */
async function codesOnScreen(page: Page): Promise<string[]> {
  const codes = await decodeWithBoth(await rasterisePicture(await page.screenshot({ fullPage: true })))
  return codes.map((code) => code.text)
}

/** A card of a pick-up on the board, wherever it stands. */
function pickupTicket(board: Page, code: string) {
  return board.getByRole('article', { name: new RegExp(`ambil ${code}(, .*)?$`) })
}

async function payByPractice(phone: Page): Promise<void> {
  await phone.getByRole('link', { name: /^Bayar Rp/ }).click()
  await expect(phone).toHaveURL(/\/pay\?/)
  await phone.getByRole('button', { name: /^Bayar Rp[\d.]+ dengan QRIS$/ }).click()
  await expect(headline(phone)).toHaveText('Pindai kode ini')
  await phone.getByRole('button', { name: 'Mainkan: bayar' }).click()
  await expect(headline(phone)).toHaveText('Terbayar')
}

/** A free time 16 to 26 minutes ahead: too early to begin two coffees, late enough to say "I'm here". */
function timeLaterToday(): string {
  const gridMs = 10 * 60_000
  const atMs = Math.ceil((Date.now() + 16 * 60_000) / gridMs) * gridMs
  return formatClock(atMs, 'Asia/Jakarta')
}

test('A pre-order is made from home, paid, quoted, and picked up by its code', async ({ browser }) => {
  test.setTimeout(150_000)
  const board = await openBoard(browser, shop.current)
  const phone = await newPhone(browser, SMALL_PHONE)

  await test.step('From the list of outlets to a free time, without any code', async () => {
    await phone.goto(`${shop.current.url}/`)
    await phone.getByRole('link', { name: /Mojopahit/ }).click()
    await phone.getByRole('button', { name: /Atur jam/ }).click()
    const sheet = phone.getByRole('dialog', { name: 'Mau diambil kapan?' })
    await expect(sheet.getByRole('radio', { name: /^Secepatnya/ })).toBeChecked()
    await expectNoViolations(phone)
    await sheet.getByText(timeLaterToday(), { exact: true }).first().click()
    await sheet.getByRole('button', { name: 'Selesai' }).click()
  })

  await test.step('The same menu and cart, with a name to call', async () => {
    await add(phone, 'Americano')
    await add(phone, 'Cappuccino')
    const cart = await openCart(phone)
    await cart.getByLabel('Nama panggilan').fill('Rina')
    await expectNoViolations(phone)
    await cart.getByRole('button', { name: /^Pesan untuk diambil/ }).click()
    await expect(phone).toHaveURL(/\/pickup\/ord_/)
    await expect(headline(phone)).toHaveText('Bayar dulu, baru kami buat')
    await expect(phone.getByText(/^Waktu bayar 1[45]:\d\d lagi$/)).toBeVisible()
    await expectNoViolations(phone)
  })

  await test.step('The board knows of it quietly, and nobody can take it yet', async () => {
    await expect(board.getByRole('button', { name: /^1 menunggu pembayaran/ })).toBeVisible()
    await expect(column(board, 'Baru').getByRole('article')).toHaveCount(0)
  })

  const page = phone.url()
  let code = ''
  await test.step('Paid, it has a time, a number and a code that also opens without a network', async () => {
    await payByPractice(phone)
    await phone.getByRole('link', { name: 'Lihat kode ambil' }).click()
    await expect(headline(phone)).toHaveText('Terkirim ke bar')
    code =
      (await phone
        .getByRole('region', { name: 'Kode ambil' })
        .getByText(/^\d{3}$/)
        .textContent()) ?? ''
    const [text] = await codesOnScreen(phone)
    expect(page.endsWith(`/${text}`)).toBe(true)
    const qr = await phone
      .getByRole('img', { name: `Kode ambil ${code}, untuk dipindai barista` })
      .boundingBox()
    expect(qr?.width).toBeGreaterThanOrEqual(240)
    await expectNoViolations(phone)
    await untilStoredForOffline(phone)
    await phone.context().setOffline(true)
    await phone.reload()
    await expect(phone.getByText(code, { exact: true })).toBeVisible()
    expect(await codesOnScreen(phone)).toEqual([text])
    await phone.context().setOffline(false)
    await phone.reload()
  })

  await test.step('The bar accepts it for its time, and says so to the phone', async () => {
    await pickupTicket(board, code)
      .getByRole('button', { name: /Terima/ })
      .click()
    await expect(board.getByRole('button', { name: /^Untuk nanti: 1/ })).toBeVisible()
    await expect(headline(phone)).toHaveText('Disetujui, menunggu jamnya')
  })

  await test.step('Who is here already is not kept waiting for the time', async () => {
    await phone.getByRole('button', { name: 'Saya sudah di sini' }).click()
    await expect(phone.getByText(/^Barista tahu Kakak sudah di sini sejak/)).toBeVisible()
    await expect(board.getByRole('button', { name: /^Tamu sudah di sini/ })).toBeVisible()
    const card = pickupTicket(board, code)
    await card.getByRole('button', { name: 'Mulai', exact: true }).click()
    await tapNew(card.getByRole('button', { name: 'Siap', exact: true }))
    await expect(headline(phone)).toHaveText('Siap diambil!')
  })

  await test.step('Handed over by the number that the guest says', async () => {
    await board.getByRole('button', { name: /^Serahkan: pindai/ }).click()
    const sheet = board.getByRole('dialog', { name: 'Serahkan pesanan' })
    await sheet.getByLabel('Nomor ambil').fill(code === '999' ? '998' : '999')
    await sheet.getByRole('button', { name: 'Cari' }).click()
    await expect(sheet.getByText(/^Tidak ada pesanan ambil/)).toBeVisible()
    await sheet.getByLabel('Nomor ambil').fill(code)
    await sheet.getByRole('button', { name: 'Cari' }).click()
    await expect(sheet.getByText('Rina')).toBeVisible()
    await sheet.getByRole('button', { name: 'Serahkan', exact: true }).click()
    await expect(headline(phone)).toHaveText('Selamat menikmati')
    expect(shop.current.rows('SELECT status FROM orders')).toEqual([{ status: 'served' }])
  })
})

test('A table that pays first comes to the board when its money has come, and needs no other proof', async ({
  browser,
}) => {
  test.setTimeout(120_000)
  const outletId = await shop.current.outletId()
  const [row] = shop.current.rows<{ body: string }>(
    "SELECT body FROM records WHERE kind = 'payment_settings' AND id = ?",
    outletId,
  )
  const record = JSON.parse(row?.body ?? '') as PaymentSettingsRecord
  const { id: _id, rev: _rev, outletNumber: _number, isStaticQrisDoubtful: _doubtful, ...settings } = record
  const payWhen = { ...settings.payWhen, table: 'first' as const }
  await shop.current.asHouse('outlet.set_payment', { outletId, settings: { ...settings, payWhen } })

  const board = await openBoard(browser, shop.current)
  const phone = await newPhone(browser, LARGE_PHONE)
  await scan(phone, shop.current.scanUrl('B1'), 'B1')
  await add(phone, 'Americano')
  await order(phone)
  await expect(headline(phone)).toHaveText('Bayar dulu, baru kami buat')
  await expectNoViolations(phone)
  await expect(board.getByRole('button', { name: /menunggu pembayaran/ })).toContainText('B1')
  await expect(ticket(board, 'B1')).toHaveCount(0)

  await payByPractice(phone)
  await phone.getByRole('link', { name: 'Lihat pesanan' }).click()
  await expect(headline(phone)).toHaveText(/Terkirim ke bar|Sudah dilihat barista/)
  await expect(ticket(board, 'B1', column(board, 'Baru'))).toHaveCount(1)
  await accept(board, 'B1')
  await tap(board, 'Diracik', 'B1', 'Mulai')
  await tap(board, 'Diracik', 'B1', 'Siap')
  await tap(board, 'Siap', 'B1', 'Sudah diantar')
  await expect(headline(phone)).toHaveText('Selamat menikmati')
  const [visit] = shop.current.rows<{ state: string }>(
    "SELECT json_extract(body, '$.state') AS state FROM records WHERE kind = 'visit_phone' AND json_extract(body, '$.tableLabel') = 'B1'",
  )
  expect(visit).toEqual({ state: 'admitted' })
})
