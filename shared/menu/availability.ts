// When an item can be ordered: on its weekdays, from its first minute up to but not including its last,
// for its order types. All by the clock on the outlet's wall; whether the outlet is open is asked elsewhere.
import { addDays, type LocalMoment, minutesOf } from '../kernel/time.ts'
import type { Item, OrderType } from './menu.ts'

const DAY_MINUTES = 1440

function window(item: Item): { readonly fromMinutes: number; readonly untilMinutes: number } {
  const { from, until } = item.availability
  return {
    fromMinutes: from === null ? 0 : minutesOf(from),
    untilMinutes: until === null ? DAY_MINUTES : minutesOf(until),
  }
}

function isSoldOn(item: Item, weekday: number): boolean {
  return item.availability.weekdays === null || item.availability.weekdays.includes(weekday)
}

/** True when `item` may be ordered at `moment` for this order type. */
export function isAvailable(item: Item, moment: LocalMoment, orderType: OrderType): boolean {
  const { fromMinutes, untilMinutes } = window(item)
  return (
    item.availability.orderTypes.includes(orderType) &&
    isSoldOn(item, moment.weekday) &&
    moment.minutes >= fromMinutes &&
    moment.minutes < untilMinutes
  )
}

/** A moment with the number of days until it: 0 today, 1 tomorrow, at most 7. */
export type NextAvailable = LocalMoment & { readonly daysAhead: number }

/**
 * The first moment from `moment` on at which `item` can be ordered: `moment` itself when it can be now,
 * null when this order type is never offered for it.
 */
export function nextAvailable(item: Item, moment: LocalMoment, orderType: OrderType): NextAvailable | null {
  if (isAvailable(item, moment, orderType)) return { ...moment, daysAhead: 0 }
  const { fromMinutes, untilMinutes } = window(item)
  if (!item.availability.orderTypes.includes(orderType) || fromMinutes >= untilMinutes) return null
  for (let daysAhead = 0; daysAhead <= 7; daysAhead++) {
    const weekday = (moment.weekday + daysAhead) % 7
    const isPast = daysAhead === 0 && moment.minutes >= fromMinutes
    if (isPast || !isSoldOn(item, weekday)) continue
    return { day: addDays(moment.day, daysAhead), weekday, minutes: fromMinutes, daysAhead }
  }
  return null
}
