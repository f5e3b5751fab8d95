import { type Browser, expect, type Page, test } from '@playwright/test'
import { axeIn } from './support/axe.ts'
import { accept, column, openBoard, TABLET, ticket } from './support/board.ts'
import { add, headline, LARGE_PHONE, newPhone, openCart, order, scan } from './support/phone.ts'
import { OWNER, shopOfThisFile } from './support/shop.ts'

const shop = shopOfThisFile()

/** Every rule of axe, in the light and in the dark. Soft, so that one run tells of every page. */
async function expectNoViolations(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    )
    const axe = axeIn(page)
    // Between the two only the colours differ.
    if (colorScheme === 'dark') axe.withRules(['color-contrast', 'link-in-text-block'])
    const { violations, passes } = await axe.analyze()
    expect(passes.length, `axe looked at ${name}`).toBeGreaterThan(colorScheme === 'dark' ? 0 : 15)
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map(
        ({ target, failureSummary }) =>
          `${id}: ${target.join(' ')} (${failureSummary?.split('\n')[1]?.trim()})`,
      ),
    )
    expect.soft(found, `${name}, ${colorScheme}`).toEqual([])
  }
  await page.emulateMedia({ colorScheme: 'light' })
}

async function newTablet(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: TABLET })
  return context.newPage()
}

test('Nothing that a guest sees keeps anybody out, in the light or in the dark', async ({ browser }) => {
  test.setTimeout(240_000)
  const phone = await newPhone(browser)
  await phone.goto(`${shop.current.url}/?outlets=`)
  await expect(phone.getByRole('link', { name: /Mojopahit/ })).toBeVisible()
  await expectNoViolations(phone, 'outlets')
  await phone.goto(`${shop.current.url}/t/aaaabbbbccccdddd`)
  await expect(phone.getByRole('heading', { name: 'Kode ini tidak dikenal' })).toBeVisible()
  await expectNoViolations(phone, 'unknown code')

  await scan(phone, shop.current.scanUrl('C1'), 'C1')
  await expectNoViolations(phone, 'menu')
  await phone.getByRole('button', { name: 'Pengaturan' }).click()
  await expect(phone.getByRole('radio', { name: 'English' })).toBeAttached()
  await expectNoViolations(phone, 'settings')
  await phone.keyboard.press('Escape')
  await phone
    .getByRole('button', { name: /^Cappuccino/ })
    .first()
    .click()
  await expect(phone.getByRole('dialog', { name: 'Cappuccino' })).toBeVisible()
  await expectNoViolations(phone, 'item')
  await phone.keyboard.press('Escape')

  await add(phone, 'Cappuccino')
  await add(phone, 'Croissant Mentega')
  const outletId = await shop.current.outletId()
  await shop.current.asHouse('menu.sold_out', {
    outletId,
    itemId: 'croissant-mentega',
    until: 'told',
    minutes: null,
  })
  const cart = await openCart(phone)
  await expect(cart.getByText('Baru saja habis.')).toBeVisible()
  await expectNoViolations(phone, 'cart with something sold out')
  await cart.getByRole('button', { name: 'Keluarkan Croissant Mentega' }).click()
  await phone.keyboard.press('Escape')
  await order(phone)
  await expect(headline(phone)).toHaveText('Terkirim ke bar')
  await expectNoViolations(phone, 'orders')
  await phone.getByRole('button', { name: 'Panggil barista' }).click()
  await expect(phone.getByRole('dialog', { name: 'Panggil barista' })).toBeVisible()
  await expectNoViolations(phone, 'call')
  await phone.keyboard.press('Escape')
  await phone.getByRole('link', { name: 'Pesan lagi' }).click()
  await expect(phone.getByRole('link', { name: /Lihat status/ })).toBeVisible()
  await expectNoViolations(phone, 'menu with an order under way')
  await add(phone, 'Americano')
  await expect(phone.getByRole('link', { name: 'Terkirim ke bar' })).toBeVisible()
  await expectNoViolations(phone, 'menu with an order under way and a cart')
})

test('Nothing that staff see keeps anybody out, in the light or in the dark', async ({ browser }) => {
  test.setTimeout(360_000)
  const stranger = await newTablet(browser)
  await stranger.goto(`${shop.current.url}/staff/setup`)
  await expect(stranger.getByLabel('Kode penyiapan')).toBeVisible()
  await expectNoViolations(stranger, 'set-up')

  const board = await openBoard(browser, shop.current)
  await stranger.goto(`${shop.current.url}/staff/enrol`)
  await expect(stranger.getByLabel('Kode perangkat')).toBeVisible()
  await expectNoViolations(stranger, 'enrolment')
  await stranger.context().close()

  for (const table of ['C2', 'C3']) {
    const phone = await newPhone(browser)
    await scan(phone, shop.current.scanUrl(table), table)
    await add(phone, 'Americano')
    await order(phone)
    await expect(column(board, 'Baru').getByText(table).first()).toBeVisible()
    await phone.context().close()
  }
  await accept(board, 'C2')
  await expectNoViolations(board, 'board')
  await board.setViewportSize(LARGE_PHONE)
  await expectNoViolations(board, 'board on a phone')
  await board.setViewportSize(TABLET)
  await ticket(board, 'C2').getByRole('button').first().click()
  await expect(board.getByRole('dialog')).toBeVisible()
  await expectNoViolations(board, 'order on the board')
  await board.keyboard.press('Escape')
  await board.goto(`${shop.current.url}/staff/display`)
  await expect(board.getByRole('heading', { name: 'Sudah siap' })).toBeVisible()
  await expectNoViolations(board, 'display')

  const pages = {
    '': 'Mojopahit',
    codes: 'Kode meja',
    menu: 'Menu',
    people: 'Orang',
    devices: 'Perangkat',
    outlet: 'Pengaturan outlet',
  }
  for (const [path, title] of Object.entries(pages)) {
    await board.goto(`${shop.current.url}/staff/manager/${path}`)
    await expect(board.getByRole('main').getByRole('heading', { level: 1 })).toHaveText(title)
    await expectNoViolations(board, `manager's page ${path || 'home'}`)
  }

  await board.goto(`${shop.current.url}/staff/board`)
  await board.getByRole('button', { name: 'Menu papan' }).click()
  await board.getByRole('button', { name: 'Keluar atau ganti orang' }).click()
  await expect(board.getByRole('heading', { name: 'Siapa yang bertugas?' })).toBeVisible()
  await expectNoViolations(board, 'sign-in')
  await board.getByRole('button', { name: new RegExp(OWNER.name) }).click()
  await expectNoViolations(board, 'PIN')
})
