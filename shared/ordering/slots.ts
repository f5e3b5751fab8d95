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
/** The share of what is left that orders may hold that nobody has paid or accepted; strangers send those for nothing. */
export const HELD_PERMILLE = 333
/** How far ahead one may order. */
export const HORIZON_MS = 24 * 60 * MINUTE_MS
/** "As soon as possible" means within this time; for later, the customer is asked to choose. */
const SOON_WITHIN_MS = 60 * MINUTE_MS

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
  /** Not certain yet: neither paid nor accepted. What is beyond their share holds nothing until it is. */
  readonly held: readonly Promised[]
}

type SlotRefusal =
  | { readonly code: 'pickup.paused' }
  | { readonly code: 'pickup.off_grid' }
  | { readonly code: 'pickup.closed'; readonly opensAtMs: number | null }
  | { readonly code: 'pickup.too_soon'; readonly earliestMs: number }
  | { readonly code: 'pickup.too_far'; readonly latestMs: number }
  | { readonly code: 'pickup.full' }

export type Slot = { readonly pickupAtMs: number; readonly isFree: boolean }

/** Work on the grid: it may be done in the slots from `fromSlot` up to, not including, `untilSlot`. */
type Job = {
  readonly dueMs: number
  readonly fromSlot: number
  readonly untilSlot: number
  readonly units: number
}

/** A day of the bar, counted once and asked about many moments. */
type Day = {
  readonly firstMs: number
  readonly isOpen: readonly boolean[]
  /** Whether an order of `minutes` for `pickupAtMs` makes nothing late; cheapest when asked by the clock. */
  readonly fits: (minutes: number, pickupAtMs: number) => boolean
  /** Whether it would, if nothing were promised to anybody: else the moment is not full but too early. */
  readonly isReachable: (minutes: number, pickupAtMs: number) => boolean
}

/** What the bar gives to pick-up orders in a slot, in units. */
function capacityOf(baristas: number): number {
  return (Math.max(1, baristas) * SLOT_MINUTES * UNITS_A_MINUTE * (1000 - WALK_IN_PERMILLE)) / 1000
}

/** A job may begin so many whole slots before its pick-up: the usual lead, or as many as its work needs beside what is held. */
function jobOf({ minutes, pickupAtMs }: Promised, baristas: number, firstMs: number): Job {
  const units = Math.round(minutes * UNITS_A_MINUTE)
  const beside = (capacityOf(baristas) * (1000 - HELD_PERMILLE)) / 1000
  const slots = Math.max(AHEAD_MINUTES / SLOT_MINUTES, Math.ceil(units / beside))
  const dueSlot = (pickupAtMs - firstMs) / SLOT_MS
  return {
    dueMs: pickupAtMs,
    fromSlot: Math.max(0, Math.ceil(dueSlot) - slots),
    untilSlot: Math.floor(dueSlot),
    units,
  }
}

/** When the bar is through with its queue and can turn to work for later. */
function barFreeMs({ nowMs, queuedMinutes, baristas, outlet }: SlotFacts): number {
  const added = outlet.load.mode === 'busy' ? outlet.load.addMinutes : 0
  return nowMs + (queuedMinutes / Math.max(1, baristas) + added) * MINUTE_MS
}

/** What the bar can do for later in each slot, in units. */
function capacities(facts: SlotFacts, firstMs: number, isOpen: readonly boolean[]): Int32Array {
  const freeMs = barFreeMs(facts)
  const whole = capacityOf(facts.baristas)
  return Int32Array.from(isOpen, (open, slot) => {
    const fromMs = firstMs + slot * SLOT_MS
    const untilMs = fromMs + SLOT_MS
    const usableMs = untilMs - Math.min(untilMs, Math.max(fromMs, freeMs))
    return open ? Math.floor((whole * usableMs) / SLOT_MS) : 0
  })
}

/** Does the job as early as it may in what is left of the bar; the units that are not done when it is fetched. */
function work(left: Int32Array, { fromSlot, untilSlot, units }: Job): number {
  let late = units
  for (let slot = fromSlot; slot < untilSlot && late > 0; slot++) {
    const done = Math.min(late, left[slot] ?? 0)
    left[slot] = (left[slot] ?? 0) - done
    late -= done
  }
  return late
}

/** What is certain, and of what is not as much as could be done in its share of each slot; the first due first. */
function jobsOf(facts: SlotFacts, firstMs: number, whole: Int32Array): readonly Job[] {
  const share = whole.map((units) => Math.floor((units * HELD_PERMILLE) / 1000))
  const byDue = (list: readonly Promised[]) =>
    list.map((one) => jobOf(one, facts.baristas, firstMs)).sort((a, b) => a.dueMs - b.dueMs)
  const held = byDue(facts.held).map((job) => ({ ...job, units: job.units - work(share, job) }))
  return [...byDue(facts.promised), ...held].sort((a, b) => a.dueMs - b.dueMs)
}

