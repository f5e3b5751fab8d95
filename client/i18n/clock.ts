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

function dayFormat(hasYear: boolean): Intl.DateTimeFormat {
  const locale = language.value === 'en' ? 'en-GB' : 'id-ID'
  const year = hasYear ? ({ year: 'numeric' } as const) : {}
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', ...year, timeZone: 'UTC' })
}
