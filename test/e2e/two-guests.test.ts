import { readFile } from 'node:fs/promises'
import { expect, type Page, test } from '@playwright/test'
import { decodeWithBoth, rasterisePdf } from '../support/decode.ts'
import { accept, closeVisit, column, openBoard, tap, tapNew, ticket } from './support/board.ts'
import {
  add,
  headline,
  LARGE_PHONE,
  newPhone,
  openCart,
  order,
  readStore,
  SMALL_PHONE,
  scan,
  signalIsBack,
} from './support/phone.ts'
import { shopOfThisFile } from './support/shop.ts'

const shop = shopOfThisFile()
// Motion moves what is tapped, so here everything moves as it does for most people.
test.use({ contextOptions: { reducedMotion: 'no-preference' } })

/** What a guest's camera reads from the sheet that the manager has printed for this table. */
async function codeFromPrintedSheet(board: Page, tableLabel: string): Promise<string> {
  const manager = await board.context().newPage()
  await manager.goto(`${shop.current.url}/staff/manager/codes`)
  await manager.getByRole('checkbox', { name: new RegExp(`^${tableLabel}\\b`) }).check()
  const downloading = manager.waitForEvent('download')
  await manager.getByRole('button', { name: 'Unduh PDF' }).click()
  const pdf = await readFile(await (await downloading).path())
  const [page] = await rasterisePdf(pdf, 200)
  const codes = page ? await decodeWithBoth(page) : []
  expect(codes).toHaveLength(1)
  await manager.close()
  return codes[0]?.text ?? ''
}

test('Two guests at one table order from two phones, one of them offline half the time, and get what they ordered', async ({
  browser,
}) => {
  test.setTimeout(120_000)
  const board = await openBoard(browser, shop.current)
  const printed = await codeFromPrintedSheet(board, 'A7')
  expect(printed).toBe(shop.current.scanUrl('A7'))

  const rina = await newPhone(browser, LARGE_PHONE)
  await scan(rina, printed, 'A7')
  await add(rina, 'Americano')
  await order(rina)

  await test.step('The first order waits for the barista to see that somebody is there', async () => {
    await expect(headline(rina)).toHaveText(/Terkirim ke bar|Sudah dilihat barista/)
    await expect(rina.getByText('Barista akan memastikan dulu ada orang di meja A7.')).toBeVisible()
    await expect(ticket(board, 'A7').getByText('Ada tamu? HP baru')).toBeVisible()
    await accept(board, 'A7')
    await expect(headline(rina)).toHaveText('Disetujui, menunggu giliran')
    await expect(rina.getByText('Perkiraan siap')).toBeVisible()
  })

  const dodi = await newPhone(browser, SMALL_PHONE)
  await test.step('The friend is let in by the first phone and sees who ordered what', async () => {
    await scan(dodi, printed, 'A7')
    await dodi.goto(`${shop.current.url}/orders`)
    await expect(dodi.getByText('Americano')).toHaveCount(0)
    await rina.getByRole('button', { name: 'Ya, teman saya' }).click()
    await expect(dodi.getByText('Americano')).toBeVisible()
    await expect(dodi.getByText('dari HP satu lagi di meja ini')).toBeVisible()
  })

  await test.step('Without signal the order is kept on the phone, and says no more than that', async () => {
    await dodi.getByRole('link', { name: 'Lihat menu' }).click()
    await shop.current.stopServer()
    await add(dodi, 'Es Kopi Susu Aren')
    const cart = await openCart(dodi)
    await expect(cart.getByText('Belum tersambung ke kafe. Pesanan disimpan di HP ini')).toBeVisible()
    await cart.getByRole('button', { name: /Pesan sekarang/ }).click()
    await expect(headline(dodi)).toHaveText('Tersimpan, belum terkirim')
    await expect(dodi.getByText(/Tersimpan di HP ini/)).toBeVisible()
    await expect(board.getByText(/Tanpa sambungan/).first()).toBeVisible()
  })

  await test.step('With the signal back it arrives exactly once', async () => {
    await shop.current.startServer()
    for (const page of [dodi, board, rina]) await signalIsBack(page)
    await expect(headline(dodi)).toHaveText(/Terkirim ke bar|Sudah dilihat barista/)
    await expect(ticket(board, 'A7', column(board, 'Baru'))).toHaveCount(1)
    expect(shop.current.orders('A7')).toHaveLength(2)
    await expect.poll(() => readStore(dodi, 'outbox')).toEqual([])
    await expect(rina.getByText('Es Kopi Susu Aren')).toBeVisible()
  })

  await test.step('The barista makes and serves it, and each phone sees the true state', async () => {
    await board.getByRole('button', { name: 'Janjikan lebih lama' }).click()
    await accept(board, 'A7')
    await expect(headline(dodi)).toHaveText('Disetujui, menunggu giliran')
    const own = ticket(board, 'A7', column(board, 'Diracik')).filter({ hasText: 'Es Kopi Susu Aren' })
    await own.getByRole('button', { name: 'Mulai' }).click()
    await expect(headline(dodi)).toHaveText('Sedang diracik Bu Ratna')
    await tapNew(own.getByRole('button', { name: 'Siap', exact: true }))
    await expect(headline(dodi)).toHaveText('Siap!')
    await expect(rina.getByText('Siap!').first()).toBeVisible()
    await tap(board, 'Siap', 'A7', 'Sudah diantar')
    await expect(dodi.getByText(/Diantar pukul/).first()).toBeVisible()
  })

  await test.step('When staff close the visit, each phone keeps its own orders and no others', async () => {
    await expect(dodi.getByText('Americano')).toBeVisible()
    await closeVisit(board, 'A7')
    await expect(headline(dodi)).toHaveText('Kunjungan ini sudah ditutup')
    await expect(dodi.getByText('Americano')).toHaveCount(0)
    await dodi.getByText('Riwayat di HP ini (1)').click()
    await expect(dodi.getByText('Es Kopi Susu Aren')).toBeVisible()
    const kept = await readStore<{ kind: string; body: { lines?: { itemId: string }[] } }>(dodi, 'records')
    const itemIds = kept
      .filter(({ kind }) => kind === 'order')
      .flatMap(({ body }) => body.lines?.map(({ itemId }) => itemId))
    expect(itemIds).toEqual(['es-kopi-susu-aren'])
  })

  await test.step('The next guest with the same code sees nothing of it', async () => {
    const next = await newPhone(browser, LARGE_PHONE)
    await scan(next, printed, 'A7')
    await next.goto(`${shop.current.url}/orders`)
    await expect(next.getByText('Belum ada pesanan')).toBeVisible()
    const kept = await readStore<{ kind: string }>(next, 'records')
    expect(kept.filter(({ kind }) => kind === 'order' || kind === 'visit')).toEqual([])
  })
})
