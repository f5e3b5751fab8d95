// What keeps a pick-up from being ordered, decided from what the phone knows; the server decides again.
import type { Slot } from '#shared/ordering/slots.ts'
import { openState } from '#shared/outlet/opening-hours.ts'
import type { Outlet } from '#shared/outlet/outlet.ts'

export type PickupObstacle =
  /** `no_time`: open, but not for as long as this order takes. `closed`: and nobody knows until when. */
  | { readonly kind: 'off' | 'paused' | 'full' | 'closed' | 'no_time' }
  | { readonly kind: 'closed_until'; readonly opensAtMs: number }
  /** Nothing is free soon, but something later is: the customer chooses. */
  | { readonly kind: 'choose' }
  /** The chosen moment is not free any more. */
  | { readonly kind: 'gone'; readonly wantedAtMs: number }

/** Why no moment at all can be had. */
function noneBecause(outlet: Outlet, slots: readonly Slot[], nowMs: number): PickupObstacle {
  if (slots.length > 0) return { kind: 'full' }
  const state = openState(outlet, nowMs)
  if (state.isOpen) return { kind: 'no_time' }
  return state.opensAtMs === null ? { kind: 'closed' } : { kind: 'closed_until', opensAtMs: state.opensAtMs }
}

/** Null when it may be ordered. `times` is null while the server has not been heard: then it decides alone. */
export function obstacleOf(
  outlet: Outlet,
  times: { readonly slots: readonly Slot[]; readonly soonMs: number | null } | null,
  wantedAtMs: number | null,
  nowMs: number,
): PickupObstacle | null {
  if (!outlet.pickup.isOn) return { kind: 'off' }
  if (outlet.load.mode === 'paused') return { kind: 'paused' }
  if (times === null) return null
  const { slots, soonMs } = times
  if (!slots.some((slot) => slot.isFree)) return noneBecause(outlet, slots, nowMs)
  if (wantedAtMs === null) return soonMs === null ? { kind: 'choose' } : null
  const isFree = slots.some((slot) => slot.pickupAtMs === wantedAtMs && slot.isFree)
  return isFree ? null : { kind: 'gone', wantedAtMs }
}

/** Why "as soon as possible" cannot be had although a later moment can, and which is the first; null when it can. */
export function notSoonBecause(
  outlet: Outlet,
  times: { readonly slots: readonly Slot[]; readonly soonMs: number | null },
  nowMs: number,
): { readonly kind: 'shut' | 'busy' | 'long'; readonly firstMs: number } | null {
  const first = times.slots.find(({ isFree }) => isFree)
  if (times.soonMs !== null || !first) return null
  const firstMs = first.pickupAtMs
  if (!openState(outlet, nowMs).isOpen) return { kind: 'shut', firstMs }
  // Where no earlier moment is full, nobody is in the way: making the order itself takes so long.
  return { kind: times.slots[0] === first ? 'long' : 'busy', firstMs }
}
