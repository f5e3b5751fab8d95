import { expect, type Page, test } from '@playwright/test'
import { add, headline, newPhone, openCart, order, plusOf, scan } from './support/phone.ts'
import { shopOfThisFile } from './support/shop.ts'

const shop = shopOfThisFile()

/** How many Tabs it takes until the focus stands on the button of this name. */
async function tabsUntil(page: Page, name: string): Promise<number> {
  for (let count = 1; count <= 60; count += 1) {
    await page.keyboard.press('Tab')
    if (await page.evaluate((text) => document.activeElement?.textContent?.includes(text), name)) return count
  }
  throw new Error(`"${name}" was not reached.`)
}

test('A keyboard reaches the cart in a few steps, and a page that opens has the focus', async ({
  browser,
}) => {
  const page = await newPhone(browser)
  await scan(page, shop.current.scanUrl('A1'), 'A1')
  await add(page, 'Americano')

  await test.step('From the top of the page, and from an item of the first section', async () => {
    await page.evaluate(() => (document.activeElement as HTMLElement).blur())
    await page.getByRole('button', { name: 'Pengaturan' }).focus()
    expect(await tabsUntil(page, 'Lihat pesanan')).toBeLessThanOrEqual(2)
    await plusOf(page, 'Americano').focus()
    expect(await tabsUntil(page, 'Langsung ke keranjang')).toBeLessThan(25)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog', { name: 'Pesanan Kakak' })).toBeVisible()
    await page.keyboard.press('Escape')
  })

  await test.step('The bar of categories says what is being read, at the top of the page again too', async () => {
    const current = page.locator('.cats [aria-current="true"]')
    await page.evaluate(() => window.scrollTo(0, 3000))
    await expect(current).not.toHaveText('Favorit')
    await page.evaluate(() => window.scrollTo(0, 0))
    await expect(current).toHaveText('Favorit')
  })

  await test.step('After ordering the focus stands on the headline, and again on the way back', async () => {
    await order(page)
    await expect(headline(page)).toHaveText('Terkirim ke bar')
    await expect(headline(page)).toBeFocused()
    await page.getByRole('link', { name: 'Kembali ke menu' }).click()
    await expect(page).not.toHaveURL(/orders/)
    await expect(headline(page)).toBeFocused()
  })
})

test('The order that was just sent heads the page, also when an earlier one is ready', async ({
  browser,
}) => {
  const phone = await newPhone(browser)
  await scan(phone, shop.current.scanUrl('A2'), 'A2')
  await add(phone, 'Americano')
  await order(phone)
  await expect(headline(phone)).toHaveText('Terkirim ke bar')
  const [first] = shop.current.orders('A2')
  if (!first) throw new Error('The first order did not arrive.')
  await shop.current.asHouse('order.accept', { orderId: first.id, readyInMinutes: 5 })
  await expect(headline(phone)).toHaveText('Disetujui, menunggu giliran')

  await phone.getByRole('link', { name: 'Pesan lagi' }).click()
  await add(phone, 'Cappuccino')
  const cart = await openCart(phone)
  await cart.getByRole('button', { name: /Pesan sekarang/ }).click()
  await expect(headline(phone)).toHaveText('Terkirim ke bar')
  await expect(phone.getByRole('article').first()).toContainText('Cappuccino')
})
