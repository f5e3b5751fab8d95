import { expect, test } from '@playwright/test'
import { accept, openBoard, tap, ticket } from './support/board.ts'
import { add, headline, newPhone, order, readStore, scan } from './support/phone.ts'
import { shopOfThisFile } from './support/shop.ts'

const shop = shopOfThisFile()

test('A photographed code shows a stranger nothing of the table, and orders nothing without the barista', async ({
  browser,
}) => {
  const board = await openBoard(browser, shop.current)
  const guest = await newPhone(browser)
  await scan(guest, shop.current.scanUrl('A3'), 'A3')
  await add(guest, 'Cappuccino')
  await order(guest)
  await accept(board, 'A3')
  await expect(headline(guest)).toHaveText('Disetujui, menunggu giliran')

  const stranger = await newPhone(browser)
  await scan(stranger, shop.current.scanUrl('A3'), 'A3')
  await add(stranger, 'Americano')
  await order(stranger)

  await test.step('The stranger sees no order of the table; the order waits and is not made', async () => {
    await expect(stranger.getByText('Barista akan memastikan dulu ada orang di meja A3.')).toBeVisible()
    await expect(stranger.getByText('Cappuccino')).toHaveCount(0)
    const kept = await readStore<{ kind: string }>(stranger, 'records')
    expect(kept.filter(({ kind }) => kind === 'order')).toHaveLength(1)
    expect(kept.filter(({ kind }) => kind === 'visit')).toEqual([])
    await expect(
      ticket(board, 'A3').filter({ hasText: 'Americano' }).getByText('Ada tamu? HP baru'),
    ).toBeVisible()
  })

  await test.step('Nobody there: the barista says so with one choice, and the stranger reads why', async () => {
    await tap(board, 'Baru', 'A3', 'Tidak ada')
    const sheet = board.getByRole('dialog', { name: /^Tolak A3/ })
    if (await sheet.isVisible().catch(() => false))
      await sheet.getByRole('button', { name: 'Tolak pesanan' }).click()
    await expect(headline(stranger)).toHaveText('Pesanan ditolak')
    await expect(
      stranger.getByText('Barista tidak menemukan orang di meja A3. Tidak masuk tagihan.'),
    ).toBeVisible()
    await expect(guest.getByText('1 pesanan sejauh ini')).toBeVisible()
    await expect(headline(guest)).toHaveText('Disetujui, menunggu giliran')
  })
})
