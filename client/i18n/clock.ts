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
