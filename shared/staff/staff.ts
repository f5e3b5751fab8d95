// People who work here and the devices they work on. A PIN only switches the person on an enrolled
// device; it opens nothing by itself. PINs and credentials never appear in a record.
import * as v from 'valibot'
import { id, instantMs, list, whole, words } from '../kernel/schema.ts'

export const ROLES = ['barista', 'manager', 'admin', 'owner'] as const
export type Role = (typeof ROLES)[number]

/** True when `role` may do what `needed` may do. */
export function hasRole(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed)
}

/** Exactly six digits. */
export const pinSchema = v.pipe(v.string(), v.regex(/^\d{6}$/, 'pin.malformed'))

/** PINs that the first guesser tries: six equal digits, straight runs, well-known ones. */
export function isWeakPin(pin: string): boolean {
  const runs = '01234567890 09876543210'
  return /^(\d)\1{5}$/.test(pin) || runs.includes(pin) || /^(\d\d)\1\1$|^(\d\d\d)\2$/.test(pin)
}

/**
 * Wrong PINs in a row on one device before it must be enrolled again; for one person, in a row means
 * without that person's right PIN, whatever colleagues type in between.
 */
export const MAX_PIN_FAILURES = 10

const rev = whole(1, Number.MAX_SAFE_INTEGER)

/** Record `staff` of a desk's stream. */
export const staffSchema = v.strictObject({
  id: id('stf'),
  rev,
  name: words(40),
  role: v.picklist(ROLES),
  outletIds: list(id('out'), 100),
  isActive: v.boolean(),
})
export type Staff = v.InferOutput<typeof staffSchema>

/** Record `device` of a desk's stream. */
export const deviceSchema = v.strictObject({
  id: id('dev'),
  rev,
  outletId: id('out'),
  label: words(40),
  enrolledAtMs: instantMs,
  state: v.picklist(['active', 'locked', 'revoked']),
})
export type Device = v.InferOutput<typeof deviceSchema>

/** How long a person stays signed in on a device: a shift. Nobody is at work for longer without a new PIN. */
export const SHIFT_MS = 16 * 60 * 60_000

/** The outlet's and the person's id; of an earlier program the person's alone, for all outlets together. */
const dutyId = v.pipe(
  v.string(),
  v.regex(/^(?:out_[0-9a-hjkmnp-tv-z]{26}\.)?stf_[0-9a-hjkmnp-tv-z]{26}$/, 'id.malformed'),
)

/** Record `duty` of a desk's stream, one per outlet and person: whether they are at work there. */
export const dutySchema = v.strictObject({
  id: dutyId,
  rev,
  name: words(40),
  isOn: v.boolean(),
  sinceMs: instantMs,
})
export type Duty = v.InferOutput<typeof dutySchema>

export function dutyIdOf(outletId: string, staffId: string): string {
  return `${outletId}.${staffId}`
}

/** Whose duty it is. */
export function staffIdOf({ id }: Duty): string {
  return id.slice(id.indexOf('.') + 1)
}

/**
 * True for somebody at work at `nowMs`; a shift that ran out ended by itself, without a record that says so.
 * A duty that names no outlet says nothing of any one: its person may have left another.
 */
export function isOnDuty(duty: Duty, nowMs: number): boolean {
  return duty.isOn && duty.id.includes('.') && nowMs - duty.sinceMs < SHIFT_MS
}
