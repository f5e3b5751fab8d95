// Moments of pick-up as people speak of them: by the day on the outlet's wall. Pure.
import { localMoment, type Zone } from '#shared/kernel/time.ts'
import type { Slot } from '#shared/ordering/slots.ts'

const DAY_MS = 86_400_000

/** A day that differs from today by `daysAhead`; `weekday` 0 is Sunday. */
type DayAway = { readonly day: string; readonly daysAhead: number; readonly weekday: number }

type SlotDay = DayAway & { readonly slots: readonly Slot[] }

export function dayAway(atMs: number, nowMs: number, zone: Zone): DayAway {
  const { day, weekday } = localMoment(atMs, zone)
  const today = localMoment(nowMs, zone).day
  return { day, weekday, daysAhead: Math.round((Date.parse(day) - Date.parse(today)) / DAY_MS) }
}

/** The slots under the days that they fall on, in their order. */
export function slotDays(slots: readonly Slot[], nowMs: number, zone: Zone): readonly SlotDay[] {
  const days = new Map<string, DayAway & { slots: Slot[] }>()
  for (const slot of slots) {
    const away = dayAway(slot.pickupAtMs, nowMs, zone)
    const known = days.get(away.day)
    if (known) known.slots.push(slot)
    else days.set(away.day, { ...away, slots: [slot] })
  }
  return [...days.values()]
}

/** The free slots nearest to `wantedAtMs`, soonest first: what to offer instead of one that has filled up. */
export function nearestFree(slots: readonly Slot[], wantedAtMs: number, most: number): readonly Slot[] {
  return slots
    .filter((slot) => slot.isFree)
    .map((slot) => ({ slot, awayMs: Math.abs(slot.pickupAtMs - wantedAtMs) }))
    .sort((a, b) => a.awayMs - b.awayMs || a.slot.pickupAtMs - b.slot.pickupAtMs)
    .slice(0, most)
    .map(({ slot }) => slot)
    .sort((a, b) => a.pickupAtMs - b.pickupAtMs)
}
