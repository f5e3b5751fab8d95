import type { LocalMoment } from '#shared/kernel/time.ts'
import { isOffSeason } from '#shared/menu/availability.ts'
import { type Item, type ItemSeason, ORDER_TYPES } from '#shared/menu/menu.ts'
import { daysText } from '../i18n/clock.ts'
import type { StaffWords } from '../i18n/staff/staff-words.ts'

export type SeasonWords = {
  /** Its season with the days that are on or come next; '' for what is sold all year. */
  readonly about: string
  readonly isOff: boolean
  /** There are no days to come: nothing brings the item back until somebody enters them. */
  readonly isWithoutDays: boolean
}

/** What a manager has to know of an item's season on `moment`'s day. */
export function seasonWords(
  item: Item,
  moment: LocalMoment,
  words: StaffWords['manager']['menu'],
  say: (name: ItemSeason['name']) => string,
): SeasonWords {
  const { season } = item.availability
  if (!season) return { about: '', isOff: false, isWithoutDays: false }
  const name = say(season.name)
  const coming = season.runs
    .filter(({ lastDay }) => lastDay >= moment.day)
    .toSorted((a, b) => a.firstDay.localeCompare(b.firstDay))
  const isOff = ORDER_TYPES.every((type) => isOffSeason(item, moment, type))
  const [next] = coming
  if (next) {
    return { about: words.season(name, daysText(next.firstDay, next.lastDay)), isOff, isWithoutDays: false }
  }
  const about = season.runs.length === 0 ? words.seasonUnknown(name) : words.seasonOver(name)
  return { about, isOff, isWithoutDays: true }
}
