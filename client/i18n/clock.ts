import { formatClock, type Zone } from '#shared/kernel/time.ts'
import { useLanguage } from './useLanguage.ts'

const { language } = useLanguage()

/** The time of day as the reader's language writes it: "20.50", in English "20:50". Reactive where it is called. */
export function clockText(atMs: number, zone: Zone): string {
  return spelledClock(formatClock(atMs, zone))
}

/** The same of a clock that was written in Indonesian. */
export function spelledClock(clock: string): string {
  return language.value === 'en' ? clock.replace('.', ':') : clock
}

/** A day to come, "8 Februari"; one that is nearly a year ahead has its year. */
export function dayText({ day, daysAhead }: { readonly day: string; readonly daysAhead: number }): string {
  return dayFormat(daysAhead > 330).format(Date.parse(day))
}

/** The days from the first to the last, "8 Februari – 9 Maret 2027". */
export function daysText(firstDay: string, lastDay: string): string {
  return dayFormat(true).formatRange(Date.parse(firstDay), Date.parse(lastDay))
}

/** The day of a moment, "21 November 2026" or "21 Nov 2026": the day first in both languages. */
export function dateText(atMs: number, zone: Zone, month: 'long' | 'short' = 'long'): string {
  const format = { day: 'numeric', month, year: 'numeric', timeZone: zone } as const
  return new Intl.DateTimeFormat(locale(), format).format(atMs)
}

function dayFormat(hasYear: boolean): Intl.DateTimeFormat {
  const year = hasYear ? ({ year: 'numeric' } as const) : {}
  return new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'long', ...year, timeZone: 'UTC' })
}

function locale(): string {
  return language.value === 'en' ? 'en-GB' : 'id-ID'
}
