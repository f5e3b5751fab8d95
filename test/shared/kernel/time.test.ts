import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  businessDay,
  formatClock,
  instantOf,
  localMoment,
  minutesOf,
  ZONES,
} from '#shared/kernel/time.ts'

const at = (text: string) => Date.parse(text)
const HOUR_MS = 3_600_000

describe('days and clock times belong to the outlet', () => {
  test.each([
    ['Asia/Jakarta', '2026-11-18', 3, 23 * 60 + 30],
    ['Asia/Pontianak', '2026-11-18', 3, 23 * 60 + 30],
    ['Asia/Makassar', '2026-11-19', 4, 30],
    ['Asia/Jayapura', '2026-11-19', 4, 90],
  ] as const)('16.30 UTC on 18 November is another day in %s', (zone, day, weekday, minutes) => {
    expect(localMoment(at('2026-11-18T16:30:00Z'), zone)).toEqual({ day, weekday, minutes })
  })

  test('a clock is written with a point, midnight as 00.00', () => {
    expect(formatClock(at('2026-11-18T17:00:00Z'), 'Asia/Jakarta')).toBe('00.00')
    expect(formatClock(at('2026-11-18T02:05:00Z'), 'Asia/Makassar')).toBe('10.05')
  })

  test('local time and back is the same minute, in every zone, in every month', () => {
    const minute = fc.integer({ min: at('2020-01-01') / 60_000, max: at('2050-01-01') / 60_000 })
    fc.assert(
      fc.property(minute, fc.constantFrom(...ZONES), (minutes, zone) => {
        const local = localMoment(minutes * 60_000, zone)
        expect(instantOf(local.day, local.minutes, zone)).toBe(minutes * 60_000)
      }),
    )
  })

  test('no zone of Indonesia turns its clocks: noon is 24 hours from noon all year', () => {
    for (const zone of ZONES) {
      for (let day = '2026-01-01'; day < '2027-01-01'; day = addDays(day, 1)) {
        expect(instantOf(addDays(day, 1), 720, zone) - instantOf(day, 720, zone)).toBe(24 * HOUR_MS)
      }
    }
  })

  test('minutes after midnight of a day reach into the next', () => {
    const zone = 'Asia/Jakarta'
    expect(instantOf('2026-11-18', 1440 + 120, zone)).toBe(instantOf('2026-11-19', 120, zone))
  })

  test.each([
    ['2026-02-28', 1, '2026-03-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2026-01-01', -1, '2025-12-31'],
  ])('%s and %i days is %s', (day, days, expected) => {
    expect(addDays(day, days)).toBe(expected)
  })

  test('24:00 is the end of the day', () => {
    expect([minutesOf('00:00'), minutesOf('07:30'), minutesOf('24:00')]).toEqual([0, 450, 1440])
  })

  test.each([
    ['Asia/Jakarta', '2026-11-18T20:59:59Z', '2026-11-18'],
    ['Asia/Jakarta', '2026-11-18T21:00:00Z', '2026-11-19'],
    ['Asia/Makassar', '2026-11-18T19:59:59Z', '2026-11-18'],
    ['Asia/Makassar', '2026-11-18T20:00:00Z', '2026-11-19'],
    ['Asia/Jayapura', '2026-11-18T18:59:59Z', '2026-11-18'],
    ['Asia/Jayapura', '2026-11-18T19:00:00Z', '2026-11-19'],
  ] as const)('in %s the business day turns at four: %s counts to %s', (zone, instant, day) => {
    expect(businessDay(at(instant), zone, '04:00')).toBe(day)
  })

  test('a day that ends at midnight is the calendar day', () => {
    expect(businessDay(at('2026-11-18T16:59:59Z'), 'Asia/Jakarta', '00:00')).toBe('2026-11-18')
    expect(businessDay(at('2026-11-18T17:00:00Z'), 'Asia/Jakarta', '00:00')).toBe('2026-11-19')
  })
})
