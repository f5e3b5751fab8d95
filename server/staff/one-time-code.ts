import { base32 } from '#shared/kernel/ids.ts'
import { makeSecret } from '../platform/random-ids.ts'
import type { Secrets } from '../platform/secrets.ts'

/** How long a code that enrols a device is good for. */
export const DEVICE_CODE_MS = 15 * 60_000
/** How long the set-up code on the console is good for; a restart prints a new one. */
export const SETUP_CODE_MS = 24 * 60 * 60_000

/** A code of 40 random bits as people read it aloud, such as `K7PM-2XQD`. Tries are limited. */
export function makeOneTimeCode(): string {
  return spoken(makeSecret(5))
}

/** The code that follows from the command that asked for it: it can be said again without being stored. */
export function oneTimeCodeOf(commandId: string, secrets: Secrets): string {
  return spoken(base32(Buffer.from(secrets.fingerprint(`invite:${commandId}`), 'base64url').subarray(0, 5)))
}

function spoken(letters: string): string {
  const text = letters.toUpperCase()
  return `${text.slice(0, 4)}-${text.slice(4, 8)}`
}

/**
 * What is stored of a code: keyed, because 40 bits alone could be searched. Codes are only ever compared by
 * this hash, so the time that a look-up takes says nothing about them. Typing slips (I, L, O) are forgiven.
 */
export function hashOneTimeCode(code: string, secrets: Secrets): string {
  const plain = code
    .toLowerCase()
    .replace(/[^0-9a-z]/g, '')
    .replace(/[il]/g, '1')
    .replace(/o/g, '0')
  return secrets.fingerprint(`one-time:${plain}`)
}
