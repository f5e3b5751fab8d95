import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { ALLERGENS, BADGES, DIETS, menuSchema, ORDER_TYPES, PICTURE_KINDS } from '#shared/menu/menu.ts'
import { menuForOutlet } from '../../../server/menu/menu-at-outlet.ts'
import { MENU_COLUMNS } from '../../../server/menu/menu-file.ts'
import { MENU_NOTES } from '../../../server/menu/menu-notes.ts'
import { DEMO_OUTLETS, demoMenu, demoMenuFile } from '../../shared/menu/demo-menu.ts'

describe('the demo menu', () => {
  const menuFile = demoMenuFile()

  test('has at least 48 items at prices from Rp12.000 to Rp98.000, and fits the schema at each outlet', () => {
    expect(menuFile.items.length).toBeGreaterThanOrEqual(48)
    expect(Math.min(...menuFile.items.map((item) => item.priceRp))).toBe(12_000)
    expect(Math.max(...menuFile.items.map((item) => item.priceRp))).toBe(98_000)
    for (const outlet of DEMO_OUTLETS) {
      expect(v.safeParse(menuSchema, demoMenu(outlet)).issues).toBeUndefined()
    }
  })

  test('begins with the explanation that a downloaded menu begins with', () => {
    const lines = readFileSync(new URL('../../../server/menu/demo-menu.csv', import.meta.url), 'utf8').split(
      '\n',
    )
    expect(lines.slice(0, MENU_NOTES.length)).toEqual(MENU_NOTES)
    for (const line of MENU_NOTES) expect(line).toMatch(/^#[^,;"]*$/)
  })

  test('the explanation names every column and every word that a cell may hold', () => {
    const notes = MENU_NOTES.join(' ')
    const columns = Object.values(MENU_COLUMNS).flatMap(({ required, other }) => [...required, ...other])
    const words = [...ALLERGENS, ...BADGES, ...DIETS, ...ORDER_TYPES, ...PICTURE_KINDS]
    const unnamed = [...columns, ...words].filter((word) => !new RegExp(`[ (]${word}[ .:)]`).test(notes))
    expect(unnamed).toEqual([])
  })

  test('differs by outlet: other prices, and things that one outlet does not sell', () => {
    const price = (slug: string) =>
      menuForOutlet(menuFile, { slug, seasons: [] }).items.find((item) => item.id === 'es-kopi-susu-aren')
        ?.priceRp
    expect(price('mojopahit')).toBe(22_000)
    expect(price('ayahanda')).toBe(23_000)
    const ids = demoMenu('ayahanda').items.map((item) => item.id)
    expect(ids).not.toContain('es-kopi-durian')
  })

  test('has something in every category, and a use for every group', () => {
    for (const { id } of menuFile.categories)
      expect(menuFile.items.some((item) => item.categoryId === id)).toBe(true)
    for (const { id } of menuFile.groups)
      expect(
        menuFile.items.some((item) => item.groupIds.includes(id)),
        id,
      ).toBe(true)
  })
})
