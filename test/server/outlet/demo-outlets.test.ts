import { expect, test } from 'vitest'
import { isOpenAllDay, openState } from '#shared/outlet/opening-hours.ts'
import { demoOutlets } from '../../../server/outlet/demo-outlets.ts'

const HOUR_MS = 60 * 60_000
const [first, ...others] = demoOutlets(2026).map(({ settings }) => settings)

test.each([
  ['at night in Medan', '2026-11-21T19:00:00Z'],
  ['on New Year’s Eve', '2026-12-31T02:00:00Z'],
  ['on New Year’s Day', '2026-12-31T20:00:00Z'],
  ['on a morning of Ramadan', '2027-02-10T02:00:00Z'],
])('the outlet whose link is printed takes orders %s', (_, at) => {
  const atMs = Date.parse(at)
  expect(first?.slug).toBe('mojopahit')
  expect(first && isOpenAllDay(openState(first, atMs), atMs)).toBe(true)
})

test('the others close at night, so that closing can be seen', () => {
  for (const outlet of others) {
    const states = Array.from({ length: 24 }, (_, hour) =>
      openState(outlet, Date.parse('2026-11-23T00:00:00Z') + hour * HOUR_MS),
    )
    expect(new Set(states.map(({ isOpen }) => isOpen))).toEqual(new Set([true, false]))
  }
})
