import { type IdPrefix, newId } from '#shared/kernel/ids.ts'

/** A new id, made on this device; it never changes, however often what it names is sent. */
export function makeId(prefix: IdPrefix): string {
  return newId(prefix, Date.now(), crypto.getRandomValues(new Uint8Array(10)))
}
