// Days and clock times belong to the outlet's zone, never to the phone's. Indonesia's zones (WIB +7,
// WITA +8, WIT +9) have no daylight saving, but Intl is asked anyway, so that a law can change.

export const ZONES = ['Asia/Jakarta', 'Asia/Pontianak', 'Asia/Makassar', 'Asia/Jayapura'] as const
export type Zone = (typeof ZONES)[number]

/** A moment as the clock on the outlet's wall shows it. `weekday` 0 is Sunday; `minutes` since midnight. */
export type LocalMoment = { readonly day: string; readonly weekday: number; readonly minutes: number }

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterFor(zone: Zone): Intl.DateTimeFormat {
  let formatter = formatters.get(zone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    })
    formatters.set(zone, formatter)
  }
  return formatter
}

const QUARTER_MS = 900_000
const MAX_OFFSETS = 5000
const offsets = new Map<string, number>()

/** How far the zone's clock is ahead of UTC at `atMs`, in milliseconds. Zones change on quarter hours only. */
function offsetMs(atMs: number, zone: Zone): number {
  const quarter = Math.floor(atMs / QUARTER_MS)
  const key = `${zone} ${quarter}`
  const known = offsets.get(key)
  if (known !== undefined) return known
  const parts = new Map(
    formatterFor(zone)
      .formatToParts(quarter * QUARTER_MS)
      .map((part) => [part.type, part.value]),
  )
  const day = `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`
  const wallMs = Date.parse(`${day}T${parts.get('hour')}:${parts.get('minute')}:00Z`)
  const offset = wallMs - quarter * QUARTER_MS
  // Asking Intl is slow, and one order asks for a fortnight of days.
  if (offsets.size >= MAX_OFFSETS) offsets.clear()
  offsets.set(key, offset)
  return offset
}

/** The outlet's local day, weekday and minute of `atMs` (epoch milliseconds). */
export function localMoment(atMs: number, zone: Zone): LocalMoment {
  const wall = new Date(atMs + offsetMs(atMs, zone))
  return {
    day: wall.toISOString().slice(0, 10),
    weekday: wall.getUTCDay(),
    minutes: wall.getUTCHours() * 60 + wall.getUTCMinutes(),
  }
}

/** The calendar day `days` after (or before) `day`. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** Minutes since midnight of "HH:MM"; "24:00" gives 1440. */
export function minutesOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))
}

/** "HH.MM", as Indonesians write the time, of `atMs` in `zone`. */
export function formatClock(atMs: number, zone: Zone): string {
  const { minutes } = localMoment(atMs, zone)
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}.${String(minutes % 60).padStart(2, '0')}`
}

/** Epoch milliseconds of `minutes` after local midnight of `day` in `zone`. */
export function instantOf(day: string, minutes: number, zone: Zone): number {
  const asUtc = Date.parse(`${day}T00:00:00Z`) + minutes * 60_000
  return asUtc - offsetMs(asUtc - offsetMs(asUtc, zone), zone)
}

/** The business day of `atMs`: a day that ends after midnight (`dayEndsAt`, e.g. "04:00") still counts as the day before. */
export function businessDay(atMs: number, zone: Zone, dayEndsAt: string): string {
  const local = localMoment(atMs, zone)
  return local.minutes < minutesOf(dayEndsAt) ? addDays(local.day, -1) : local.day
}

/** When the business day of `atMs` ends, epoch milliseconds: the next `dayEndsAt` in `zone`. */
export function businessDayEndMs(atMs: number, zone: Zone, dayEndsAt: string): number {
  return instantOf(addDays(businessDay(atMs, zone, dayEndsAt), 1), minutesOf(dayEndsAt), zone)
}
