import { type Slot, type SlotFacts, slotsFor, soonestPickupMs } from '#shared/ordering/slots.ts'
import type { Outlet } from '#shared/outlet/outlet.ts'
import { readOutlet } from '../../outlet/outlet.store.ts'
import type { Reader } from '../../platform/database/database.ts'
import { readBar } from './bar.ts'

type SlotTimes = {
  readonly asOfMs: number
  /** The moment of "as soon as possible", or null when there is none within the hour. */
  readonly soonMs: number | null
  readonly slots: readonly Slot[]
  readonly refusal: { readonly code: string; readonly [fact: string]: unknown } | null
}

/** Everybody who looks asks for the same day: the books are read once in this time, also for a crowd. */
const KEPT_MS = 2000
/** Outlets whose day is kept; the one that was read first is forgotten first. */
const MAX_KEPT = 200
/** More work than one order can hold. */
export const MAX_MINUTES = 10_000

/** What was read of an outlet, and the answers made of it, as text, by the size of the order. */
type Kept = {
  readonly atMs: number
  readonly outlet: Outlet | null
  readonly bar: SlotFacts | null
  readonly byMinutes: Map<number, string>
}

/**
 * Work rounded up to one of some fifty sizes, so that a day is counted for few of them: a larger order fits
 * nowhere that a smaller one does not. Usual orders are counted as they are, to the half minute.
 */
export function sizeOf(minutes: number): number {
  if (minutes <= 15) return Math.ceil(minutes * 2) / 2
  if (minutes <= 60) return Math.ceil(minutes / 5) * 5
  if (minutes <= 240) return Math.ceil(minutes / 20) * 20
  return Math.min(MAX_MINUTES, 240 * 2 ** Math.ceil(Math.log2(minutes / 240)))
}

function timesOf(outlet: Outlet, bar: SlotFacts | null, minutes: number, asOfMs: number): SlotTimes {
  const none = { asOfMs, soonMs: null, slots: [] }
  if (!outlet.pickup.isOn) return { ...none, refusal: { code: 'pickup.off' } }
  if (outlet.load.mode === 'paused' || bar === null) {
    return { ...none, refusal: { code: 'order.outlet_paused', message: outlet.load.message } }
  }
  return { ...none, soonMs: soonestPickupMs(bar, minutes), slots: slotsFor(bar, minutes), refusal: null }
}

async function readDay(read: Reader, outletId: string, atMs: number): Promise<Kept> {
  const outlet = (await readOutlet(read, outletId)) ?? null
  const isOffered = outlet?.pickup.isOn && outlet.load.mode !== 'paused'
  return {
    atMs,
    outlet,
    bar: outlet && isOffered ? await readBar(read, outlet, atMs) : null,
    byMinutes: new Map(),
  }
}

/** Answers, as JSON, when an order of `minutes` could be fetched; null for an outlet that there is not. */
export function createSlotTimes(
  read: Reader,
): (outletId: string, minutes: number, nowMs: number) => Promise<string | null> {
  const kept = new Map<string, { readonly atMs: number; readonly day: Promise<Kept> }>()

  function dayOf(outletId: string, nowMs: number): Promise<Kept> {
    const before = kept.get(outletId)
    if (before && nowMs >= before.atMs && nowMs < before.atMs + KEPT_MS) return before.day
    const day = readDay(read, outletId, nowMs)
    // Put last again: a Map keeps its order, so the first key is the oldest.
    kept.delete(outletId)
    kept.set(outletId, { atMs: nowMs, day })
    day.catch(() => {
      if (kept.get(outletId)?.day === day) kept.delete(outletId)
    })
    const [oldest] = kept.size > MAX_KEPT ? kept.keys() : []
    if (oldest !== undefined) kept.delete(oldest)
    return day
  }

  return async (outletId, minutes, nowMs) => {
    const { atMs, outlet, bar, byMinutes } = await dayOf(outletId, nowMs)
    if (!outlet) return null
    const size = sizeOf(minutes)
    const known = byMinutes.get(size)
    if (known !== undefined) return known
    const text = JSON.stringify(timesOf(outlet, bar, size, atMs))
    byMinutes.set(size, text)
    return text
  }
}
