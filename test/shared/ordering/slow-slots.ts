// When a pick-up can be fetched, counted the plain way: the whole day anew for every moment. The rule in
// #shared/ordering/slots.ts must answer the same, only sooner.
import {
  AHEAD_MINUTES,
  earliestPickupMs,
  HELD_PERMILLE,
  HORIZON_MS,
  type Promised,
  SLOT_MINUTES,
  type Slot,
  type SlotFacts,
  WALK_IN_PERMILLE,
} from '#shared/ordering/slots.ts'
import { openState } from '#shared/outlet/opening-hours.ts'

const MINUTE_MS = 60_000
const SLOT_MS = SLOT_MINUTES * MINUTE_MS
const UNITS_A_MINUTE = 2000

type Job = { readonly releaseMs: number; readonly pickupAtMs: number; left: number }

/** What the bar gives to pick-up orders in a slot, in units. */
function capacityOf(baristas: number): number {
  return (Math.max(1, baristas) * SLOT_MINUTES * UNITS_A_MINUTE * (1000 - WALK_IN_PERMILLE)) / 1000
}

/** A job may begin so many whole slots before its pick-up: the usual lead, or as many as its work needs. */
function jobOf({ minutes, pickupAtMs }: Promised, baristas: number): Job {
  const left = Math.round(minutes * UNITS_A_MINUTE)
  const slots = Math.max(
    AHEAD_MINUTES / SLOT_MINUTES,
    Math.ceil((left * 1000) / (capacityOf(baristas) * (1000 - HELD_PERMILLE))),
  )
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

function isFree(facts: SlotFacts, minutes: number, pickupAtMs: number): boolean {
  const wanted = [...facts.promised, { minutes, pickupAtMs }]
  return lateUnits(facts, wanted) <= lateUnits(facts, facts.promised)
}

/** Each moment of the day counted by itself. */
export function slowSlotsFor(facts: SlotFacts, minutes: number): readonly Slot[] {
  if (facts.outlet.load.mode === 'paused') return []
  const slots: Slot[] = []
  const latestMs = facts.nowMs + HORIZON_MS
  for (let atMs = earliestPickupMs(facts, minutes); atMs <= latestMs; atMs += SLOT_MS) {
    if (!openState(facts.outlet, atMs).isOpen) continue
    if (!isFree({ ...facts, promised: [], held: [] }, minutes, atMs)) continue
    slots.push({ pickupAtMs: atMs, isFree: isFree(facts, minutes, atMs) })
  }
  return slots
}
