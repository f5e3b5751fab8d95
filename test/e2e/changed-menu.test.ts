import { expect, test } from '@playwright/test'
import { add, newPhone, openCart, scan, untilStoredForOffline } from './support/phone.ts'
import { shopOfThisFile } from './support/shop.ts'

const shop = shopOfThisFile()
/** "Within a second or two", on a machine that also runs the browsers. */
const SOON = { timeout: 3000 } as const

test('What is sold out or dearer reaches an open cart at once, and is never changed without a word', async ({
  browser,
}) => {
  const outletId = await shop.current.outletId()
  const phone = await newPhone(browser)
  await scan(phone, shop.current.scanUrl('A1'), 'A1')
  await add(phone, 'Cappuccino')
  await add(phone, 'Croissant Mentega')
  const cart = await openCart(phone)
  const send = cart.getByRole('button', { name: /Pesan sekarang/ })
  await expect(send).toBeEnabled()

  await test.step('Sold out: the line is marked, something else is offered, the total says what is left out', async () => {
    await shop.current.asHouse('menu.sold_out', {
      outletId,
      itemId: 'croissant-mentega',
      until: 'told',
      minutes: null,
    })
    const line = cart.getByRole('listitem').filter({ hasText: 'Croissant Mentega' })
    await expect(line.getByText('Baru saja habis.')).toBeVisible(SOON)
    await expect(cart.getByText('Total tanpa 1 baris yang belum bisa dipesan', { exact: true })).toBeVisible()
    await expect(send).toBeDisabled()
    await expect(cart.getByText('Cek dulu 1 baris yang bertanda.')).toBeVisible()
    await line.getByRole('button', { name: /^Ganti / }).click()
    await expect(cart.getByText('Baru saja habis.')).toHaveCount(0)
    await expect(send).toBeEnabled()
  })

  await test.step('Dearer: old and new price stand on the line, and nothing is sent before the guest agrees', async () => {
    await shop.current.asHouse('menu.set_price', { outletId, itemId: 'cappuccino', priceRp: 27_000 })
    const line = cart.getByRole('listitem').filter({ hasText: 'Cappuccino' })
    await expect(line.getByText('Harga berubah dari Rp25.000 menjadi Rp27.000.')).toBeVisible(SOON)
    await expect(send).toBeDisabled()
    expect(shop.current.orders('A1')).toEqual([])
    await line.getByRole('button', { name: 'Oke, Rp27.000' }).click()
    await send.click()
    await expect(phone).toHaveURL(/\/orders$/)
    await expect.poll(() => shop.current.orders('A1')).toHaveLength(1)
    await expect(phone.getByText('Rp27.000').first()).toBeVisible()
  })
})

test('A price that changes while the order is on its way is told, and the order goes back into the cart', async ({
  browser,
}) => {
  const outletId = await shop.current.outletId()
  const phone = await newPhone(browser)
  await scan(phone, shop.current.scanUrl('A2'), 'A2')
  await add(phone, 'Espresso')
  await untilStoredForOffline(phone)
  await shop.current.stopServer()
  const cart = await openCart(phone)
  await cart.getByRole('button', { name: /Pesan sekarang/ }).click()
  await expect(phone.getByRole('heading', { level: 1 })).toHaveText('Tersimpan, belum terkirim')
  // The bar changes the price before the phone has its signal back.
  await phone.context().route('**/api/**', (route) => route.abort())
  await shop.current.startServer()
  await shop.current.asHouse('menu.set_price', { outletId, itemId: 'espresso', priceRp: 17_500 })
  await phone.context().unroute('**/api/**')
  await phone.evaluate(() => window.dispatchEvent(new Event('online')))
  await expect(phone.getByRole('heading', { level: 1 })).toHaveText('Pesanan belum masuk')
  await expect(phone.getByText(/Harganya berubah sebelum pesanan sampai/)).toBeVisible()
  expect(shop.current.orders('A2')).toEqual([])
  await phone.getByRole('button', { name: 'Kembalikan ke keranjang' }).click()
  const again = phone.getByRole('dialog', { name: 'Pesanan Kakak' })
  await expect(again).toBeVisible()
  // On the line when the phone learns the new price here, on the total when it knew it before.
  await expect(
    again.getByText(/berubah dari Rp(16\.000 menjadi Rp17\.500|17\.600 menjadi Rp19\.250)/),
  ).toBeVisible()
  await again.getByRole('button', { name: /^Oke, Rp/ }).click()
  await again.getByRole('button', { name: /Pesan sekarang/ }).click()
  await expect.poll(() => shop.current.orders('A2')).toHaveLength(1)
})
