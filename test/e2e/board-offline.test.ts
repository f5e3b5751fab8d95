import { expect, type Page, test } from '@playwright/test'
import { accept, column, openBoard, tap, ticket } from './support/board.ts'
import {
  add,
  newPhone,
  order,
  readStore,
  scan,
  signalIsBack,
  untilStoredForOffline,
} from './support/phone.ts'
import { OWNER, shopOfThisFile } from './support/shop.ts'

const shop = shopOfThisFile()

async function orderAt(page: Page, tableLabel: string, itemName: string): Promise<void> {
  await scan(page, shop.current.scanUrl(tableLabel), tableLabel)
  await add(page, itemName)
  await order(page)
}

test('The board goes on without a network, and its moves arrive afterwards in their order', async ({
  browser,
}) => {
  test.setTimeout(90_000)
  const board = await openBoard(browser, shop.current)
  await untilStoredForOffline(board)
  await orderAt(await newPhone(browser), 'A1', 'Americano')
  await orderAt(await newPhone(browser), 'A2', 'Cappuccino')
  await expect(ticket(board, 'A2', column(board, 'Baru'))).toBeVisible()
  await accept(board, 'A1')

  await shop.current.stopServer()
  await test.step('Moves are taken, marked as not sent, and outlive a reload', async () => {
    await tap(board, 'Diracik', 'A1', 'Mulai')
    await tap(board, 'Diracik', 'A1', 'Siap')
    await accept(board, 'A2')
    await expect(ticket(board, 'A1', column(board, 'Siap')).getByText('belum terkirim')).toBeVisible()
    // Four where the touch by which the second was seen had not been sent yet.
    await expect(board.getByText(/Tanpa sambungan: [34] gerakan tersimpan/)).toBeVisible({ timeout: 15_000 })
    await board.reload()
    await expect(ticket(board, 'A1', column(board, 'Siap')).getByText('belum terkirim')).toBeVisible()
    await expect(ticket(board, 'A2', column(board, 'Diracik')).getByText('belum terkirim')).toBeVisible()
    await expect(board.getByText(/Gerakan Anda tersimpan di perangkat ini/)).toBeVisible({ timeout: 15_000 })
  })

  await test.step('Nobody can sign out while moves wait', async () => {
    await board.getByRole('button', { name: 'Menu papan' }).click()
    await expect(board.getByText(/[34] gerakan belum terkirim\. Keluar baru bisa/)).toBeVisible()
    await expect(board.getByRole('button', { name: 'Keluar atau ganti orang' })).toBeDisabled()
    await board.keyboard.press('Escape')
  })

  await test.step('With the network back they arrive once each, in the order in which they were made', async () => {
    await shop.current.startServer()
    await signalIsBack(board)
    await expect(board.getByText('belum terkirim')).toHaveCount(0)
    await expect.poll(() => readStore(board, 'outbox', 'meja-staff')).toEqual([])
    expect(shop.current.orders('A1').map(({ status }) => status)).toEqual(['ready'])
    expect(shop.current.orders('A2').map(({ status }) => status)).toEqual(['accepted'])
    const moves = shop.current.rows<{ label: string; what: string }>(
      `SELECT tables.label AS label, order_moves.what AS what FROM order_moves
       JOIN orders ON orders.id = order_moves.order_id JOIN visits ON visits.id = orders.visit_id
       JOIN tables ON tables.id = visits.table_id
       WHERE order_moves.what NOT IN ('placed', 'seen') ORDER BY order_moves.at_ms, order_moves.rowid`,
    )
    expect(moves.map(({ label, what }) => `${label} ${what}`)).toEqual([
      'A1 accepted',
      'A1 preparing',
      'A1 ready',
      'A2 accepted',
    ])
  })
})

/** The tablet's storage takes nothing any more, or takes all again. */
async function setStorageFull(board: Page, isFull: boolean): Promise<void> {
  await board.evaluate((full) => {
    const store = IDBObjectStore.prototype as IDBObjectStore & { room?: Pick<IDBObjectStore, 'add' | 'put'> }
    store.room ??= { add: store.add, put: store.put }
    const refuse = () => {
      throw new DOMException('The disk is full.', 'QuotaExceededError')
    }
    Object.assign(store, full ? { add: refuse, put: refuse } : store.room)
  }, isFull)
}

test('A tablet whose storage is full says that and what to do, and goes on by itself once it has room', async ({
  browser,
}) => {
  const board = await openBoard(browser, shop.current)
  await expect(board.getByText('Tersambung', { exact: true })).toBeVisible()
  await setStorageFull(board, true)
  await orderAt(await newPhone(browser), 'A3', 'Americano')
  await expect(board.getByText('Penyimpanan penuh', { exact: true })).toBeVisible()
  await expect(
    board.getByRole('alert').filter({ hasText: 'Hapus foto, unduhan, atau aplikasi' }),
  ).toBeVisible()
  await expect(board.getByText('Tanpa sambungan')).toHaveCount(0)
  await setStorageFull(board, false)
  await signalIsBack(board)
  await expect(ticket(board, 'A3', column(board, 'Baru'))).toBeVisible({ timeout: 40_000 })
  // What was held in memory is stored with the next beat.
  await expect(board.getByText('Tersambung', { exact: true })).toBeVisible({ timeout: 40_000 })
})

test('A wrong PIN is refused with the tries that are left, the right one opens the board', async ({
  browser,
}) => {
  const board = await openBoard(browser, shop.current)
  await board.getByRole('button', { name: 'Menu papan' }).click()
  await board.getByRole('button', { name: 'Keluar atau ganti orang' }).click()
  await board.getByRole('button', { name: new RegExp(OWNER.name) }).click()
  const type = async (pin: string) => {
    for (const digit of pin) await board.getByRole('button', { name: `Angka ${digit}` }).click()
  }
  await type('582013')
  await expect(board.getByText(/PIN salah\. Sisa 9 kali coba/)).toBeVisible()
  await type(OWNER.pin)
  await expect(column(board, 'Baru')).toBeVisible()
  await expect(board).toHaveURL(/\/staff\/board$/)
})
