import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, type LocalMoment, minutesOf } from '#shared/kernel/time.ts'
import { isAvailable, isOffSeason, nextAvailable } from '#shared/menu/availability.ts'
import type { Item, ItemSeason, OrderType } from '#shared/menu/menu.ts'
import { demoMenu, itemOf } from './demo-menu.ts'

const RUNS = 300
const menu = demoMenu()
const coffee = itemOf(menu, 'es-kopi-susu-aren')
const weekend = itemOf(menu, 'lontong-sayur')
const morning = itemOf(menu, 'bubur-ayam')
type Availability = NonNullable<Item['availability']>

const sold = (availability: Partial<Availability>): Item => ({
  ...coffee,
  availability: { ...coffee.availability, ...availability },
})
const night = sold({ from: '22:00', until: '02:00', weekdays: [6] })
const lateHours = sold({ from: '22:00', until: '00:00' })
const wholeDay = sold({ from: '10:00', until: '10:00', weekdays: [6] })
const season = (...runs: [firstDay: string, lastDay: string][]): ItemSeason => ({
  name: { id: 'Ramadan', en: 'Ramadan' },
  runs: runs.map(([firstDay, lastDay]) => ({ firstDay, lastDay })),
})
const ramadan = itemOf(menu, 'kolak-pisang')
const ramadanNight = sold({ from: '22:00', until: '02:00', season: season(['2027-02-08', '2027-03-09']) })
const twice = sold({ season: season(['2028-01-28', '2028-02-25'], ['2027-02-08', '2027-03-09']) })
const weekendOfSeason = sold({ weekdays: [6], season: season(['2026-11-16', '2026-11-27']) })
const pauseUntil = (day: string) =>
  sold({ from: '08:00', until: '10:00', season: season(['2026-11-16', '2026-11-17'], [day, '2026-11-30']) })
