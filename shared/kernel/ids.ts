// Ids are made where the thing is born, also on a phone without a network, and never change.
// Form: prefix, underscore, 26 characters of Crockford base32: 48 bits of milliseconds, then 80 random bits.
// The time part keeps database pages warm; nothing relies on it being right. Source: the ULID layout.
import { assert } from './assert.ts'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

export const ID_PREFIXES = [
  'out',
  'are',
  'tbl',
  'tch',
  'cus',
  'stf',
  'dev',
  'vis',
  'ord',
  'lin',
  'cal',
  'cmd',
  'ses',
  'bil',
  'pay',
  'rfd',
  'prt',
] as const
export type IdPrefix = (typeof ID_PREFIXES)[number]

/** Base32 text of `bytes`, five bits a character, without padding: 10 bytes give 16 characters. */
export function base32(bytes: Uint8Array): string {
  let text = ''
  let bits = 0
  let held = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += ALPHABET[(held >> bits) & 31]
    }
    held &= (1 << bits) - 1
  }
  if (bits > 0) text += ALPHABET[(held << (5 - bits)) & 31]
  return text
}

/** A new id such as `ord_01k…`: `nowMs` is epoch milliseconds, `random` at least 10 random bytes. */
export function newId(prefix: IdPrefix, nowMs: number, random: Uint8Array): string {
  assert(random.length >= 10, 'an id needs 80 random bits')
  let time = ''
  let rest = Math.max(0, Math.floor(nowMs)) % 2 ** 48
  for (let place = 0; place < 10; place++) {
    time = ALPHABET[rest % 32] + time
    rest = Math.floor(rest / 32)
  }
  return `${prefix}_${time}${base32(random.subarray(0, 10))}`
}

/** The pattern of ids with this prefix. */
export function idPattern(prefix: IdPrefix): RegExp {
  return new RegExp(`^${prefix}_[0-9a-hjkmnp-tv-z]{26}$`)
}
