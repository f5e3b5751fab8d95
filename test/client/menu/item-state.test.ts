import { expect, test } from 'vitest'
import { itemStates } from '../../../client/menu/item/item-state.ts'
import { FAVOURITES, sectionsOf } from '../../../client/menu/menu-sections.ts'
import { demoMenu } from '../../shared/menu/demo-menu.ts'

const menu = demoMenu()
/** Saturday, 12.00 in Jakarta. */
const noonMs = Date.UTC(2026, 10, 21, 5)
const status = (soldOut: { until: 'time' | 'closing' | 'told'; endsAtMs: number | null } | null) => ({
  id: 'out_1.cappuccino',
  itemId: 'cappuccino',
  rev: 1,
  soldOut,
})

test('an item is sold out until its time and back by itself afterwards', () => {
  const statuses = [status({ until: 'time', endsAtMs: noonMs + 60_000 })]
  const at = (ms: number) => itemStates(menu, statuses, 'Asia/Jakarta', ms).get('cappuccino')?.kind
  expect(at(noonMs)).toBe('sold_out')
  expect(at(noonMs + 60_000)).toBe('ready')
})

test('breakfast at noon says when it is served next', () => {
  const state = itemStates(menu, [], 'Asia/Jakarta', noonMs).get('bubur-ayam')
  expect(state).toMatchObject({ kind: 'not_now', next: { daysAhead: 2, weekday: 1, minutes: 420 } })
})

test('the clock is the outlet’s: noon in Medan is two o’clock in Jayapura', () => {
  const at = (zone: 'Asia/Jakarta' | 'Asia/Jayapura') =>
    itemStates(menu, [], zone, Date.UTC(2027, 1, 10, 7)).get('es-timun-serut')?.kind
  expect(at('Asia/Jakarta')).toBe('not_now')
  expect(at('Asia/Jayapura')).toBe('ready')
})

test('what is out of season is none of the menu’s, sold out or not, and says when it is back', () => {
  const soldOut = [{ ...status({ until: 'told', endsAtMs: null }), itemId: 'kolak-pisang' }]
  const state = itemStates(menu, soldOut, 'Asia/Jakarta', noonMs).get('kolak-pisang')
  expect(state).toMatchObject({ kind: 'off_season', season: { en: 'Ramadan' }, next: { day: '2027-02-08' } })
  const inRamadan = itemStates(menu, soldOut, 'Asia/Jakarta', Date.UTC(2027, 1, 10, 9))
  expect(inRamadan.get('kolak-pisang')?.kind).toBe('sold_out')
  expect(inRamadan.get('es-kurma-susu')?.kind).toBe('ready')
})

test('favourites come first, few enough to leave the menu in sight, and stay in their category', () => {
  const [first, ...rest] = sectionsOf(menu)
  expect(first?.id).toBe(FAVOURITES)
  expect(first?.items.length).toBeLessThanOrEqual(6)
  expect(rest.flatMap((section) => section.items)).toHaveLength(menu.items.length)
})

test('a category without items is not shown', () => {
  const items = menu.items.filter((item) => item.categoryId === 'teh')
  expect(sectionsOf({ ...menu, items }).filter((section) => section.name !== null)).toHaveLength(1)
})
