// When a pick-up order can be fetched, counted in minutes of a barista's work and not in orders: four
// milk drinks are not one espresso. A slot is a moment of pick-up on a grid of ten minutes. The work for
// it is done in the minutes before, not so early that the coffee is cold; a share of every minute is kept
// for the people in the room, and the queue at the bar comes first. A moment is free when all work already
// promised is still done in time with this order added. Earliest due first decides that exactly: if any
// plan meets all times, that one does (Liu and Layland 1973). Opening hours and busy mode hold.
import { assert } from '../kernel/assert.ts'
import { ok, type Result, refuse } from '../kernel/result.ts'
import { openState } from '../outlet/opening-hours.ts'
import type { Outlet } from '../outlet/outlet.ts'
import { readyInMinutes } from './queue.ts'

const MINUTE_MS = 60_000
export const SLOT_MINUTES = 10
/** No drink is begun earlier than this before its pick-up, unless the order is too large for it. */
export const AHEAD_MINUTES = 20
/** The share of the bar that is kept for guests in the room. */
export const WALK_IN_PERMILLE = 400
/** How far ahead one may order. */
export const HORIZON_MS = 24 * 60 * MINUTE_MS
/** "As soon as possible" means within this time; for later, the customer is asked to choose. */
export const SOON_WITHIN_MS = 60 * MINUTE_MS
/** Somebody who has not come by then is asked for once more, and then the order is given up. */
export const NO_SHOW_AFTER_MS = 30 * MINUTE_MS
/** A promise that slips by less is not told anew. */
export const SLIP_MINUTES = 3

const SLOT_MS = SLOT_MINUTES * MINUTE_MS
/** Work is counted in whole units, so that half minutes and shares of a minute add up exactly. */
const UNITS_A_MINUTE = 2000

/** Work that is promised for a moment: barista minutes (halves allowed) and when it is fetched. */
export type Promised = { readonly minutes: number; readonly pickupAtMs: number }

export type SlotFacts = {
  readonly outlet: Pick<Outlet, 'hours' | 'seasons' | 'specialDays' | 'zone' | 'load'>
  readonly nowMs: number
  /** Baristas at work now; taken to stay as many. */
  readonly baristas: number
  /** Minutes of work in the queue at the bar, without pick-up orders for later. */
  readonly queuedMinutes: number
  readonly promised: readonly Promised[]
}

export type SlotRefusal =
  | { readonly code: 'pickup.paused' }
  | { readonly code: 'pickup.off_grid' }
  | { readonly code: 'pickup.closed'; readonly opensAtMs: number | null }
  | { readonly code: 'pickup.too_soon'; readonly earliestMs: number }
  | { readonly code: 'pickup.too_far'; readonly latestMs: number }
  | { readonly code: 'pickup.full' }

export type Slot = { readonly pickupAtMs: number; readonly isFree: boolean }

type Job = { readonly releaseMs: number; readonly pickupAtMs: number; left: number }

/** What the bar gives to pick-up orders in a slot, in units. */
function capacityOf(baristas: number): number {
  return (Math.max(1, baristas) * SLOT_MINUTES * UNITS_A_MINUTE * (1000 - WALK_IN_PERMILLE)) / 1000
}

/** A job may begin so many whole slots before its pick-up: the usual lead, or as many as its work needs. */
function jobOf({ minutes, pickupAtMs }: Promised, baristas: number): Job {
  const left = Math.round(minutes * UNITS_A_MINUTE)
  const slots = Math.max(AHEAD_MINUTES / SLOT_MINUTES, Math.ceil(left / capacityOf(baristas)))
  return { releaseMs: pickupAtMs - slots * SLOT_MS, pickupAtMs, left }
}

/** When the bar is through with its queue and can turn to work for later. */
function barFreeMs({ nowMs, queuedMinutes, baristas, outlet }: SlotFacts): number {
  const added = outlet.load.mode === 'busy' ? outlet.load.addMinutes : 0
  return nowMs + (queuedMinutes / Math.max(1, baristas) + added) * MINUTE_MS
}

/** Units of work that would not be done when they are fetched, working on the earliest due first. */
function lateUnits(facts: SlotFacts, promised: readonly Promised[]): number {
  const jobs = promised.map((one) => jobOf(one, facts.baristas)).sort((a, b) => a.pickupAtMs - b.pickupAtMs)
  const freeMs = barFreeMs(facts)
  const firstMs = Math.floor(facts.nowMs / SLOT_MS) * SLOT_MS
  const lastMs = jobs.at(-1)?.pickupAtMs ?? firstMs
  for (let fromMs = firstMs; fromMs < lastMs; fromMs += SLOT_MS) {
    const untilMs = fromMs + SLOT_MS
    if (!openState(facts.outlet, fromMs).isOpen) continue
    const usableMs = untilMs - Math.min(untilMs, Math.max(fromMs, freeMs))
    let capacity = Math.floor((capacityOf(facts.baristas) * usableMs) / SLOT_MS)
    for (const job of jobs) {
      if (capacity === 0) break
      if (job.releaseMs > fromMs || job.pickupAtMs < untilMs) continue
      const done = Math.min(capacity, job.left)
      job.left -= done
      capacity -= done
    }
  }
  return jobs.reduce((sum, job) => sum + job.left, 0)
}

