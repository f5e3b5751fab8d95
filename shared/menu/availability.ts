// When an item can be ordered: on its weekdays, from its first minute up to but not including its last,
// for its order types. A last minute at or before the first is on the next day, as with opening hours: 22:00 to
// 02:00 on Saturdays reaches into Sunday. All by the clock on the outlet's wall; whether the outlet is open is
// asked elsewhere.
import { addDays, type LocalMoment, minutesOf } from '../kernel/time.ts'
import type { Item, OrderType } from './menu.ts'

const DAY_MINUTES = 1440

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

function isSoldOn(item: Item, weekday: number): boolean {
  return item.availability.weekdays === null || item.availability.weekdays.includes(weekday)
}

/** True when `item` may be ordered at `moment` for this order type. */
export function isAvailable(item: Item, moment: LocalMoment, orderType: OrderType): boolean {
  if (!item.availability.orderTypes.includes(orderType)) return false
  const { fromMinutes, untilMinutes } = window(item)
  const isWithin = (minutes: number) => minutes >= fromMinutes && minutes < untilMinutes
  const yesterday = (moment.weekday + 6) % 7
  return (
    (isSoldOn(item, moment.weekday) && isWithin(moment.minutes)) ||
    (isSoldOn(item, yesterday) && isWithin(moment.minutes + DAY_MINUTES))
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
  if (!item.availability.orderTypes.includes(orderType)) return null
  const { fromMinutes } = window(item)
  for (let daysAhead = 0; daysAhead <= 7; daysAhead++) {
    const startMinutes = daysAhead * DAY_MINUTES + fromMinutes
    // What began before is over, else it would be available now.
    const isPast = startMinutes < moment.minutes
    if (!isPast && isSoldOn(item, (moment.weekday + daysAhead) % 7)) return after(moment, startMinutes)
  }
  return null
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
