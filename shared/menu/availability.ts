// When an item can be ordered: on the days of its season, on its weekdays, from its first minute up to but not
// including its last, for its order types. A last minute at or before the first is on the next day, as with opening hours: 22:00 to
// 02:00 on Saturdays reaches into Sunday, and on a season's last day into the day after. All by the clock on the outlet's wall; whether the outlet is open is
// asked elsewhere.
import { addDays, type LocalMoment, minutesOf } from '../kernel/time.ts'
import type { Item, OrderType } from './menu.ts'

const DAY_MINUTES = 1440
const DAY_MS = DAY_MINUTES * 60_000

/** Minutes since the midnight before it begins; `untilMinutes` is past 1440 when it ends on the next day. */
function window(item: Item): { readonly fromMinutes: number; readonly untilMinutes: number } {
  const { from, until } = item.availability
  const fromMinutes = from === null ? 0 : minutesOf(from)
  const untilMinutes = until === null ? DAY_MINUTES : minutesOf(until)
  return {
    fromMinutes,
    untilMinutes: untilMinutes <= fromMinutes ? untilMinutes + DAY_MINUTES : untilMinutes,
  }
}

function isDayOfSeason({ availability: { season } }: Item, day: string): boolean {
  return !season || season.runs.some(({ firstDay, lastDay }) => firstDay <= day && day <= lastDay)
}

/** True on the days on which a span of `item` begins. */
function isSoldOn(item: Item, day: string, weekday: number): boolean {
  const { weekdays } = item.availability
  return (weekdays === null || weekdays.includes(weekday)) && isDayOfSeason(item, day)
}

/** True when `item` may be ordered at `moment` for this order type. */
export function isAvailable(item: Item, moment: LocalMoment, orderType: OrderType): boolean {
  if (!item.availability.orderTypes.includes(orderType)) return false
  const { fromMinutes, untilMinutes } = window(item)
  const isWithin = (minutes: number) => minutes >= fromMinutes && minutes < untilMinutes
  const yesterday = (moment.weekday + 6) % 7
  return (
    (isWithin(moment.minutes) && isSoldOn(item, moment.day, moment.weekday)) ||
    (isWithin(moment.minutes + DAY_MINUTES) && isSoldOn(item, addDays(moment.day, -1), yesterday))
  )
}

/** A moment with the number of days until it: 0 today, 1 tomorrow; more than 7 only before a season. */
export type NextAvailable = LocalMoment & { readonly daysAhead: number }

/** In how many days each run of the season begins that is not over, 0 for one that has begun; the soonest first. */
function daysUntilSeason({ availability: { season } }: Item, day: string): readonly number[] {
  if (!season) return [0]
  return season.runs
    .filter(({ lastDay }) => lastDay >= day)
    .map(({ firstDay }) => Math.max(0, (Date.parse(firstDay) - Date.parse(day)) / DAY_MS))
    .sort((a, b) => a - b)
}

/**
 * The first moment from `moment` on at which `item` can be ordered: `moment` itself when it can be now,
 * null when this order type is never offered for it, or its season has no further days.
 */
export function nextAvailable(item: Item, moment: LocalMoment, orderType: OrderType): NextAvailable | null {
  if (isAvailable(item, moment, orderType)) return { ...moment, daysAhead: 0 }
  if (!item.availability.orderTypes.includes(orderType)) return null
  const { fromMinutes } = window(item)
  for (const beginsIn of daysUntilSeason(item, moment.day)) {
    for (let daysAhead = beginsIn; daysAhead <= beginsIn + 7; daysAhead++) {
      const start = after(moment, daysAhead * DAY_MINUTES + fromMinutes)
      // What began before is over, else it would be available now.
      const isPast = daysAhead === 0 && start.minutes < moment.minutes
      if (!isPast && isSoldOn(item, start.day, start.weekday)) return start
    }
  }
  return null
}

/**
 * True while the season of `item` is not on, and from its last hour on: within a week it cannot be ordered. It
 * is not shown then, unless somebody asks for it.
 */
export function isOffSeason(item: Item, moment: LocalMoment, orderType: OrderType): boolean {
  const { season, orderTypes } = item.availability
  if (!season) return false
  if (!orderTypes.includes(orderType)) return !isDayOfSeason(item, moment.day)
  const next = nextAvailable(item, moment, orderType)
  if (next === null || next.daysAhead > 7) return true
  return next.daysAhead > 0 && !isDayOfSeason(item, moment.day)
}

/** `minutes` after the midnight that `moment`'s day began with. */
function after(moment: LocalMoment, minutes: number): NextAvailable {
  const daysAhead = Math.floor(minutes / DAY_MINUTES)
  return {
    day: addDays(moment.day, daysAhead),
    weekday: (moment.weekday + daysAhead) % 7,
    minutes: minutes % DAY_MINUTES,
    daysAhead,
  }
}
