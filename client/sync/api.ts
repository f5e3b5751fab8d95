import type { CommandAnswer, CommandArgs, CommandName } from '#shared/protocol.ts'
import { makeId } from './ids.ts'

/** How one attempt to send ended. Only `answer` is final; the other two mean that nobody knows yet. */
export type Attempt =
  | { readonly kind: 'answer'; readonly answer: CommandAnswer }
  /** `isBroken`: our server itself says that it failed on this very command; a full queue or disk passes. */
  | { readonly kind: 'later'; readonly waitMs: number; readonly isBroken: boolean }
  | { readonly kind: 'unreachable' }

const TIMEOUT_MS = 15_000

// A captive portal or a gateway may say `ok` too; only the whole shape is our server's word.
function isAnswer(body: unknown): body is CommandAnswer {
  if (typeof body !== 'object' || body === null || !('ok' in body)) return false
  if (body.ok === true) return 'changes' in body && Array.isArray(body.changes)
  const refusal = 'refusal' in body ? body.refusal : null
  return (
    typeof refusal === 'object' && refusal !== null && 'code' in refusal && typeof refusal.code === 'string'
  )
}

/** Too fast, says our server or a gateway before it. Any other refusal is an answer, whatever its status. */
function isTooMany(body: unknown): boolean {
  return !isAnswer(body) || (!body.ok && body.refusal.code === 'request.too_many')
}

/** A gateway's 500 says nothing about the command, JSON or not. */
function isBroken(body: unknown): boolean {
  return isAnswer(body) && !body.ok && body.refusal.code === 'server.broken'
}

function waitMsOf(response: Response): number {
  const seconds = Number(response.headers.get('retry-after'))
  return Number.isFinite(seconds) ? Math.min(seconds, 60) * 1000 : 0
}

/**
 * Sends a command once. A gateway's error page, a captive portal's login and half an answer are all
 * "nobody knows": the same id will be sent again, and the server answers it once.
 * `waitedMs`: how long this device has kept the command.
 */
export async function postCommand(name: string, id: string, args: unknown, waitedMs = 0): Promise<Attempt> {
  let response: Response
  let body: unknown
  try {
    response = await fetch(`/api/commands/${name}`, {
      method: 'POST',
      // A duration, because clocks differ: the server refuses what nobody may want any more.
      headers: {
        'content-type': 'application/json',
        'idempotency-key': id,
        'meja-waited-ms': String(Math.max(0, Math.round(waitedMs))),
      },
      body: JSON.stringify(args),
      credentials: 'same-origin',
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    body = await response.json()
  } catch {
    return { kind: 'unreachable' }
  }
  if (response.status >= 500 || (response.status === 429 && isTooMany(body))) {
    return { kind: 'later', waitMs: waitMsOf(response), isBroken: isBroken(body) }
  }
  if (!isAnswer(body)) return { kind: 'unreachable' }
  return { kind: 'answer', answer: body }
}

export type Asked<Result> =
  | { readonly ok: true; readonly result: Result }
  | { readonly ok: false; readonly refusal: { readonly code: string; readonly [fact: string]: unknown } }

/**
 * Asks the server now, for what makes no sense later (a scan, a PIN, a manager's change). Tries the
 * same id up to three times; without an answer it says `network.unreachable`, and nothing is known.
 */
export async function askServer<Name extends CommandName, Result = unknown>(
  name: Name,
  args: CommandArgs<Name>,
): Promise<Asked<Result>> {
  const id = makeId('cmd')
  for (let tries = 0; tries < 3; tries++) {
    const attempt = await postCommand(name, id, args)
    if (attempt.kind === 'answer') {
      return attempt.answer.ok
        ? { ok: true, result: attempt.answer.result as Result }
        : { ok: false, refusal: attempt.answer.refusal }
    }
    if (!navigator.onLine) break
    const waitMs = attempt.kind === 'later' ? Math.max(attempt.waitMs, 500) : 500 * 2 ** tries
    if (waitMs > 5000) break
    if (tries < 2) await new Promise((resolve) => setTimeout(resolve, waitMs))
  }
  return { ok: false, refusal: { code: 'network.unreachable' } }
}

/** Reads JSON from a GET route; null when it cannot be had now. `status` tells refusals from silence. */
export async function getJson<Body>(path: string): Promise<{ status: number; body: Body | null }> {
  try {
    const response = await fetch(path, {
      credentials: 'same-origin',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    return { status: response.status, body: response.ok ? ((await response.json()) as Body) : null }
  } catch {
    return { status: 0, body: null }
  }
}
