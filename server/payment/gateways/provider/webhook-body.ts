import { hash, timingSafeEqual } from 'node:crypto'
import * as v from 'valibot'
import { ok, type Result, refuse } from '#shared/kernel/result.ts'
import { fieldName } from '#shared/kernel/schema.ts'
import { parseJson } from '../../../platform/http/request-body.ts'
import type { WebhookRefusal } from '../gateway.ts'

/** The longest message of a provider seen in its documentation is 2 KB. */
export const MAX_WEBHOOK_BYTES = 32 * 1024

/**
 * Equal or not, in a time that says nothing about where they differ nor how long the secret is: both
 * are hashed first, since `timingSafeEqual` throws on unequal lengths.
 */
export function isSameSecret(sent: string, expected: string): boolean {
  return timingSafeEqual(hash('sha512', sent, 'buffer'), hash('sha512', expected, 'buffer'))
}

/** The bytes as JSON: no invalid UTF-8, no byte order mark, no key twice. */
export function readWebhookJson(body: Uint8Array): Result<unknown, WebhookRefusal> {
  if (body.byteLength > MAX_WEBHOOK_BYTES) {
    return refuse({ code: 'webhook.too_large', maxBytes: MAX_WEBHOOK_BYTES })
  }
  // TextDecoder would swallow a mark without a word, and these are not the bytes that were proven.
  if (body[0] === 0xef && body[1] === 0xbb) return refuse({ code: 'webhook.malformed', why: 'utf8' })
  const parsed = parseJson(body)
  if (parsed.ok) return parsed
  const { refusal } = parsed
  return refuse({ code: 'webhook.malformed', why: 'why' in refusal ? refusal.why : 'json' })
}

/** The fields that `schema` names, or which of them is missing or wrong. */
export function readWebhookFields<const S extends v.GenericSchema>(
  schema: S,
  json: unknown,
): Result<v.InferOutput<S>, WebhookRefusal> {
  const parsed = v.safeParse(schema, json, { abortEarly: true })
  if (parsed.success) return ok(parsed.output)
  return refuse({ code: 'webhook.malformed', why: 'field', field: fieldName(parsed.issues) })
}
