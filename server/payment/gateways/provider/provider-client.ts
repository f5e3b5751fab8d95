import * as v from 'valibot'
import { ok, refuse } from '#shared/kernel/result.ts'
import { fieldName } from '#shared/kernel/schema.ts'
import { parseJson } from '../../../platform/http/request-body.ts'
import type { GatewayDeps, GatewayName, GatewayResult } from '../gateway.ts'
import { type CallOutcome, callOnce, type ProviderCall } from './provider-call.ts'

export type ProviderRequest = {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** Sending it twice does no more than once: a question, or guarded by the provider's own key. */
  readonly isRepeatable: boolean
}

/** A whole JSON answer. `attempts` above 1 means that an earlier one may have been carried out. */
type ProviderAnswer = {
  readonly httpStatus: number
  readonly json: unknown
  readonly attempts: number
}

export type ProviderClient = {
  send(request: ProviderRequest): Promise<GatewayResult<ProviderAnswer>>
}

const BUSY = new Set([202, 429])
const MAX_RETRY_AFTER_MS = 5000

type Verdict = {
  readonly why: 'connect' | 'timeout' | 'reset' | 'server_error' | 'busy'
  readonly isKnownUndone: boolean
}

/** Null when the answer is one to read. */
function verdictOf(outcome: CallOutcome, isServerError: (json: unknown) => boolean): Verdict | null {
  if (outcome.kind === 'too_large') return null
  if (outcome.kind !== 'answer') return { why: outcome.kind, isKnownUndone: outcome.kind === 'connect' }
  // 202: the first of two equal requests is still at work (Midtrans). 429: turned away at the door.
  if (BUSY.has(outcome.status)) return { why: 'busy', isKnownUndone: outcome.status === 429 }
  const parsed = outcome.status >= 500 ? null : parseJson(outcome.bytes)
  if (parsed && !(parsed.ok && isServerError(parsed.value))) return null
  return { why: 'server_error', isKnownUndone: false }
}

function pauseBefore(attempt: number, outcome: CallOutcome, deps: GatewayDeps): number {
  const { firstPauseMs, maxPauseMs } = deps.patience
  const jitterMs = Math.floor(deps.random() * Math.min(maxPauseMs, firstPauseMs * 2 ** (attempt - 2)))
  const asked = outcome.kind === 'answer' ? outcome.retryAfter : null
  if (asked === null || !/^\d{1,4}$/.test(asked)) return jitterMs
  return Math.min(MAX_RETRY_AFTER_MS, Number(asked) * 1000) + jitterMs
}

function readAnswer(
  gateway: GatewayName,
  outcome: CallOutcome,
  attempts: number,
  mayHaveHappened: boolean,
): GatewayResult<ProviderAnswer> {
  const bad = (why: 'too_large' | 'utf8' | 'json') =>
    refuse({ code: 'gateway.bad_answer', gateway, why, field: '', mayHaveHappened })
  if (outcome.kind !== 'answer') return bad('too_large')
  const parsed = parseJson(outcome.bytes)
  if (parsed.ok) return ok({ httpStatus: outcome.status, json: parsed.value, attempts })
  return bad('why' in parsed.refusal && parsed.refusal.why === 'utf8' ? 'utf8' : 'json')
}

type Provider = {
  readonly gateway: GatewayName
  readonly origin: string
  readonly key: string
  /** Whether an answer that HTTP calls good says in its body that the provider failed. */
  readonly isServerError: (json: unknown) => boolean
}

/** Sends to one provider with Basic authentication: the key is the user, the password empty. */
export function createProviderClient(provider: Provider, deps: GatewayDeps): ProviderClient {
  const { gateway, origin, key } = provider
  const authorization = `Basic ${Buffer.from(`${key}:`, 'utf8').toString('base64')}`
  return {
    send: async (request) => {
      const call: ProviderCall = {
        method: request.method,
        url: origin + request.path,
        headers: { ...request.headers, authorization },
        body: request.body === undefined ? null : JSON.stringify(request.body),
      }
      let mayHaveHappened = false
      for (let attempt = 1; ; attempt++) {
        const outcome = await callOnce(call, deps.patience)
        const verdict = verdictOf(outcome, provider.isServerError)
        if (!verdict) {
          return readAnswer(gateway, outcome, attempt, mayHaveHappened || request.method === 'POST')
        }
        mayHaveHappened ||= request.method === 'POST' && !verdict.isKnownUndone
        const mayRepeat = request.isRepeatable || verdict.isKnownUndone
        if (!mayRepeat || attempt >= deps.patience.attempts) {
          const { why } = verdict
          return refuse({ code: 'gateway.unreachable', gateway, why, attempts: attempt, mayHaveHappened })
        }
        await deps.pause(pauseBefore(attempt + 1, outcome, deps))
      }
    },
  }
}

/** The answer as `schema` has it; keys that it does not name are left aside, wrong ones are named. */
export function readFields<const S extends v.GenericSchema>(
  gateway: GatewayName,
  schema: S,
  json: unknown,
  mayHaveHappened: boolean,
): GatewayResult<v.InferOutput<S>> {
  const parsed = v.safeParse(schema, json, { abortEarly: true })
  if (parsed.success) return ok(parsed.output)
  const field = fieldName(parsed.issues)
  return refuse({ code: 'gateway.bad_answer', gateway, why: 'field', field, mayHaveHappened })
}