/** The first moment on the grid at which an order of `minutes` placed now could be ready. */
export function earliestPickupMs(facts: SlotFacts, minutes: number): number {
  const { nowMs, queuedMinutes, baristas, outlet } = facts
  const readyMs = nowMs + readyInMinutes(minutes, queuedMinutes, baristas, outlet.load) * MINUTE_MS
  return Math.ceil(readyMs / SLOT_MS) * SLOT_MS
}

/** Whether an order of `minutes` may be fetched at `pickupAtMs`; decided so by the server, shown so by the phone. */
export function checkSlot(
  facts: SlotFacts,
  minutes: number,
  pickupAtMs: number,
): Result<number, SlotRefusal> {
  assert(minutes >= 0 && Number.isFinite(minutes), 'work is not negative')
  if (facts.outlet.load.mode === 'paused') return refuse({ code: 'pickup.paused' })
  if (pickupAtMs % SLOT_MS !== 0) return refuse({ code: 'pickup.off_grid' })
  const earliestMs = earliestPickupMs(facts, minutes)
  if (pickupAtMs < earliestMs) return refuse({ code: 'pickup.too_soon', earliestMs })
  const latestMs = facts.nowMs + HORIZON_MS
  if (pickupAtMs > latestMs) return refuse({ code: 'pickup.too_far', latestMs })
  const open = openState(facts.outlet, pickupAtMs)
  if (!open.isOpen) return refuse({ code: 'pickup.closed', opensAtMs: open.opensAtMs })
  // Work that is late anyhow is no reason to turn this order away, as long as it makes nothing later.
  const wanted = [...facts.promised, { minutes, pickupAtMs }]
  const isFree = lateUnits(facts, wanted) <= lateUnits(facts, facts.promised)
  return isFree ? ok(pickupAtMs) : refuse({ code: 'pickup.full' })
}

/** The moments within the horizon at which the outlet is open, soonest first; none while it is paused. */
export function slotsFor(facts: SlotFacts, minutes: number): readonly Slot[] {
  const slots: Slot[] = []
  const latestMs = facts.nowMs + HORIZON_MS
  for (let atMs = earliestPickupMs(facts, minutes); atMs <= latestMs; atMs += SLOT_MS) {
    const slot = checkSlot(facts, minutes, atMs)
    if (slot.ok) slots.push({ pickupAtMs: atMs, isFree: true })
    else if (slot.refusal.code === 'pickup.full') slots.push({ pickupAtMs: atMs, isFree: false })
  }
  return slots
}

/** The soonest free moment for "as soon as possible", null when none is near enough to be called soon. */
export function soonestPickupMs(facts: SlotFacts, minutes: number): number | null {
  const latestMs = facts.nowMs + SOON_WITHIN_MS
  for (let atMs = earliestPickupMs(facts, minutes); atMs <= latestMs; atMs += SLOT_MS) {
    if (checkSlot(facts, minutes, atMs).ok) return atMs
  }
  return null
}

/** At most `max` free moments, those nearest to `wantedMs`, in the order of the clock. */
export function nearestSlots(
  facts: SlotFacts,
  minutes: number,
  wantedMs: number,
  max: number,
): readonly number[] {
  const firstMs = earliestPickupMs(facts, minutes)
  const count = Math.max(0, Math.floor((facts.nowMs + HORIZON_MS - firstMs) / SLOT_MS) + 1)
  const nearestFirst = Array.from({ length: count }, (_, slot) => firstMs + slot * SLOT_MS).sort(
    (a, b) => Math.abs(a - wantedMs) - Math.abs(b - wantedMs),
  )
  const free: number[] = []
  for (const atMs of nearestFirst) {
    if (free.length === max) break
    if (checkSlot(facts, minutes, atMs).ok) free.push(atMs)
  }
  return free.sort((a, b) => a - b)
}

/** When the board should call an order of `minutes` for `pickupAtMs` to be begun: its own work and a slot's slack earlier. */
export function startAtMs(pickupAtMs: number, minutes: number, baristas: number): number {
  const ownMs = Math.ceil(minutes / Math.max(1, baristas)) * MINUTE_MS
  return pickupAtMs - Math.min(ownMs + SLOT_MS / 2, Math.max(ownMs, AHEAD_MINUTES * MINUTE_MS))
}

/** The new promise to tell when `estimateMs` has slipped behind `promisedAtMs`, on the full minute; null while it holds. */
export function requotedMs(promisedAtMs: number, estimateMs: number): number | null {
  if (estimateMs - promisedAtMs < SLIP_MINUTES * MINUTE_MS) return null
  return Math.ceil(estimateMs / MINUTE_MS) * MINUTE_MS
}

/** Of orders that were made, how many in a thousand were ready when first promised; null of none. */
export function hitPermille(
  made: readonly { readonly firstPromisedAtMs: number; readonly readyAtMs: number }[],
): number | null {
  if (made.length === 0) return null
  const hits = made.filter(({ firstPromisedAtMs, readyAtMs }) => readyAtMs <= firstPromisedAtMs).length
  return Math.round((hits * 1000) / made.length)
}

/** True when nobody came for a pick-up order that has been ready for `NO_SHOW_AFTER_MS` past its moment. */
export function isNoShow(pickupAtMs: number, readyAtMs: number | null, nowMs: number): boolean {
  return readyAtMs !== null && nowMs >= Math.max(pickupAtMs, readyAtMs) + NO_SHOW_AFTER_MS
}
