import { expect, test } from 'vitest'
import { isNamed, withSeasons } from '#shared/menu/seasons.ts'
import type { Outlet } from '#shared/outlet/outlet.ts'
import { demoMenu, itemOf } from './demo-menu.ts'

const menu = demoMenu()
const day = [{ from: '16:00', until: '02:00' }]
const season = (id: string, firstDay: string, lastDay: string): Outlet['seasons'][number] => ({
  name: { id, en: `${id} season` },
  firstDay,
  lastDay,
  hours: [day, day, day, day, day, day, day],
})
const runsOf = (seasons: Outlet['seasons']) =>
  itemOf({ items: withSeasons(menu.items, seasons) }, 'kolak-pisang').availability.season?.runs

test('the Ramadan dishes of the demo menu have the days of the outlet’s Ramadan', () => {
  const seasonal = menu.items.filter((item) => item.availability.season)
  expect(seasonal.map(({ categoryId }) => categoryId)).toEqual(Array(4).fill('ramadan'))
  for (const { availability } of seasonal) {
    expect(availability.season?.runs).toEqual([{ firstDay: '2027-02-08', lastDay: '2027-03-09' }])
  }
})

test('new days in the settings are the dishes’ days; two of one name are both', () => {
  const next = season('Ramadan', '2028-01-28', '2028-02-25')
  const last = season(' ramadan ', '2027-02-08', '2027-03-09')
  expect(runsOf([next])).toEqual([{ firstDay: '2028-01-28', lastDay: '2028-02-25' }])
  expect(runsOf([last, season('Durian', '2027-06-01', '2027-08-31'), next])).toHaveLength(2)
})

test('a season that the outlet has not, or has no longer, has no days', () => {
  expect(runsOf([])).toEqual([])
  expect(runsOf([season('Ramadan 1448', '2027-02-08', '2027-03-09')])).toEqual([])
})

test('what is sold all year is left as it is', () => {
  const coffee = itemOf(menu, 'americano')
  expect(itemOf({ items: withSeasons(menu.items, []) }, 'americano')).toBe(coffee)
})

test('a season is found by its name in either language, however it is written', () => {
  const durian = season('Musim  Durian', '2027-06-01', '2027-08-31')
  expect(isNamed(durian, 'musim durian')).toBe(true)
  expect(isNamed(durian, ' MUSIM  DURIAN SEASON ')).toBe(true)
  expect(isNamed(durian, 'Durian')).toBe(false)
})
