import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instantOf, ZONES, type Zone } from '#shared/kernel/time.ts'
import { isOpenAllDay, openState } from '#shared/outlet/opening-hours.ts'
import type { Outlet, WeekHours } from '#shared/outlet/outlet.ts'

type Hours = Pick<Outlet, 'hours' | 'seasons' | 'specialDays' | 'zone'>
type Day = WeekHours[number]

const closed: Day = []
const day = (...spans: readonly (readonly [string, string])[]): Day =>
  spans.map(([from, until]) => ({ from, until }))
const everyDay = (hours: Day): WeekHours => [hours, hours, hours, hours, hours, hours, hours]
const note = { id: 'x', en: 'x' }

function outlet(hours: WeekHours, change: Partial<Hours> = {}): Hours {
  return { hours, seasons: [], specialDays: [], zone: 'Asia/Jakarta', ...change }
}

/** "2026-11-18 10:00" on the outlet's wall. Wednesday. */
function local(text: string, zone: Zone = 'Asia/Jakarta'): number {
  const [date = '', clock = ''] = text.split(' ')
  return instantOf(date, Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3)), zone)
}

describe('an outlet is open as its door says', () => {
  const nine = outlet(everyDay(day(['09:00', '22:00'])))

  test.each([
    ['2026-11-18 08:59', { isOpen: false, opensAtMs: local('2026-11-18 09:00') }],
    ['2026-11-18 09:00', { isOpen: true, untilMs: local('2026-11-18 22:00') }],
    ['2026-11-18 21:59', { isOpen: true, untilMs: local('2026-11-18 22:00') }],
    ['2026-11-18 22:00', { isOpen: false, opensAtMs: local('2026-11-19 09:00') }],
  ])('at %s', (when, expected) => {
    expect(openState(nine, local(when))).toEqual(expected)
  })

  test.each(ZONES)('nine o’clock is nine o’clock in %s', (zone) => {
    const there = { ...nine, zone }
    expect(openState(there, local('2026-11-18 09:00', zone) - 1).isOpen).toBe(false)
    expect(openState(there, local('2026-11-18 09:00', zone)).isOpen).toBe(true)
  })

  test('a span past midnight belongs to the day on which it began', () => {
    const friday: WeekHours = [closed, closed, closed, closed, closed, day(['16:00', '02:00']), closed]
    const late = outlet(friday)
    expect(openState(late, local('2026-11-21 01:59'))).toEqual({
      isOpen: true,
      untilMs: local('2026-11-21 02:00'),
    })
    expect(openState(late, local('2026-11-21 02:00'))).toEqual({
      isOpen: false,
      opensAtMs: local('2026-11-27 16:00'),
    })
    expect(openState(late, local('2026-11-20 01:00')).isOpen).toBe(false)
  })

  test('spans that touch, within a day or over midnight, are one', () => {
    const split = outlet(everyDay(day(['07:00', '12:00'], ['12:00', '24:00'])))
    expect(openState(split, local('2026-11-18 11:00'))).toEqual({
      isOpen: true,
      untilMs: local('2026-11-19 00:00'),
    })
    const round = outlet(everyDay(day(['00:00', '24:00'])))
    const state = openState(round, local('2026-11-18 11:00'))
    expect(state.isOpen && state.untilMs).toBeGreaterThan(local('2026-11-25 00:00'))
  })

  test('a break at noon is closed', () => {
    const split = outlet(everyDay(day(['07:00', '12:00'], ['13:00', '20:00'])))
    expect(openState(split, local('2026-11-18 12:30'))).toEqual({
      isOpen: false,
      opensAtMs: local('2026-11-18 13:00'),
    })
  })

  test('a special day wins over a season, a season over the week', () => {
    const hours = outlet(everyDay(day(['09:00', '22:00'])), {
      seasons: [
        {
          name: note,
          firstDay: '2027-02-08',
          lastDay: '2027-03-09',
          hours: everyDay(day(['16:00', '02:00'])),
        },
      ],
      specialDays: [{ day: '2027-03-09', hours: [], note }],
    })
    expect(openState(hours, local('2027-02-07 10:00')).isOpen).toBe(true)
    expect(openState(hours, local('2027-02-08 10:00'))).toEqual({
      isOpen: false,
      opensAtMs: local('2027-02-08 16:00'),
    })
    expect(openState(hours, local('2027-03-09 01:00')).isOpen).toBe(true)
    expect(openState(hours, local('2027-03-09 17:00'))).toEqual({
      isOpen: false,
      opensAtMs: local('2027-03-10 09:00'),
    })
  })

  test('an outlet that never opens says so', () => {
    expect(openState(outlet(everyDay(closed)), local('2026-11-18 12:00'))).toEqual({
      isOpen: false,
      opensAtMs: null,
    })
  })

  test('what it says holds: open until then and not after, closed until it opens', () => {
    const clock = fc
      .integer({ min: 0, max: 47 })
      .map((half) => `${String(half >> 1).padStart(2, '0')}:${half % 2 ? '30' : '00'}`)
    const hours = fc.array(fc.record({ from: clock, until: clock }), { maxLength: 2 })
    const week = fc.tuple(hours, hours, hours, hours, hours, hours, hours)
    const minute = fc
      .integer({ min: 0, max: 20_000 })
      .map((each) => local('2026-11-15 00:00') + each * 60_000)
    fc.assert(
      fc.property(week, minute, fc.constantFrom(...ZONES), (each, atMs, zone) => {
        const place = outlet(each, { zone })
        const state = openState(place, atMs)
        if (state.isOpen) {
          expect(state.untilMs).toBeGreaterThan(atMs)
          expect(openState(place, state.untilMs - 1)).toEqual(state)
          const after = openState(place, state.untilMs)
          if (after.isOpen) expect(state.untilMs - atMs).toBeGreaterThan(13 * 86_400_000)
        } else if (state.opensAtMs !== null) {
          expect(openState(place, state.opensAtMs - 1)).toEqual(state)
          expect(openState(place, state.opensAtMs).isOpen).toBe(true)
        }
      }),
      { numRuns: 100 },
    )
  })
})

test('an outlet that does not close within a day is open 24 hours, and has no closing time to tell', () => {
  const always = outlet(everyDay(day(['00:00', '24:00'])))
  const wednesday = local('2026-11-18 10:00')
  expect(isOpenAllDay(openState(always, wednesday), wednesday)).toBe(true)
  const shut = { day: '2026-11-19', hours: closed, note }
  const today = outlet(everyDay(day(['00:00', '24:00'])), { specialDays: [shut] })
  expect(isOpenAllDay(openState(today, wednesday), wednesday)).toBe(false)
  expect(isOpenAllDay(openState(outlet(everyDay(closed)), wednesday), wednesday)).toBe(false)
})
