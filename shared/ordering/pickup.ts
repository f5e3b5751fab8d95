// An order that is fetched at the counter. A person says its short number or is called by name; the
// counter scans its QR, which holds the order's id: 80 random bits, known to nobody but the phone that
// made it and the desk. Both are plain text, so that the code opens and is read without a network.
import * as v from 'valibot'
import { idPattern } from '../kernel/ids.ts'
import { instantMs, text, words } from '../kernel/schema.ts'

/** Pick-ups of one phone that may be open at once, paid ones included; of unpaid ones one. */
export const MAX_OPEN_PICKUPS_PER_PHONE = 3
/** Pick-ups that one phone may place within an hour: placed and cancelled in a loop they would hold slots. */
export const MAX_PICKUPS_PER_PHONE_HOUR = 8
/** Pick-ups that may wait for their money at one outlet. They ring nobody and hold little of the bar; numbers are few. */
export const MAX_UNPAID_PICKUPS_PER_OUTLET = 100
/** With those for which a code of a provider is open, which are counted apart: making one costs nothing either. */
export const MAX_UNPAID_PICKUPS_WITH_CODES = 400
/** Pick-ups paid at the end that may wait for the barista's first look at one outlet: each rings. Of one phone, one. */
export const MAX_UNANSWERED_PICKUPS_PER_OUTLET = 10
/** What the customer wants to be called by. */
export const MAX_PICKUP_NAME = 30

export const pickupSchema = v.strictObject({
  /** Three digits, unique among the outlet's open pick-ups. */
  code: v.pipe(v.string(), v.regex(/^\d{3}$/, 'pickup.code_malformed')),
  /** Null: as soon as possible. */
  wantedAtMs: v.nullable(instantMs),
  /** When it can be fetched, as the customer was last told. */
  pickupAtMs: instantMs,
  /** What was promised first; null until the order is certain (paid, or accepted). */
  firstPromisedAtMs: v.nullable(instantMs),
  /** The earliest moment that the customer was told since it is under way; absent while it never moved. */
  earliestAtMs: v.exactOptional(instantMs),
  /** A person set `pickupAtMs`, and no queue; absent for everything else. */
  movedBy: v.exactOptional(v.literal('barista')),
  /** When the bar should begin. */
  startAtMs: instantMs,
  /** When the customer said "I'm here". */
  hereAtMs: v.nullable(instantMs),
  /** Empty when none was given. */
  name: text(MAX_PICKUP_NAME),
})
export type Pickup = v.InferOutput<typeof pickupSchema>

const MINUTE_MS = 60_000

/**
 * When it can be fetched, accepted to be ready at `readyAtMs`: never before the moment that was wanted, and
 * as it was told when it differs by less than a minute.
 */
export function acceptedAtMs(
  { wantedAtMs, pickupAtMs }: Pick<Pickup, 'wantedAtMs' | 'pickupAtMs'>,
  readyAtMs: number,
): number {
  const atMs = Math.max(readyAtMs, wantedAtMs ?? 0)
  return Math.abs(atMs - pickupAtMs) < MINUTE_MS ? pickupAtMs : atMs
}

/** The pick-up with another moment to be told, and by whom it was moved. */
export function movedPickup(pickup: Pickup, pickupAtMs: number, by: 'barista' | 'queue'): Pickup {
  if (pickupAtMs === pickup.pickupAtMs) return pickup
  const { movedBy: _, ...told } = pickup
  const earliestAtMs = Math.min(told.earliestAtMs ?? told.pickupAtMs, pickupAtMs)
  return { ...told, pickupAtMs, earliestAtMs, ...(by === 'barista' && { movedBy: by }) }
}

type Called = { readonly tableLabel: string | null; readonly pickup: Pickup | null }

/** What an order is called by at the bar: its table, or a pick-up's short number. */
export function callNameOf({ tableLabel, pickup }: Called): string {
  return tableLabel ?? pickup?.code ?? ''
}

/** The text of a pick-up's QR. */
export function pickupQrText(order: { readonly id: string }): string {
  return order.id
}

/** The words by which a scan is recognised as a pick-up's and not as a payment's code. */
export function isPickupText(input: string): boolean {
  const plain = plainOf(input)
  return idPattern('ord').test(plain) || /^\d{3}$/.test(plain)
}

function plainOf(input: string): string {
  return input.trim().toLowerCase().replace(/^#/, '')
}

/** Those not handed over first: a number may have been used before on the same day. */
const isOver = ({ status }: { readonly status: string }) =>
  ['served', 'rejected', 'cancelled'].includes(status)

type Fetchable = {
  readonly id: string
  readonly pickup: Pickup | null
  readonly status: string
  readonly placedAtMs: number
}

/**
 * The pick-up that was scanned (QR) or said (three digits) among what the desk knows; undefined for none.
 * Of several with this number, one that can still be handed over comes before one that is over.
 */
export function findPickup<O extends Fetchable>(orders: readonly O[], input: string): O | undefined {
  const plain = plainOf(input)
  return orders
    .filter(({ id, pickup }) => pickup !== null && (id === plain || pickup.code === plain))
    .sort((a, b) => Number(isOver(a)) - Number(isOver(b)) || b.placedAtMs - a.placedAtMs)[0]
}

/** The customer's name for the call at the counter, or nothing. */
export const pickupNameSchema = v.union([v.literal(''), words(MAX_PICKUP_NAME)])
