import { expect, type Page, test } from '@playwright/test'
import type { CommandArgs } from '#shared/protocol.ts'
import { makeId } from '../../server/platform/random-ids.ts'
import { decodeWithBoth, rasterisePicture } from '../support/decode.ts'
import { axeIn } from './support/axe.ts'
import { accept, closeVisit, openBoard } from './support/board.ts'
import { add, headline, LARGE_PHONE, newPhone, order, SMALL_PHONE, scan } from './support/phone.ts'
import { shopOfThisFile } from './support/shop.ts'

const shop = shopOfThisFile()
const TABLE = 'A5'

async function openBill(page: Page): Promise<void> {
  await page.goto(`${shop.current.url}/orders`)
  await page.getByRole('link', { name: 'Minta bon / Bayar' }).click()
  await expect(headline(page)).toHaveText(`Tagihan meja ${TABLE}`)
}

async function startPaying(page: Page): Promise<void> {
  await page.getByRole('link', { name: /^Bayar · Rp/ }).click()
  await expect(page.getByText('Bayar yang mana?')).toBeVisible()
}

async function pick(page: Page, name: string): Promise<void> {
  await page.getByText(name, { exact: true }).click()
}

async function commit(page: Page, label: RegExp): Promise<string> {
  await page.getByRole('button', { name: label }).click()
  await expect(page).toHaveURL(/\/pay\/pay_/)
  return new URL(page.url()).pathname.split('/').at(-1) ?? ''
}

/** The person at the till takes what the phone's code asks for; the till's own screen is another journey's. */
async function takeCash(till: Page, paymentId: string, tenderedRp: number): Promise<void> {
  const [row] = shop.current.rows<{ bill_id: string; asked_rp: number }>(
    'SELECT bill_id, asked_rp FROM payments WHERE id = ?',
    paymentId,
  )
  const args: CommandArgs<'payment.take'> = {
    paymentId,
    billId: row?.bill_id ?? '',
    method: 'cash',
    part: { kind: 'rest' },
    tipRp: 0,
    shownRp: row?.asked_rp ?? 0,
    tenderedRp,
  }
  const answer = await till.evaluate(
    async ([key, body]) => {
      const headers = { 'content-type': 'application/json', 'idempotency-key': key }
      const response = await fetch('/api/commands/payment.take', { method: 'POST', headers, body })
      return (await response.json()) as { ok: boolean }
    },
    [makeId('cmd', Date.now()), JSON.stringify(args)] as const,
  )
  expect(answer).toMatchObject({ ok: true })
}

/** What a wallet's camera reads off this screen. */
async function codesOnScreen(page: Page): Promise<string[]> {
  const codes = await decodeWithBoth(await rasterisePicture(await page.screenshot({ fullPage: true })))
  return codes.map((code) => code.text)
}

async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await axeIn(page).analyze()
  expect.soft(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')}`)).toEqual([])
}

