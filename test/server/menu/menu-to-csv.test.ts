import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ALLERGENS, BADGES, DIETS, type Item, ORDER_TYPES, PICTURE_KINDS } from '#shared/menu/menu.ts'
import { menuForOutlet } from '../../../server/menu/menu-at-outlet.ts'
import { type MenuFile, parseMenuFile } from '../../../server/menu/menu-file.ts'
import { menuFileOf, menuToCsv } from '../../../server/menu/menu-to-csv.ts'
import { DEMO_OUTLETS, demoMenuFile } from '../../shared/menu/demo-menu.ts'

const SEASONS = [
  { name: { id: 'Ramadan', en: 'Ramadan' } },
  { name: { id: '=Musim durian; "Medan"', en: 'Durian season' } },
]
const parse = (text: string) =>
  parseMenuFile(new TextEncoder().encode(text), { slugs: DEMO_OUTLETS, seasons: SEASONS })

const slugs = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,12}$/)
const plainText = (max: number) =>
  fc
    .oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: max }),
      fc.constantFrom(
        '=1+1',
        "'=1",
        "''",
        '@item',
        '#x',
        '-',
        '+62',
        'a,b;c"d',
        'dua\nbaris',
        '-2000',
        "'# hai",
      ),
    )
    .map((text) =>
      text
        .slice(0, max)
        .toWellFormed()
        .replace(/(?!\n)[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu, '')
        .trim(),
    )
const wordy = (max: number) => plainText(max).filter((text) => text !== '')
const names = (max: number) => fc.record({ id: wordy(max), en: wordy(max) })
const colours = fc.stringMatching(/^#[0-9a-f]{6}$/)

const menuFiles: fc.Arbitrary<MenuFile> = fc
  .record({
    categoryIds: fc.uniqueArray(slugs, { minLength: 1, maxLength: 3 }),
    groupIds: fc.uniqueArray(slugs, { maxLength: 3 }),
    itemIds: fc.uniqueArray(slugs, { minLength: 1, maxLength: 6 }),
  })
  .chain(({ categoryIds, groupIds, itemIds }) => {
    const option = fc.record({
      name: names(40),
      differenceRp: fc.integer({ min: -20, max: 90 }).map((n) => n * 100),
      allergens: fc.subarray([...ALLERGENS]),
    })
    const groups = groupIds.map((id) =>
      fc
        .record({ name: names(40), options: fc.array(option, { minLength: 1, maxLength: 4 }) })
        .map(({ name, options }) => ({
          ...{ id, name, min: 1, max: 1 },
          options: options.map((entry, place) => ({ ...entry, id: `o${place}`, isDefault: place === 0 })),
        })),
    )
    const season = fc.constantFrom(...SEASONS).map(({ name }) => ({ season: { name, runs: [] } }))
    const item = (id: string): fc.Arbitrary<Item> =>
      fc.record({
        id: fc.constant(id),
        categoryId: fc.constantFrom(...categoryIds),
        name: names(60),
        description: names(200),
        priceRp: fc.integer({ min: 60, max: 9999 }).map((n) => n * 100),
        groupIds: fc.subarray(groupIds),
        picture: fc.record({
          kind: fc.constantFrom(...PICTURE_KINDS),
          colour: colours,
          second: fc.option(colours),
        }),
        photo: fc.option(fc.constantFrom('a.webp', 'kopi/b-1.jpg')),
        badges: fc.subarray([...BADGES]),
        allergens: fc.subarray([...ALLERGENS]),
        diets: fc.subarray([...DIETS]),
        prepMinutes: fc.integer({ min: 0, max: 60 }),
        availability: fc
          .record({
            weekdays: fc.option(fc.subarray([0, 1, 2, 3, 4, 5, 6], { minLength: 1 })),
            from: fc.option(fc.constantFrom('00:00', '07:30')),
            until: fc.option(fc.constantFrom('11:00', '24:00')),
            orderTypes: fc.subarray([...ORDER_TYPES], { minLength: 1 }),
          })
          .chain((always) =>
            fc.oneof(
              fc.constant(always),
              season.map((one) => ({ ...always, ...one })),
            ),
          ),
        searchWords: plainText(200),
      })
    const prices = fc.dictionary(
      fc.constantFrom(...itemIds),
      fc.integer({ min: 60, max: 999 }).map((n) => n * 100),
    )
    return fc.record({
      keepsPhoto: fc.constant(new Set<string>()),
      categories: fc.tuple(...categoryIds.map((id) => fc.record({ id: fc.constant(id), name: names(40) }))),
      groups: fc.tuple(...groups),
      items: fc.tuple(...itemIds.map(item)),
      priceByOutlet: fc
        .tuple(...DEMO_OUTLETS.map(() => prices))
        .map(
          (all) =>
            new Map(all.map((one, place) => [DEMO_OUTLETS[place] ?? '', new Map(Object.entries(one))])),
        ),
      notSoldAt: fc
        .tuple(...DEMO_OUTLETS.map(() => fc.subarray(itemIds)))
        .map((all) => new Map(all.map((one, place) => [DEMO_OUTLETS[place] ?? '', new Set(one)]))),
    })
  })
  .map((menuFile) => {
    for (const [outlet, absent] of menuFile.notSoldAt)
      for (const id of absent) menuFile.priceByOutlet.get(outlet)?.delete(id)
    return menuFile
  })

describe('a menu that is downloaded, and uploaded as it is, stays what it was', () => {
  test('the demo menu, with commas and with semicolons', () => {
    const menuFile = { ...demoMenuFile(), keepsPhoto: new Set<string>() }
    expect(parse(menuToCsv(menuFile))).toEqual({ ok: true, value: menuFile })
    expect(parse(menuToCsv(menuFile, ';'))).toEqual({ ok: true, value: menuFile })
  })

  test('any menu, whatever its words', () => {
    fc.assert(
      fc.property(menuFiles, fc.constantFrom<',' | ';'>(',', ';'), (menuFile, delimiter) => {
        expect(parse(menuToCsv(menuFile, delimiter))).toEqual({ ok: true, value: menuFile })
      }),
    )
  })

  test('no cell of text begins as a spreadsheet formula does', () => {
    const name = { id: '=HYPERLINK("http://x")', en: '@SUM(1)' }
    const text = menuToCsv({ ...demoMenuFile(), categories: [{ id: 'kopi', name }] })
    expect(text).toContain(`,kopi,"'=HYPERLINK(""http://x"")",'@SUM(1)\r\n`)
    expect(text).toContain(',porsi,setengah,Setengah porsi,Half portion,-7000,')
  })

  test('the menus of three outlets become one file that gives each outlet its own again', () => {
    const menuFile = demoMenuFile()
    const menus = new Map(
      DEMO_OUTLETS.map((slug) => [slug as string, menuForOutlet(menuFile, { slug, seasons: [] })]),
    )
    const again = parse(menuToCsv(menuFileOf(menus)))
    expect(again.ok).toBe(true)
    if (!again.ok) return
    for (const [slug, menu] of menus) {
      expect(menuForOutlet(again.value, { slug, seasons: [] })).toEqual(menu)
    }
  })
})
