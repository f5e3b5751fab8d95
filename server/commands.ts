import { Hono } from 'hono'
import * as v from 'valibot'
import { commandSchemas, refusalStatus } from '#shared/protocol.ts'
import { writeSessionCookie } from './actors.ts'
import { type AdmissionDeps, type Admitted, admit, findCommand, isGuess } from './admission.ts'
import type { Actor, AnyCommand, CommandRefusal, HouseCommand } from './command.ts'
import { type Executed, execute } from './door.ts'
import type { Clock } from './platform/clock.ts'
import { type Database, StorageFullError, storageRefusal } from './platform/database/database.ts'
import { BusyError, type Writer } from './platform/database/writer.ts'
import type { Feed } from './platform/feed.ts'
import { apiHeaders, isCrossSite, setHeaders } from './platform/http/security-headers.ts'
import type { Secrets } from './platform/secrets.ts'
import type { Sessions } from './platform/session.ts'

export type DoorDeps = {
  readonly database: Database
  readonly writer: Writer
  readonly feed: Feed
  readonly sessions: Sessions
  readonly secrets: Secrets
  readonly clock: Clock
  /** False where no receipt printer may be at this server's own address. */
  readonly mayPrintHere: boolean
  /** Those that move no money: practice, and what has a test key. */
  readonly playedProviders?: ReadonlySet<string>
  /** Called when it is durable that gateways are to be asked something. */
  readonly onGatewaysAsked?: () => void
}

const NONE: ReadonlySet<string> = new Set()

/** What is answered but never stored is worked out anew for each answer, the first and every repetition. */
function reveal(
  executed: Executed,
  command: AnyCommand | HouseCommand,
  id: string,
  secrets: Secrets,
): Executed {
  const { answer } = executed
  if (!command.reveal || !answer.ok) return executed
  const result = { ...(answer.result as object), ...command.reveal(id, secrets) }
  return { ...executed, answer: { ...answer, result } }
}

/** Submits a command to the one lane of writes; answers when it is durable and the feed is awake. */
export async function submit(
  deps: DoorDeps,
  command: AnyCommand | HouseCommand,
  id: string,
  args: Readonly<Record<string, unknown>>,
  actor: Actor,
  waitedMs = 0,
  address = '',
): Promise<Executed> {
  const prepared = await command.prepare?.(args as never, {
    read: deps.database.read,
    secrets: deps.secrets,
    actor,
  })
  const { mayPrintHere, playedProviders = NONE } = deps
  const executed = await deps.writer.submit((tx) => {
    const nowMs = deps.clock.now()
    const from = { actor, address, waitedMs, mayPrintHere, playedProviders }
    return execute(tx, { id, command, args, prepared, nowMs, ...from }, deps.secrets)
  })
  if (executed.endedSessions) deps.sessions.forget()
  deps.feed.wake(executed.streams)
  if (executed.asksGateways) deps.onGatewaysAsked?.()
  return reveal(executed, command, id, deps.secrets)
}

/** Runs a command as the house: demo data, jobs, the manager's command line. Throws when it is refused. */
export async function runAsHouse(deps: DoorDeps, name: string, id: string, args: unknown): Promise<unknown> {
  const command = findCommand(name)
  if (!command) throw new Error(`There is no command ${name}.`)
  const checked = v.parse(commandSchemas[command.name], args) as Record<string, unknown>
  const { answer } = await submit(deps, command, id, checked, { kind: 'house' })
  if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.refusal)}`)
  return answer.result
}

/**
 * How long a device says that it kept the command; said by none, it was sent at once. What is no duration,
 * or too long to be one, counts as too long: where age matters, nothing is made that may be of yesterday.
 */
function waitedMsOf(header: string | undefined): number {
  if (header === undefined) return 0
  return /^\d{1,15}$/.test(header) ? Number(header) : Number.POSITIVE_INFINITY
}

type CommandRouteDeps = DoorDeps &
  Omit<AdmissionDeps, 'read'> & { readonly isSecure: boolean; readonly publicUrl: string | null }

/** What passes by itself and is worth another try, or null. */
function passingTrouble(error: unknown): CommandRefusal | null {
  if (error instanceof BusyError) return { code: 'server.busy' }
  return error instanceof StorageFullError ? { code: storageRefusal(error) } : null
}

/** Runs what was admitted; a guess is counted before anybody looks at it and given back when it was none. */
async function run(
  deps: CommandRouteDeps,
  { command, id, args, actor, address }: Admitted,
  waitedMs: number,
): Promise<Executed | { readonly waitMs: number }> {
  const code = isGuess(command) ? String(args.code) : null
  const waitMs = code === null ? null : deps.limits.takeGuess(address, code)
  if (waitMs !== null) return { waitMs }
  let isWrong = false
  try {
    const executed = await submit(deps, command, id, args, actor, waitedMs, address)
    isWrong = !executed.answer.ok
    return executed
  } finally {
    if (code !== null && !isWrong) deps.limits.returnGuess(address, code)
  }
}

/** `POST /api/commands/<name>`: the one door by which anything is changed. */
export function commandRoutes(deps: CommandRouteDeps): Hono {
  const app = new Hono()
  const admission = { ...deps, read: deps.database.read }
  const headers = apiHeaders(deps.isSecure)
  const headersOfJson = { ...headers, 'content-type': 'application/json' }
  app.post('/:name', async (c) => {
    const refuseWith = (refusal: CommandRefusal, waitMs?: unknown) => {
      setHeaders(c, headers)
      if (typeof waitMs === 'number') c.header('Retry-After', String(Math.ceil(waitMs / 1000)))
      return c.json({ ok: false, refusal }, refusalStatus[refusal.code])
    }
    if (isCrossSite(c.req.raw, deps.publicUrl)) return refuseWith({ code: 'request.cross_site' })
    const admitted = await admit(admission, c, c.req.param('name'))
    if (!admitted.ok) return refuseWith(admitted.refusal, admitted.refusal.waitMs)
    try {
      const waitedMs = waitedMsOf(c.req.header('meja-waited-ms'))
      const executed = await run(deps, admitted.value, waitedMs)
      if ('waitMs' in executed) {
        return refuseWith({ code: 'request.too_many', waitMs: executed.waitMs }, executed.waitMs)
      }
      const { answer, cookies } = executed
      // As most are, made whole: headers that are set one by one cost as much as reading the request.
      if (answer.ok && cookies.length === 0) {
        return new Response(JSON.stringify(answer), { headers: headersOfJson })
      }
      for (const { kind, secret } of cookies) writeSessionCookie(c, kind, secret, deps.isSecure)
      if (!answer.ok) return refuseWith(answer.refusal as CommandRefusal)
      setHeaders(c, headers)
      return c.json(answer)
    } catch (error) {
      const trouble = passingTrouble(error)
      if (!trouble) throw error
      return refuseWith(trouble, 1000 + Math.random() * 3000)
    }
  })
  return app
}
