import { expect, test } from '@playwright/test'
import { openBoard } from './support/board.ts'
import { add, newPhone, plusOf, scan } from './support/phone.ts'
import { shopOfThisFile } from './support/shop.ts'

const shop = shopOfThisFile()

test('A code that was replaced or never was opens no table, and says what to do', async ({ browser }) => {
  const old = shop.current.scanUrl('A4')
  const board = await openBoard(browser, shop.current)
  await board.goto(`${shop.current.url}/staff/manager/codes`)
  await board.getByRole('checkbox', { name: /^A4\b/ }).check()
  await board.getByRole('button', { name: 'Ganti yang dipilih (1)' }).click()
  await board.getByRole('dialog').getByRole('button', { name: 'Ganti 1 kode' }).click()
  await expect(board.getByText('1 kode diganti dan sudah dipilih. Cetak sekarang.')).toBeVisible()

  const phone = await newPhone(browser)
  const answer = await phone.goto(old)
  expect(answer?.status()).toBe(410)
  await expect(phone.getByRole('heading', { name: 'Kode meja ini sudah diganti' })).toBeVisible()
  await expect(phone.getByText('Minta kode baru ke barista')).toBeVisible()
  await expect(phone.getByText('A4')).toHaveCount(0)

  const unknown = await phone.goto(`${shop.current.url}/t/aaaabbbbccccdddd`)
  expect(unknown?.status()).toBe(404)
  await expect(phone.getByRole('heading', { name: 'Kode ini tidak dikenal' })).toBeVisible()

  expect(shop.current.scanUrl('A4')).not.toBe(old)
  await scan(phone, shop.current.scanUrl('A4'), 'A4')
})

test('The guest turns to English and to dark, and both stay', async ({ browser }) => {
  const phone = await newPhone(browser)
  await scan(phone, shop.current.scanUrl('A5'), 'A5')
  await add(phone, 'Teh Manis')
  const background = () => phone.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const light = await background()
  await phone.getByRole('button', { name: 'Pengaturan' }).click()
  await phone.getByRole('radio', { name: 'English' }).check({ force: true })
  await expect(phone.getByText('Table A5 · Mojopahit')).toBeVisible()
  await phone.getByRole('radio', { name: 'Dark' }).check({ force: true })
  await phone.keyboard.press('Escape')
  await expect.poll(background).not.toBe(light)
  await phone.reload()
  await expect(phone.getByText('Table A5 · Mojopahit')).toBeVisible()
  await expect(phone.locator('html')).toHaveAttribute('lang', 'en')
  expect(await background()).not.toBe(light)
  await phone.getByRole('button', { name: 'View order' }).click()
  const cart = phone.getByRole('dialog', { name: 'Your order' })
  await expect(cart.getByRole('heading', { name: 'Sweet Tea' })).toBeVisible()
  await expect(cart.getByText('PB1 tax 10%')).toBeVisible()
})

test('A whole order is made with the keyboard alone', async ({ browser }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  await scan(page, shop.current.scanUrl('A6'), 'A6')
  const { keyboard } = page
  const focused = () =>
    page.evaluate(() => {
      const element = document.activeElement
      const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : null
      return (element?.getAttribute('aria-label') ?? label ?? element?.textContent ?? '').trim()
    })
  const tabTo = async (wanted: RegExp) => {
    for (let presses = 0; presses < 60; presses++) {
      if (wanted.test(await focused())) return
      await keyboard.press('Tab')
    }
    throw new Error(`The Tab key never came to ${wanted}; it is at "${await focused()}".`)
  }

  await keyboard.press('Tab')
  expect(await focused()).toBe('Langsung ke menu')
  await tabTo(/^Cari di menu/)
  await keyboard.type('cappucino')
  await expect(plusOf(page, 'Cappuccino')).toBeVisible()
  await tabTo(/^Cappuccino/)
  await keyboard.press('Enter')
  const sheet = page.getByRole('dialog', { name: 'Cappuccino' })
  await expect(sheet).toBeVisible()
  // Arrow keys choose within a group, as with any radio buttons.
  const cold = sheet.getByRole('radio', { name: /^Dingin/ })
  for (
    let presses = 0;
    presses < 20 &&
    !(await sheet
      .getByRole('radio', { name: /^Panas/ })
      .evaluate((radio) => radio === document.activeElement));
    presses++
  )
    await keyboard.press('Tab')
  await keyboard.press('ArrowRight')
  await expect(cold).toBeChecked()
  await tabTo(/^Tambah jumlah Cappuccino$/)
  await keyboard.press('Enter')
  await tabTo(/^Tambah\s*Rp/)
  await keyboard.press('Enter')
  await expect(sheet).toBeHidden()
  await tabTo(/Lihat pesanan$/)
  await keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Pesanan Kakak' })).toBeVisible()
  await tabTo(/^Pesan sekarang/)
  await keyboard.press('Enter')
  await expect(page).toHaveURL(/\/orders$/)
  await expect.poll(() => shop.current.orders('A6')).toHaveLength(1)
})
