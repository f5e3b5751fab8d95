import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import type { Menu } from '#shared/menu/menu.ts'
import { DEMO_OUTLETS } from '../../shared/menu/demo-menu.ts'
import { describeOnBoth } from '../../support/both-databases.ts'
import { createTestShop, type TestShop } from '../../support/test-shop.ts'

async function download(shop: TestShop, query = ''): Promise<string> {
  const owner = await shop.staff('owner')
  const response = await owner.fetch(`/api/desk/${(await shop.outlet()).id}/menu.csv${query}`)
  expect(response.status).toBe(200)
  return Buffer.from(await response.arrayBuffer()).toString('utf8')
}

const menusOf = async (shop: TestShop) => {
  const menus: Omit<Menu, 'rev' | 'version'>[] = []
  for (const slug of DEMO_OUTLETS) {
    const { rev: _rev, version: _version, ...menu } = await shop.menu(slug)
    menus.push(menu)
  }
  return menus
}

const rowsOf = (text: string): string[][] =>
  parse(text, { bom: true, delimiter: ';', relax_column_count: true })

/** As Excel saves a sheet: every row as wide as the widest, Windows line ends. */
function saved(text: string, quote: (cell: string) => string, delimiter = ';'): string {
  const rows = rowsOf(text)
  const width = Math.max(...rows.map((row) => row.length)) + 2
  return rows
    .map((row) => [...row, ...Array<string>(width - row.length).fill('')].map(quote).join(delimiter))
    .map((line) => `${line}\r\n`)
    .join('')
}

const quoteAll = (cell: string) => `"${cell.replaceAll('"', '""')}"`
const quoteSome = (cell: string) => (/[";\t,]/.test(cell) ? quoteAll(cell) : cell)

describeOnBoth('the menu that a manager downloads', (dialect) => {
  test('begins with one byte order mark and has semicolons, so that an Indonesian Excel opens it in columns', async () => {
    const shop = await createTestShop({ dialect })
    const text = await download(shop)
    expect(text.startsWith('\ufeff# MENU. Cara pakai: ')).toBe(true)
    expect(text).toContain('\r\n@category;id;name;name_en\r\n')
    expect(text.lastIndexOf('\ufeff')).toBe(0)
    expect(await download(shop, '?delimiter=,')).toContain('@item,id,category,name')
  })

  test.each([
    ['as it is', (text: string) => text],
    ['saved by Excel', (text: string) => `\ufeff${saved(text, quoteSome)}`],
    ['with quotes around everything', (text: string) => saved(text, quoteAll)],
    ['with a first line sep=;', (text: string) => `sep=;\r\n${saved(text, quoteSome)}`],
    ['with sep=; and its empty cells', (text: string) => `\ufeff"sep=";;;;\r\n${saved(text, quoteAll)}`],
    ['with commas', (text: string) => saved(text, quoteSome, ',')],
    ['pasted as text with tabs', (text: string) => saved(text, quoteSome, '\t')],
    ['with an empty row below', (text: string) => `${saved(text, quoteSome)};;;;;;\r\n\r\n`],
  ])('is taken back %s, and gives every outlet the menu that it had', async (_, edit) => {
    const shop = await createTestShop({ dialect })
    const before = await menusOf(shop)
    const owner = await shop.staff('owner')
    const answer = await owner.send('menu.import', { csv: edit(await download(shop)) })
    expect(answer.body).toMatchObject({ ok: true, result: { items: 65, outlets: 3 } })
    expect(await menusOf(shop)).toEqual(before)
  })

  test('the import says how many items each outlet sells', async () => {
    const shop = await createTestShop({ dialect })
    const owner = await shop.staff('owner')
    const answer = await owner.send('menu.import', { csv: await download(shop) })
    expect(answer.body.result).toEqual({
      items: 65,
      outlets: 3,
      atOutlets: [
        { name: 'Ayahanda', items: 61 },
        { name: 'Mojopahit', items: 65 },
        { name: 'Multatuli', items: 65 },
      ],
    })
  })
})

describeOnBoth('the photos that a manager has uploaded', (dialect) => {
  async function shopWithPhoto() {
    const shop = await createTestShop({ dialect })
    const owner = await shop.staff('owner')
    const pixels = { width: 8, height: 8, channels: 3, background: '#6b3f24' } as const
    const png = await sharp({ create: pixels }).png().toBuffer()
    const photographed = { itemId: 'cappuccino', imageBase64: png.toString('base64') }
    expect((await owner.send('menu.set_photo', photographed)).status).toBe(200)
    const photo = async () => (await shop.menu()).items.find((item) => item.id === 'cappuccino')?.photo
    return { shop, owner, photo, before: await photo() }
  }

  test('stay when a file without that column is imported', async () => {
    const { owner, photo, before } = await shopWithPhoto()
    expect(before).toMatch(/\.webp$/)
    const csv = readFileSync(new URL('../../../server/menu/demo-menu.csv', import.meta.url), 'utf8')
    expect((await owner.send('menu.import', { csv })).status).toBe(200)
    expect(await photo()).toBe(before)
  })

  test('come and go with the column of a downloaded file', async () => {
    const { shop, owner, photo, before } = await shopWithPhoto()
    const text = await download(shop)
    expect((await owner.send('menu.import', { csv: text })).status).toBe(200)
    expect(await photo()).toBe(before)
    expect((await owner.send('menu.import', { csv: text.replace(String(before), '') })).status).toBe(200)
    expect(await photo()).toBeNull()
  })
})

describe('a line that Excel wrote first', () => {
  test('does not move the numbers of the lines below', async () => {
    const shop = await createTestShop({ dialect: 'sqlite' })
    const owner = await shop.staff('owner')
    const answer = await owner.send('menu.import', {
      csv: 'sep=;\r\n@category;id;name;name_en\r\n;kopi;;Coffee\r\n',
    })
    expect(answer.body).toMatchObject({
      ok: false,
      refusal: { code: 'menu.file_refused', total: 1, lines: [{ line: 3, column: 'name' }] },
    })
  })
})
