import { randomBytes } from 'node:crypto'
import { base32, type IdPrefix, newId } from '#shared/kernel/ids.ts'

/** A new id with this prefix, made at `nowMs`. */
export function makeId(prefix: IdPrefix, nowMs: number): string {
  return newId(prefix, nowMs, randomBytes(10))
}

/** Unguessable text of `bytes` random bytes, in base32. 10 bytes give the 16 characters of a table's token. */
export function makeSecret(bytes: number): string {
  return base32(randomBytes(bytes))
}