const undated = sold({ season: season() })
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
    ['the Ramadan dish in November', ramadan, at('2026-11-21', '17:00'), 'table', false],
    ['the Ramadan dish on the eve', ramadan, at('2027-02-07', '17:00'), 'table', false],
    ['the Ramadan dish on the first day', ramadan, at('2027-02-08', '15:00'), 'table', true],
    ['the Ramadan dish on the first morning', ramadan, at('2027-02-08', '09:00'), 'table', false],
    ['the Ramadan dish in its last minute', ramadan, at('2027-03-09', '21:59'), 'pickup', true],
    ['the Ramadan dish when Ramadan is over', ramadan, at('2027-03-10', '17:00'), 'table', false],
    ['the Ramadan night before its first', ramadanNight, at('2027-02-08', '01:00'), 'table', false],
    ['the Ramadan night after its last day', ramadanNight, at('2027-03-10', '01:59'), 'table', true],
    ['the Ramadan night when it is over', ramadanNight, at('2027-03-10', '22:00'), 'table', false],
    ['the dish of two Ramadans in the second', twice, at('2028-02-01', '09:00'), 'table', true],
    ['the dish of two Ramadans between them', twice, at('2027-07-01', '09:00'), 'table', false],
    ['the dish of a season without days', undated, at('2027-02-10', '17:00'), 'table', false],
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
    [
      'on the first day of Ramadan, seen in November',
      ramadan,
      at('2026-11-21', '12:00'),
      { day: '2027-02-08', weekday: 1, minutes: 900, daysAhead: 79 },
    ],
    [
      'tomorrow, within Ramadan',
      ramadan,
      at('2027-02-08', '22:30'),
      { day: '2027-02-09', minutes: 900, daysAhead: 1 },
    ],
    ['in the next Ramadan that has days', twice, at('2027-03-10', '09:00'), { day: '2028-01-28' }],
    ['no more, once Ramadan is over', ramadan, at('2027-03-09', '22:00'), null],
    ['no more, once its last Saturday is over', weekendOfSeason, at('2026-11-22', '09:00'), null],
    ['unknown, for a season without days', undated, at('2026-11-21', '12:00'), null],
    ['never at the table', pickupOnly, at('2026-11-23', '12:00'), null],
  ])('the next time is %s', (_, item, moment, expected) => {
    const next = nextAvailable(item, moment, 'table')
    if (expected === null) expect(next).toBeNull()
    else expect(next).toMatchObject(expected)
  })

  test.each<[string, Item, LocalMoment, boolean]>([
    ['all year', coffee, at('2026-11-21', '12:00'), false],
    ['three months before', ramadan, at('2026-11-21', '17:00'), true],
    ['on the eve', ramadan, at('2027-02-07', '23:59'), true],
    ['on the first morning, before it is sold', ramadan, at('2027-02-08', '00:00'), false],
    ['at midnight between two days of it', ramadan, at('2027-02-09', '00:00'), false],
    ['once its last hour is over', ramadan, at('2027-03-09', '22:00'), true],
    ['in the night after its last day', ramadanNight, at('2027-03-10', '01:00'), false],
    ['after that night', ramadanNight, at('2027-03-10', '02:00'), true],
    ['on a Monday of it, for a Saturday’s dish', weekendOfSeason, at('2026-11-16', '09:00'), false],
    ['after its last Saturday', weekendOfSeason, at('2026-11-22', '09:00'), true],
    ['without days', undated, at('2027-02-10', '17:00'), true],
    ['before it goes on in seven days', pauseUntil('2026-11-24'), at('2026-11-17', '12:00'), false],
    ['before it goes on in eight days', pauseUntil('2026-11-25'), at('2026-11-17', '12:00'), true],
  ])('out of season: %s', (_, item, moment, expected) => {
    expect(isOffSeason(item, moment, 'table')).toBe(expected)
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
    const days = (from: number, to: number) =>
      fc.integer({ min: from, max: to }).map((offset) => addDays('2026-06-01', offset))
    const runs = fc
      .tuple(days(-20, 60), fc.integer({ min: -1, max: 20 }))
      .map(([firstDay, length]) => ({ firstDay, lastDay: addDays(firstDay, length) }))
    const seasons = fc.record({
      name: fc.constant({ id: 'Musim', en: 'Season' }),
      runs: fc.array(runs, { maxLength: 3 }),
    })
    const availabilities: fc.Arbitrary<Availability> = fc
      .record({
        weekdays: fc.option(fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { maxLength: 7 })),
        from: fc.option(clock('23:30')),
        until: fc.option(clock('24:00')),
        orderTypes: fc.subarray<OrderType>(['table', 'pickup']),
      })
      .chain((always) =>
        fc.option(seasons).map((season) => (season === null ? always : { ...always, season })),
      )
    const moments = fc
      .tuple(days(0, 70), fc.integer({ min: 0, max: 1439 }))
      .map(([day, minutes]) => ({ ...at(day, '00:00'), minutes }))
    fc.assert(
      fc.property(availabilities, moments, (availability, moment) => {
        const item = { ...coffee, availability }
        const next = nextAvailable(item, moment, 'table')
        if (next) {
          expect(isAvailable(item, next, 'table')).toBe(true)
          expect(next.day).toBe(addDays(moment.day, next.daysAhead))
        }
        // What has never a next time is not had on any day on which a season could be.
        const endDays = availability.season ? 90 : 8
        const end = next ? next.daysAhead * 1440 + next.minutes : endDays * 1440
        let isHadEarlier = false
        for (let minute = moment.minutes; minute < end && !isHadEarlier; minute += 30) {
          const day = addDays(moment.day, Math.floor(minute / 1440))
          isHadEarlier = isAvailable(item, { ...at(day, '00:00'), minutes: minute % 1440 }, 'table')
        }
        expect(isHadEarlier).toBe(false)
      }),
      { numRuns: RUNS },
    )
  })
})
