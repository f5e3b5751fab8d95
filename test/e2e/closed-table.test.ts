import { expect, type Page, test } from '@playwright/test'
import type { Seat } from '../../client/tables/seat.ts'
import { accept, closeVisit, column, openBoard, ticket } from './support/board.ts'
import {
  add,
  headline,
  LARGE_PHONE,
  newPhone,
  order,
  readStore,
  SMALL_PHONE,
  scan,
  signalIsBack,
  untilStoredForOffline,
} from './support/phone.ts'
import { shopOfThisFile } from './support/shop.ts'

const shop = shopOfThisFile()

async function orderAt(page: Page, tableLabel: string, itemName: string): Promise<void> {
  await scan(page, shop.current.scanUrl(tableLabel), tableLabel)
  await add(page, itemName)
  await order(page)
}

/** The tables in use, and the row of this one with its question open. */
async function askToClose(board: Page, tableLabel: string) {
  await board.getByRole('button', { name: 'Meja', exact: true }).click()
  const row = board.getByRole('dialog', { name: 'Meja yang terisi' }).getByRole('listitem')
  const own = row.filter({ hasText: tableLabel }).first()
  await own.getByRole('button', { name: 'Tutup meja' }).click()
  return own
}

test('A guest whose table was closed reads that first, and asks no strangers until the next scan', async ({
  browser,
}) => {
  const board = await openBoard(browser, shop.current)
  const guest = await newPhone(browser, SMALL_PHONE)
  await orderAt(guest, 'A7', 'Flat White')
  await accept(board, 'A7')
  await guest.getByRole('link', { name: 'Pesan lagi' }).click()
  await add(guest, 'Mocha')
  await order(guest)
  await expect(ticket(board, 'A7', column(board, 'Baru'))).toHaveCount(1)
  await guest.goto(`${shop.current.url}/bill`)
  await expect(guest.getByText('Tagihan').first()).toBeVisible()
  await closeVisit(board, 'A7')

  await test.step('The closing and the debt stand above what is made, and that above what was refused', async () => {
    await guest.goto(`${shop.current.url}/orders`)
    await expect(headline(guest)).toHaveText('Kunjungan ini sudah ditutup')
    await expect(guest.getByText(/^Meja A7 · #\d+$/)).toBeVisible()
    const debt = guest.getByText(/Menurut catatan kasir/)
    await expect(debt).toHaveCount(1)
    const [owed, made, refused] = await Promise.all(
      [debt, guest.getByText('Disetujui, menunggu giliran'), guest.getByText('Pesanan ditolak')].map((each) =>
        each.first().boundingBox(),
      ),
    )
    expect(owed?.y).toBeLessThan(made?.y ?? 0)
    expect(made?.y).toBeLessThan(refused?.y ?? 0)
    expect((owed?.y ?? 0) + (owed?.height ?? 0)).toBeLessThan(SMALL_PHONE.height)
  })

  const next = await newPhone(browser, LARGE_PHONE)
  await orderAt(next, 'A7', 'Americano')
  await accept(board, 'A7')

  await test.step('The board and its sums tell the party that has gone from the one that sits there', async () => {
    await expect(board.getByRole('article', { name: /meja A7, meja sudah ditutup$/ })).toHaveCount(1)
    await board.getByRole('button', { name: /^Total/ }).click()
    await expect(board.getByText('di A7 (meja sudah ditutup)')).toHaveCount(1)
    await board.keyboard.press('Escape')
  })

  await test.step('The old seat asks nobody; the pages stay about the closed visit', async () => {
    await guest.goto(`${shop.current.url}/bill`)
    await expect(guest.getByText(/Menurut catatan kasir/)).toBeVisible()
    await guest.goto(`${shop.current.url}/orders`)
    await expect(headline(guest)).toHaveText('Kunjungan ini sudah ditutup')
    await guest.waitForTimeout(1500)
    await expect(next.getByRole('button', { name: 'Ya, teman saya' })).toHaveCount(0)
  })

  await test.step('A scan says that the guest sits there again', async () => {
    await scan(guest, shop.current.scanUrl('A7'), 'A7')
    await guest.goto(`${shop.current.url}/orders`)
    await expect(next.getByRole('button', { name: 'Ya, teman saya' })).toBeVisible()
  })
})

test('A friend who had ordered nothing reads that the table was closed, what it owes, and how to sit there again', async ({
  browser,
}) => {
  const board = await openBoard(browser, shop.current)
  const host = await newPhone(browser)
  await orderAt(host, 'A4', 'Flat White')
  await accept(board, 'A4')
  const friend = await newPhone(browser, SMALL_PHONE)
  await scan(friend, shop.current.scanUrl('A4'), 'A4')
  await friend.goto(`${shop.current.url}/orders`)
  await host.getByRole('button', { name: 'Ya, teman saya' }).click()
  await expect(friend.getByText('Flat White').first()).toBeVisible()
  await host.goto(`${shop.current.url}/bill`)
  await expect(host.getByText('Tagihan').first()).toBeVisible()
  await closeVisit(board, 'A4')

  const again = 'Duduk di sini lagi? Pindai kode di meja.'
  const unheard = /Pindaian kode meja tersimpan di HP ini, dan dikirim begitu tersambung/
  await test.step('On the page of the orders, and on that of the bill', async () => {
    await expect(headline(friend)).toHaveText('Kunjungan ini sudah ditutup')
    await expect(friend.getByText(again)).toBeVisible()
    await expect(friend.getByText(/Menurut catatan kasir, tagihan meja ini masih/)).toBeVisible()
    await expect(friend.getByText('Belum ada pesanan')).toHaveCount(0)
    await friend.goto(`${shop.current.url}/bill`)
    await expect(friend.getByText(again)).toBeVisible()
  })

  await test.step('A scan without a network is not asked for again', async () => {
    await untilStoredForOffline(friend)
    await friend.context().setOffline(true)
    await friend.goto(shop.current.scanUrl('A4'))
    await expect(friend.getByText('Meja A4 · ')).toBeVisible()
    // The journey is faster than a hand: it would leave the page before the scan is stored.
    const isScanStored = async () =>
      (await readStore<{ key: string; value: Partial<Seat> }>(friend, 'settings')).some(
        ({ key, value }) => key === 'seat' && value.isUnheard === true,
      )
    await expect.poll(isScanStored).toBe(true)
    for (const path of ['/orders', '/bill']) {
      await friend.goto(`${shop.current.url}${path}`)
      await expect(headline(friend)).toHaveText('Kunjungan ini sudah ditutup')
      await expect(friend.getByText(unheard)).toBeVisible()
      await expect(friend.getByText(again)).toHaveCount(0)
    }
  })

  await test.step('In English too; and once the scan was heard there is nothing to do', async () => {
    await friend.evaluate(() => localStorage.setItem('meja.language', 'en'))
    await friend.goto(`${shop.current.url}/orders`)
    await expect(headline(friend)).toHaveText('This visit is closed')
    await expect(friend.getByText(/Your scan of the table’s code is saved on this phone/)).toBeVisible()
    await friend.context().setOffline(false)
    await signalIsBack(friend)
    await expect(headline(friend)).toHaveText('Your orders', { timeout: 20_000 })
  })
})

test('An order that comes while it is asked whether to close is asked about, under a button that stays', async ({
  browser,
}) => {
  const board = await openBoard(browser, shop.current)
  const guest = await newPhone(browser)
  await orderAt(guest, 'B1', 'Cappuccino')
  await accept(board, 'B1')
  const row = await askToClose(board, 'B1')
  const before = await row.getByRole('button', { name: 'Ya, tutup' }).boundingBox()
  await guest.getByRole('link', { name: 'Pesan lagi' }).click()
  await add(guest, 'Americano')
  await order(guest)
  const again = row.getByRole('button', { name: 'Baca keadaan terbaru' })
  await expect(
    row.getByRole('alert').getByText(/Pesanan baru #\d+ masuk sejak pertanyaan di atas/),
  ).toBeVisible()
  await expect(again).toBeVisible()
  expect(await again.boundingBox()).toEqual(before)
  await board.waitForTimeout(600)
  await again.click()
  await expect(row.getByText(/1 pesanan belum dijawab/)).toBeVisible()
  await board.waitForTimeout(600)
  // A finger that taps twice has closed it once: nothing is refused, and no notice stays.
  await row.getByRole('button', { name: 'Ya, tutup' }).dblclick()
  await expect(headline(guest)).toHaveText('Kunjungan ini sudah ditutup')
  await board.waitForTimeout(1500)
  await expect(board.getByText(/tidak ada yang berubah/i)).toHaveCount(0)
  const closings = shop.current.rows<{ answer: string }>(
    "SELECT answer FROM commands WHERE name = 'visit.close'",
  )
  expect(closings.filter(({ answer }) => answer.includes('"ok":false'))).toEqual([])
})

test('A table closed on a board without a network says what becomes of its unanswered order', async ({
  browser,
}) => {
  const board = await openBoard(browser, shop.current)
  const guest = await newPhone(browser)
  await orderAt(guest, 'B2', 'Cappuccino')
  await expect(ticket(board, 'B2', column(board, 'Baru'))).toBeVisible()
  await shop.current.stopServer()
  await closeVisit(board, 'B2')
  const card = ticket(board, 'B2', column(board, 'Baru'))
  await expect(card.getByText('meja ditutup, belum terkirim')).toBeVisible()
  await expect(card.getByText(/^Akan ditolak karena mejanya ditutup\. Belum terkirim/)).toBeVisible()
  await expect(card.getByRole('button', { name: /terima/i })).toHaveCount(0)
  await shop.current.startServer()
  await signalIsBack(board)
  await expect(card).toHaveCount(0)
  await signalIsBack(guest)
  await expect(guest.getByText('Meja ditutup sebelum pesanan ini dijawab barista.').first()).toBeVisible({
    timeout: 20_000,
  })
})
