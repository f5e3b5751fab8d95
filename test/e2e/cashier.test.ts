import { expect, type Locator, type Page, test } from '@playwright/test'
import { FakePrinter } from '../support/printer.ts'
import { accept, openBoard } from './support/board.ts'
import { add, newPhone, order, scan } from './support/phone.ts'
import { OWNER, shopOfThisFile } from './support/shop.ts'

const shop = shopOfThisFile()

/**
 * The digits of a hand scanner: faster than anybody types, with Enter behind them. A busy machine may press
 * the keys slower than any scanner does, which is rightly taken for typing; then they are pressed again.
 */
async function scanByHand(page: Page, code: string, heard: Locator): Promise<void> {
  await expect(async () => {
    await page.keyboard.type(code)
    await page.keyboard.press('Enter')
    await expect(heard).toBeVisible({ timeout: 2000 })
  }).toPass({ timeout: 20_000 })
}

async function pinOf(page: Page, pin: string): Promise<void> {
  await expect(page.getByText(`PIN ${OWNER.name}`)).toBeVisible()
  await page.keyboard.type(pin)
}

/** The payment code of the table's bill, as it stands in the books. */
function codeOf(tableLabel: string): string {
  const [row] = shop.current.rows<{ body: string }>(
    `SELECT body FROM records WHERE kind = 'bill' AND body LIKE '%"tableLabel":"' || ? || '"%'`,
    tableLabel,
  )
  return row ? (JSON.parse(row.body) as { code: string }).code : ''
}