/**
 * Earliest due first gives each job what those due before it leave, so a new one changes nothing for those:
 * they are worked through once, and only what is due later is worked through again behind the new one. Work
 * that is late anyhow is no reason to turn the new one away, as long as it makes nothing later; what it once
 * makes late is never made good by a job due after that.
 */
function createFits(
  facts: SlotFacts,
  firstMs: number,
  whole: Int32Array,
): (minutes: number, pickupAtMs: number) => boolean {
  const jobs = jobsOf(facts, firstMs, whole)
  const lateBy: number[] = []
  const all = whole.slice()
  for (const job of jobs) lateBy.push(work(all, job))
  const behind = new Int32Array(whole.length)
  let left = whole.slice()
  let worked = 0
  return (minutes, pickupAtMs) => {
    if ((jobs[worked - 1]?.dueMs ?? 0) > pickupAtMs) {
      left = whole.slice()
      worked = 0
    }
    for (; (jobs[worked]?.dueMs ?? Number.POSITIVE_INFINITY) <= pickupAtMs; worked++) {
      const job = jobs[worked]
      if (job) work(left, job)
    }
    behind.set(left)
    if (work(behind, jobOf({ minutes, pickupAtMs }, facts.baristas, firstMs)) > 0) return false
    let over = 0
    for (let later = worked; later < jobs.length; later++) {
      const job = jobs[later]
      if (job) over += work(behind, job) - (lateBy[later] ?? 0)
      if (over > 0) return false
    }
    return true
  }
}

function dayOf(facts: SlotFacts): Day {
  const firstMs = Math.floor(facts.nowMs / SLOT_MS) * SLOT_MS
  const lastMs = [...facts.promised, ...facts.held].reduce(
    (last, { pickupAtMs }) => Math.max(last, pickupAtMs),
    facts.nowMs + HORIZON_MS,
  )
  const count = Math.floor((lastMs - firstMs) / SLOT_MS) + 1
  const isOpen = Array.from(
    { length: count },
    (_, slot) => openState(facts.outlet, firstMs + slot * SLOT_MS).isOpen,
  )
  const whole = capacities(facts, firstMs, isOpen)
  const nobodys = { ...facts, promised: [], held: [] }
  return {
    firstMs,
    isOpen,
    fits: createFits(facts, firstMs, whole),
    isReachable: createFits(nobodys, firstMs, whole),
  }
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
  const { fits, isReachable } = dayOf(facts)
  if (fits(minutes, pickupAtMs)) return ok(pickupAtMs)
  if (isReachable(minutes, pickupAtMs)) return refuse({ code: 'pickup.full' })
  const next = slotsFor(facts, minutes).find((slot) => slot.pickupAtMs > pickupAtMs)
  if (!next) return refuse({ code: 'pickup.full' })
  return refuse({ code: 'pickup.too_soon', earliestMs: next.pickupAtMs })
}

/**
 * The moments up to `latestMs`, at most the horizon, at which the outlet is open and the order could be ready
 * if the bar were free, soonest first; none while it is paused.
 */
function* offers(facts: SlotFacts, minutes: number, latestMs: number): Generator<Slot> {
  assert(minutes >= 0 && Number.isFinite(minutes), 'work is not negative')
  if (facts.outlet.load.mode === 'paused') return
  const { firstMs, isOpen, fits, isReachable } = dayOf(facts)
  for (let atMs = earliestPickupMs(facts, minutes); atMs <= latestMs; atMs += SLOT_MS) {
    if (!isOpen[(atMs - firstMs) / SLOT_MS] || !isReachable(minutes, atMs)) continue
    yield { pickupAtMs: atMs, isFree: fits(minutes, atMs) }
  }
}

/** The moments within the horizon that are not too early, soonest first; none while it is paused. */
export function slotsFor(facts: SlotFacts, minutes: number): readonly Slot[] {
  return [...offers(facts, minutes, facts.nowMs + HORIZON_MS)]
}

/** The first free moment not before `fromMs`, null when there is none: where an order that has become certain finds room. */
export function nextSlot(facts: SlotFacts, minutes: number, fromMs: number): number | null {
  for (const { pickupAtMs, isFree } of offers(facts, minutes, facts.nowMs + HORIZON_MS)) {
    if (isFree && pickupAtMs >= fromMs) return pickupAtMs
  }
  return null
}

/** The soonest free moment for "as soon as possible", null when none is near enough to be called soon. */
export function soonestPickupMs(facts: SlotFacts, minutes: number): number | null {
  for (const { pickupAtMs, isFree } of offers(facts, minutes, facts.nowMs + SOON_WITHIN_MS)) {
    if (isFree) return pickupAtMs
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
  return slotsFor(facts, minutes)
    .filter(({ isFree }) => isFree)
    .map(({ pickupAtMs }) => pickupAtMs)
    .sort((a, b) => Math.abs(a - wantedMs) - Math.abs(b - wantedMs))
    .slice(0, max)
    .sort((a, b) => a - b)
}