test('A table pays its bill split three ways: by QRIS, in cash at the till, and by a code that ran out first', async ({
  browser,
}) => {
  test.setTimeout(120_000)
  const board = await openBoard(browser, shop.current)
  const rina = await newPhone(browser, LARGE_PHONE)
  await scan(rina, shop.current.scanUrl(TABLE), TABLE)
  await add(rina, 'Americano')
  await add(rina, 'Cappuccino')
  await order(rina)
  await accept(board, TABLE)

  const dodi = await newPhone(browser, SMALL_PHONE)
  const sari = await newPhone(browser, LARGE_PHONE, { colorScheme: 'dark' })
  await test.step('Friends are let in before they may see or pay anything', async () => {
    for (const friend of [dodi, sari]) {
      await scan(friend, shop.current.scanUrl(TABLE), TABLE)
      await friend.goto(`${shop.current.url}/bill`)
      await expect(friend.getByText(/belum diterima di meja/)).toBeVisible()
      await rina.getByRole('button', { name: 'Ya, teman saya' }).click()
      await expect(headline(friend)).toHaveText(`Tagihan meja ${TABLE}`)
    }
  })

  await test.step('The first pays her own cups by QRIS, from a code that survives a reload', async () => {
    await openBill(rina)
    await expectNoViolations(rina)
    await startPaying(rina)
    await pick(rina, 'Pilih gelas')
    await rina.getByRole('checkbox', { name: /^Cappuccino/ }).uncheck()
    await expectNoViolations(rina)
    await commit(rina, /^Bayar Rp22\.000 dengan QRIS$/)
    await expect(headline(rina)).toHaveText('Pindai kode ini')
    await expect(rina.getByText('SIMULASI').first()).toBeVisible()
    await expect(rina.getByText(/^Berlaku 1[45]:\d\d lagi$/)).toBeVisible()
    await expectNoViolations(rina)
    const [code] = await codesOnScreen(rina)
    expect(code).toContain('540522000')
    await rina.reload()
    await expect(headline(rina)).toHaveText('Pindai kode ini')
    expect(await codesOnScreen(rina)).toEqual([code])
  })

  await test.step('Her cup is taken for the others while she pays, and paid when she has', async () => {
    await startPaying(dodi)
    await pick(dodi, 'Pilih gelas')
    const cup = dodi.getByRole('checkbox', { name: /^Americano/ })
    await expect(cup).toBeDisabled()
    await expect(cup).toHaveAccessibleName(/sedang dibayar HP 1/)
    await rina.getByRole('button', { name: 'Mainkan: bayar' }).click()
    await expect(headline(rina)).toHaveText('Terbayar')
    await expect(cup).toHaveAccessibleName(/dibayar HP 1$/)
  })

  await test.step('The second pays half of what is left in cash, by a code of his own at the till', async () => {
    await pick(dodi, 'Bagi rata')
    await expect(dodi.getByText('Satu bagian Rp13.750 dari sisa Rp27.500.')).toBeVisible()
    await pick(dodi, 'Tunai')
    await expect(dodi.getByText('Pembulatan tunai')).toBeVisible()
    const paymentId = await commit(dodi, /^Bayar Rp13\.800 di kasir$/)
    await expect(headline(dodi)).toHaveText('Tunjukkan kode ini di kasir')
    await expectNoViolations(dodi)
    const [digits] = await codesOnScreen(dodi)
    expect(shop.current.rows('SELECT payment_id FROM payment_codes WHERE code = ?', digits)).toEqual([
      { payment_id: paymentId },
    ])
    await takeCash(board, paymentId, 20_000)
    await expect(headline(dodi)).toHaveText('Terbayar')
    await expect(dodi.getByText('Rp6.200')).toBeVisible()
  })

  await test.step('The third lets her code run out, makes a new one in one tap, and the bill is paid', async () => {
    await sari.goto(`${shop.current.url}/bill`)
    await expect(sari.getByText('Rp13.750').first()).toBeVisible()
    await startPaying(sari)
    const first = await commit(sari, /^Bayar Rp13\.750 dengan QRIS$/)
    await expect(headline(sari)).toHaveText('Pindai kode ini')
    await expectNoViolations(sari)
    await sari.getByText('Mainkan akhir yang lain').click()
    await sari.getByRole('button', { name: 'Biarkan habis waktunya' }).click()
    await expect(headline(sari)).toHaveText('Kode sudah tidak berlaku')
    await sari.getByRole('button', { name: 'Buat kode baru · Rp13.750' }).click()
    await expect(headline(sari)).toHaveText('Pindai kode ini')
    expect(sari.url()).not.toContain(first)
    await sari.getByRole('button', { name: 'Mainkan: bayar' }).click()
    await expect(headline(sari)).toHaveText('Terbayar')
    await expect(sari.getByText('Sebagian SIMULASI: Lunas. Terima kasih, Kak!')).toBeVisible()
  })

  await test.step('Everybody sees it paid; the money of the three is exactly the bill', async () => {
    await rina.goto(`${shop.current.url}/bill`)
    await expect(rina.getByText('Sebagian SIMULASI: Lunas. Terima kasih, Kak!')).toBeVisible()
    await expect(rina.getByRole('link', { name: /^Bayar/ })).toHaveCount(0)
    // Where guests wait, nobody is asked for what is paid.
    await rina.goto(`${shop.current.url}/orders`)
    await expect(rina.getByText('Sebagian SIMULASI: Lunas. Terima kasih, Kak!')).toBeVisible()
    await expect(rina.getByRole('link', { name: 'Lihat tagihan' })).toBeVisible()
    await expect(rina.getByRole('link', { name: 'Minta bon / Bayar' })).toHaveCount(0)
    await expectNoViolations(rina)
    await rina.goto(`${shop.current.url}/bill`)
    const paid = shop.current.rows<{ asked_rp: number }>(
      "SELECT asked_rp FROM payments WHERE status = 'paid' ORDER BY asked_rp",
    )
    expect(paid.map((row) => row.asked_rp)).toEqual([13_750, 13_800, 22_000])
  })

  await test.step('The receipt stays on the phone when staff have closed the table', async () => {
    await closeVisit(board, TABLE)
    await expect(headline(rina)).toHaveText('Kunjungan ini sudah ditutup')
    await rina.getByRole('link', { name: /Rp22\.000/ }).click()
    await expect(headline(rina)).toHaveText('Titik Koma')
    await expect(rina.getByText('dibayar di sini')).toBeVisible()
    await expect(rina.getByText('Total tagihan meja')).toBeVisible()
    await expectNoViolations(rina)
  })
})

test('Without an answer nobody is told that something was paid, and the next try makes no second payment', async ({
  browser,
}) => {
  test.setTimeout(90_000)
  const board = await openBoard(browser, shop.current)
  const phone = await newPhone(browser, SMALL_PHONE)
  await scan(phone, shop.current.scanUrl('A6'), 'A6')
  await add(phone, 'Americano')
  await order(phone)
  await accept(board, 'A6')
  await phone.goto(`${shop.current.url}/bill`)
  await startPaying(phone)
  // The server makes the payment, but its answers get lost on the way back, and so does the feed.
  await phone.route('**/api/commands/bill.pay', async (route) => {
    await route.fetch()
    await route.abort()
  })
  await phone.route('**/api/feed*', (route) => route.abort())
  await phone.evaluate(() => window.dispatchEvent(new Event('offline')))
  await phone.getByRole('button', { name: /^Bayar Rp22\.000 dengan QRIS$/ }).click()
  await expect(phone.getByText(/belum pasti sampai/)).toBeVisible()
  await phone.unrouteAll({ behavior: 'ignoreErrors' })
  await phone.getByRole('button', { name: /^Bayar Rp22\.000 dengan QRIS$/ }).click()
  await expect(phone).toHaveURL(/\/pay\/pay_/)
  await phone.evaluate(() => window.dispatchEvent(new Event('online')))
  await expect(headline(phone)).toHaveText('Pindai kode ini')
  const made = shop.current.rows(
    `SELECT payments.id FROM payments JOIN bills ON bills.id = payments.bill_id
     JOIN visits ON visits.id = bills.visit_id JOIN tables ON tables.id = visits.table_id WHERE tables.label = 'A6'`,
  )
  expect(made).toHaveLength(1)
})
