import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, type LocalMoment, minutesOf } from '#shared/kernel/time.ts'
import { isAvailable, nextAvailable } from '#shared/menu/availability.ts'
import type { Availability, Item, OrderType } from '#shared/menu/menu.ts'
import { demoMenu, itemOf } from './demo-menu.ts'

const menu = demoMenu()
const coffee = itemOf(menu, 'es-kopi-susu-aren')
const weekend = itemOf(menu, 'lontong-sayur')
const morning = itemOf(menu, 'bubur-ayam')
const sold = (availability: Partial<Availability>): Item => ({
  ...coffee,
  availability: { ...coffee.availability, ...availability },
})
const night = sold({ from: '22:00', until: '02:00', weekdays: [6] })
const lateHours = sold({ from: '22:00', until: '00:00' })
const wholeDay = sold({ from: '10:00', until: '10:00', weekdays: [6] })
const tableOnly = itemOf(menu, 'kopi-tubruk')
const pickupOnly = itemOf(menu, 'teh-melati-liter')

/** 2026-11-21 is a Saturday. */
const at = (day: string, clock: string): LocalMoment => ({
  day,
  weekday: new Date(`${day}T00:00:00Z`).getUTCDay(),
  minutes: minutesOf(clock),
})

describe('availability', () => {
  test.each<[string, Item, LocalMoment, OrderType, boolean]>([
    ['coffee at any hour', coffee, at('2026-11-21', '00:00'), 'table', true],
    ['the weekend dish on Saturday as it opens', weekend, at('2026-11-21', '07:00'), 'table', true],
    ['the weekend dish a minute before', weekend, at('2026-11-21', '06:59'), 'table', false],
    ['the weekend dish in its last minute', weekend, at('2026-11-22', '10:59'), 'pickup', true],
    ['the weekend dish when its time is over', weekend, at('2026-11-22', '11:00'), 'table', false],
    ['the weekend dish on Monday', weekend, at('2026-11-23', '08:00'), 'table', false],
    ['the weekday breakfast on Monday', morning, at('2026-11-23', '08:00'), 'table', true],
    ['the Saturday night dish on Saturday as it begins', night, at('2026-11-21', '22:00'), 'table', true],
    ['the Saturday night dish before', night, at('2026-11-21', '21:59'), 'table', false],
    ['the Saturday night dish past midnight', night, at('2026-11-22', '01:59'), 'table', true],
    ['the Saturday night dish when its night is over', night, at('2026-11-22', '02:00'), 'table', false],
    ['the Saturday night dish on Sunday evening', night, at('2026-11-22', '22:00'), 'table', false],
    ['the Saturday night dish early on Saturday', night, at('2026-11-21', '01:00'), 'table', false],
    ['what is sold until midnight, before it', lateHours, at('2026-11-23', '23:59'), 'table', true],
    ['what is sold until midnight, after it', lateHours, at('2026-11-23', '00:00'), 'table', false],
    ['a day that ends as it begins', wholeDay, at('2026-11-22', '09:59'), 'table', true],
    ['a day that ended as it began', wholeDay, at('2026-11-22', '10:00'), 'table', false],
    ['tubruk at the table', tableOnly, at('2026-11-23', '08:00'), 'table', true],
    ['tubruk to take away', tableOnly, at('2026-11-23', '08:00'), 'pickup', false],
    ['a bottle at the table', pickupOnly, at('2026-11-23', '08:00'), 'table', false],
  ])('%s: %#', (_, item, moment, orderType, expected) => {
    expect(isAvailable(item, moment, orderType)).toBe(expected)
  })

  test.each<[string, Item, LocalMoment, object | null]>([
    ['now, when it can be had now', coffee, at('2026-11-23', '09:13'), { daysAhead: 0, minutes: 553 }],
    ['later today', morning, at('2026-11-23', '05:00'), { daysAhead: 0, minutes: 420 }],
    ['tomorrow, when today is over', morning, at('2026-11-23', '12:00'), { day: '2026-11-24', daysAhead: 1 }],
    [
      'on Monday, seen on Friday noon',
      morning,
      at('2026-11-27', '12:00'),
      { day: '2026-11-30', daysAhead: 3 },
    ],
    [
      'on Saturday, seen on Sunday noon',
      weekend,
      at('2026-11-22', '12:00'),
      { day: '2026-11-28', weekday: 6 },
    ],
    [
      'tonight, for what is sold at night',
      lateHours,
      at('2026-11-23', '12:00'),
      { daysAhead: 0, minutes: 1320 },
    ],
    ['now, past midnight of its night', night, at('2026-11-22', '01:00'), { daysAhead: 0, minutes: 60 }],
    [
      'next Saturday, once its night is over',
      night,
      at('2026-11-22', '03:00'),
      { day: '2026-11-28', daysAhead: 6 },
    ],
    ['never at the table', pickupOnly, at('2026-11-23', '12:00'), null],
  ])('the next time is %s', (_, item, moment, expected) => {
    const next = nextAvailable(item, moment, 'table')
    if (expected === null) expect(next).toBeNull()
    else expect(next).toMatchObject(expected)
  })

  test('a dish of one weekday that is over comes back in seven days', () => {
    const item = { ...weekend, availability: { ...weekend.availability, weekdays: [6] } }
    expect(nextAvailable(item, at('2026-11-21', '11:00'), 'table')).toMatchObject({
      day: '2026-11-28',
      daysAhead: 7,
    })
  })

  test('at the told time it is available, and at no earlier minute', () => {
    const clock = (last: string) =>
      fc.integer({ min: 0, max: minutesOf(last) / 30 }).map((half) => {
        const minutes = half * 30
        return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
      })
    const availabilities: fc.Arbitrary<Availability> = fc.record({
      weekdays: fc.option(fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { maxLength: 7 })),
      from: fc.option(clock('23:30')),
      until: fc.option(clock('24:00')),
      orderTypes: fc.subarray<OrderType>(['table', 'pickup']),
    })
    const moments = fc
      .tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 1439 }))
      .map(([days, minutes]) => ({ ...at(addDays('2026-01-01', days), '00:00'), minutes }))
    fc.assert(
      fc.property(availabilities, moments, (availability, moment) => {
        const item = { ...coffee, availability }
        const next = nextAvailable(item, moment, 'table')
        if (next) expect(isAvailable(item, next, 'table')).toBe(true)
        const end = next ? next.daysAhead * 1440 + next.minutes : 8 * 1440
        for (let minute = moment.minutes; minute < end; minute += 30) {
          const day = addDays(moment.day, Math.floor(minute / 1440))
          const earlier = { ...at(day, '00:00'), minutes: minute % 1440 }
          expect(isAvailable(item, earlier, 'table')).toBe(false)
        }
      }),
    )
  })
})
