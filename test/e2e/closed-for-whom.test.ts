import { type Browser, expect, type Page, test } from '@playwright/test'
import { accept, closeVisit, openBoard } from './support/board.ts'
import { add, headline, LARGE_PHONE, newPhone, order, SMALL_PHONE, scan } from './support/phone.ts'
import { shopOfThisFile } from './support/shop.ts'

const shop = shopOfThisFile()

/** A table with one order that is being made. */
async function hostAt(browser: Browser, board: Page, table: string): Promise<Page> {
  const host = await newPhone(browser, LARGE_PHONE)
  await scan(host, shop.current.scanUrl(table), table)
  await add(host, 'Americano')
  await order(host)
  await accept(board, table)
  return host
}

test('A friend who ordered nothing and paid for the table finds the receipt after the closing', async ({
  browser,
}) => {
  const board = await openBoard(browser, shop.current)
  const host = await hostAt(browser, board, 'A5')
  const friend = await newPhone(browser, SMALL_PHONE)
  await scan(friend, shop.current.scanUrl('A5'), 'A5')
  await friend.goto(`${shop.current.url}/bill`)
  await host.getByRole('button', { name: 'Ya, teman saya' }).click()
  await expect(headline(friend)).toHaveText('Tagihan meja A5')
  await friend.getByRole('link', { name: /^Bayar · Rp/ }).click()
  await friend.getByRole('button', { name: /^Bayar Rp.* dengan QRIS$/ }).click()
  await expect(headline(friend)).toHaveText('Pindai kode ini')
  await friend.getByRole('button', { name: 'Mainkan: bayar' }).click()
  await expect(headline(friend)).toHaveText('Terbayar')
  await closeVisit(board, 'A5')
  await friend.goto(`${shop.current.url}/orders`)
  await expect(headline(friend)).toHaveText('Kunjungan ini sudah ditutup')
  await expect(friend.getByText('Terima kasih, Kak!')).toBeVisible()
  await friend.getByRole('link', { name: 'Lihat struk' }).click()
  await expect(headline(friend)).toHaveText('Kunjungan ini sudah ditutup')
  await expect(friend.getByText(/Struk pembayaran dari HP ini tetap tersimpan di bawah/)).toBeVisible()
})

test('A phone that nobody had let in is told of the closing, not of a loss, and is not thanked', async ({
  browser,
}) => {
  const board = await openBoard(browser, shop.current)
  await hostAt(browser, board, 'A6')
  const stranger = await newPhone(browser, SMALL_PHONE)
  await scan(stranger, shop.current.scanUrl('A6'), 'A6')
  await stranger.goto(`${shop.current.url}/orders`)
  await expect(stranger.getByText(/belum|menunggu/i).first()).toBeVisible()
  await stranger.waitForTimeout(1000)
  await closeVisit(board, 'A6')
  for (const path of ['/orders', '/bill']) {
    await stranger.goto(`${shop.current.url}${path}`)
    await expect(headline(stranger)).toHaveText('Meja ini sudah ditutup')
    await expect(stranger.getByText('Duduk di sini? Pindai lagi kode di meja.')).toBeVisible()
    await expect(stranger.getByText(/tidak terlihat lagi|Terima kasih/)).toHaveCount(0)
  }
})
