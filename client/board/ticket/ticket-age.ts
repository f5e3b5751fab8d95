// How long an order has waited at its present stage, and whether that is too long. Always a number and a
// word besides the colour.
import { isUnseen, type Order } from '#shared/ordering/order.ts'
import type { Pickup } from '#shared/ordering/pickup.ts'
import { turnMs } from '../pickup/pickup-turn.ts'

/** A new order that nobody has answered for this long is late, whoever has looked at it. */
const ANSWER_WITHIN_MS = 3 * 60_000
/** A ready drink goes cold, or its ice melts. */
const SERVE_WITHIN_MS = 5 * 60_000
/** From here on before the promised time the card warns. */
const SOON_MS = 2 * 60_000

type AgeWord =
  | 'none'
  | 'unseen'
  | 'waits'
  | 'soon'
  | 'late'
  | 'toServe'
  | 'held'
  | 'here'
  | 'fetch'
  | 'fetchLate'
/** So long after its moment somebody may still be parking. */
const FETCH_WITHIN_MS = 10 * 60_000
type TicketAge = {
  readonly tone: 'new' | 'ok' | 'mid' | 'late'
  readonly word: AgeWord
  /** With the word `late`: by how many minutes, at least 1. */
  readonly lateMinutes: number
}

/** When the stage began whose age the card shows: its coming to the board, or for a ready order its being ready. */
export function stageStartMs(order: Order): number {
  return order.status === 'ready' ? (order.readyAtMs ?? turnMs(order)) : turnMs(order)
}

export function ticketAge(order: Order, nowMs: number): TicketAge {
  const age = (tone: TicketAge['tone'], word: AgeWord, lateMinutes = 0) => ({ tone, word, lateMinutes })
  if (order.heldAtMs !== null) return age('mid', 'held')
  if (order.status === 'placed') {
    if (isUnseen(order, nowMs)) return age('late', 'unseen')
    return nowMs - turnMs(order) >= ANSWER_WITHIN_MS ? age('late', 'waits') : age('new', 'none')
  }
  if (order.status === 'ready' && order.pickup) return pickupAge(order.pickup, nowMs)
  if (order.status === 'ready') {
    return nowMs - stageStartMs(order) >= SERVE_WITHIN_MS ? age('late', 'toServe') : age('ok', 'none')
  }
  const leftMs = (order.promisedAtMs ?? Number.POSITIVE_INFINITY) - nowMs
  if (leftMs < 0) return age('late', 'late', Math.max(1, Math.floor(-leftMs / 60_000)))
  return leftMs < SOON_MS ? age('mid', 'soon') : age('ok', 'none')
}

/** A ready pick-up: its guest stands here, is still to come, or is late. */
function pickupAge({ hereAtMs, pickupAtMs }: Pickup, nowMs: number): TicketAge {
  if (hereAtMs !== null) return { tone: 'late', word: 'here', lateMinutes: 0 }
  const isLate = nowMs - pickupAtMs >= FETCH_WITHIN_MS
  return { tone: isLate ? 'mid' : 'ok', word: isLate ? 'fetchLate' : 'fetch', lateMinutes: 0 }
}

/** "0:18", "11:52", "1:02:07". */
export function formatAge(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const pad = (part: number) => String(part).padStart(2, '0')
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}:${pad(seconds % 60)}`
  return `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${pad(seconds % 60)}`
}

/** "#043". */
export function formatNumber(number: number): string {
  return `#${String(number).padStart(3, '0')}`
}

/** Minutes to promise after one step: twos below a quarter of an hour, fives above; 1 to 180. */
export function steppedMinutes(minutes: number, direction: 1 | -1): number {
  const isLong = direction > 0 ? minutes >= 15 : minutes > 15
  return Math.min(180, Math.max(1, minutes + direction * (isLong ? 5 : 2)))
}

/** True when a note speaks of an allergy, in either language and however it is spelled. */
export function mentionsAllergy(note: string): boolean {
  return /all?erg/i.test(note)
}