test('A cashier takes cash by a scanned code and QRIS on the tablet, prints, gives money back and closes the day', async ({
  browser,
}) => {
  test.setTimeout(150_000)
  const printer = await FakePrinter.open()
  const page = await openBoard(browser, shop.current)
  const phone = await newPhone(browser)
  await scan(phone, shop.current.scanUrl('A7'), 'A7')
  await add(phone, 'Americano')
  await add(phone, 'Cappuccino')
  await order(phone)
  await accept(page, 'A7')

  await test.step('The manager names the printer and tries it out', async () => {
    await page.goto(`${shop.current.url}/staff/manager/payment`)
    await page.getByLabel('Alamat printer').fill(printer.address)
    await page.getByRole('button', { name: 'Simpan printer' }).click()
    await page.getByRole('button', { name: 'Cetak percobaan' }).click()
    await expect(page.getByText(/^Tercetak/)).toBeVisible()
    expect(printer.text()).toContainEqual(expect.stringMatching(/^Cetak percobaan/))
  })

  await test.step('A table that has not asked for its bill is there, and pays half by QRIS', async () => {
    await page.goto(`${shop.current.url}/staff/cashier`)
    await page.getByRole('button', { name: /^A7/ }).click()
    await expect(page.getByText('Meja ini belum minta bon.')).toBeVisible()
    await page.getByText('Bagi rata', { exact: true }).click()
    await page.getByText('QRIS', { exact: true }).click()
    await page.getByRole('button', { name: 'Buat kode QRIS Rp24.750' }).click()
    const screen = page.getByRole('dialog', { name: 'Minta tamu memindai' })
    await expect(screen.getByRole('img', { name: /Kode QRIS untuk/ })).toBeVisible()
    await screen.getByRole('button', { name: /SIMULASI/ }).click()
    await expect(screen.getByText('Sudah dibayar: Rp24.750')).toBeVisible()
    await screen.getByRole('button', { name: 'Selesai' }).click()
    await expect(page.getByText('Sisa Rp24.750')).toBeVisible()
  })

  await test.step('A wrong digit is said at once; a scanner is heard wherever the focus is', async () => {
    const code = codeOf('A7')
    expect(code).toMatch(/^7\d{11}$/)
    const field = page.getByLabel('Kode pembayaran')
    const wrong = `${code.slice(0, 11)}${(Number(code[11]) + 1) % 10}`
    await field.fill(wrong)
    await expect(page.getByText('Ada angka yang salah')).toBeVisible()
    await field.fill('')
    await page.goto(`${shop.current.url}/staff/cashier`)
    await page.getByRole('button', { name: /^Selesai/ }).focus()
    await scanByHand(page, code, page.getByRole('heading', { name: 'Meja A7' }))
  })

  await test.step('Cash is rounded, counted, and its change shown large; the receipt is printed, then a copy', async () => {
    await page.getByRole('button', { name: '+50.000' }).click()
    await expect(page.getByText('Rp25.200')).toBeVisible()
    await page.getByRole('button', { name: 'Terima Rp24.800 tunai' }).click()
    await expect(page.getByText('Meja ini lunas')).toBeVisible()
    await page.getByRole('button', { name: 'Cetak struk' }).click()
    await expect(page.getByText(/^Tercetak/).first()).toBeVisible()
    expect(printer.text()).toContain('LUNAS (SEBAGIAN SIMULASI)')
    await page.getByRole('button', { name: 'Cetak ulang' }).click()
    await expect.poll(() => printer.text()).toContain('CETAK ULANG ke-1')
  })

  await test.step('Scanned again, the code says that it is paid', async () => {
    await page.getByRole('button', { name: 'Selesai', exact: true }).click()
    await scanByHand(page, codeOf('A7'), page.getByText('Bon ini sudah lunas. Tidak ada yang perlu ditagih.'))
  })

  await test.step('Money goes back only with a reason and a manager’s PIN', async () => {
    await page.getByRole('button', { name: /^Tindakan lain untuk Tunai/ }).click()
    await page.getByRole('button', { name: 'Kembalikan uang' }).click()
    const sheet = page.getByRole('dialog', { name: 'Kembalikan uang' })
    await sheet.getByLabel('Jumlah', { exact: true }).fill('4.800')
    await sheet.getByRole('button', { name: 'Lanjut ke PIN' }).click()
    await expect(sheet.getByText('Tulis alasannya, paling sedikit tiga huruf.')).toBeVisible()
    await sheet.getByText('Kelebihan bayar').click()
    await sheet.getByRole('checkbox', { name: /^Akan dibayar lagi dengan cara lain/ }).check()
    await sheet.getByRole('button', { name: 'Lanjut ke PIN' }).click()
    await pinOf(page, '000001')
    await expect(sheet.getByText(/^PIN salah\. Sisa 9 kali/)).toBeVisible()
    await page.keyboard.type(OWNER.pin)
    await expect(sheet).toBeHidden()
    await expect(page.getByText('Sudah dikembalikan Rp4.800')).toBeVisible()
  })

  await test.step('The day is closed with what was counted against what should be there', async () => {
    await page.goto(`${shop.current.url}/staff/manager/day`)
    await expect(page.getByText('Rp20.000').first()).toBeVisible()
    await page.getByLabel('Dihitung').fill('19.000')
    await expect(page.getByText('Selisih: Kurang Rp1.000')).toBeVisible()
    await page.getByRole('button', { name: 'Tutup kas hari ini' }).click()
    await pinOf(page, OWNER.pin)
    await expect(page.getByText(`disetujui ${OWNER.name}`)).toBeVisible()
    await expect(page.getByText('1 pembayaran, semuanya cocok.')).toBeVisible()
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Unduh CSV' }).click()
    expect((await downloading).suggestedFilename()).toMatch(/^kas-mojopahit-.*\.csv$/)
  })

  await test.step('Without the server nothing is claimed; pressed again it is recorded once', async () => {
    const other = await newPhone(browser)
    await scan(other, shop.current.scanUrl('A2'), 'A2')
    await add(other, 'Americano')
    await order(other)
    await page.goto(`${shop.current.url}/staff/board`)
    await accept(page, 'A2')
    await page.goto(`${shop.current.url}/staff/cashier`)
    await page.getByRole('button', { name: /^A2/ }).click()
    await page.getByRole('button', { name: 'Pas', exact: true }).click()
    await shop.current.stopServer()
    await page.getByRole('button', { name: /^Terima Rp22\.000 tunai/ }).click()
    await expect(page.getByText('Server tidak menjawab.')).toBeVisible({ timeout: 20_000 })
    await shop.current.startServer()
    await page.getByRole('button', { name: /^Terima Rp22\.000 tunai/ }).click()
    await expect(page.getByText('Meja ini lunas')).toBeVisible()
    const taken = shop.current.rows<{ n: number }>(
      `SELECT COUNT(*) AS n FROM money_moves WHERE kind = 'received' AND amount_rp = 22000`,
    )
    expect(taken).toEqual([{ n: 1 }])
  })
  await printer.close()
})
