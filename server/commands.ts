import { Hono, type Context as HonoContext } from 'hono'
import * as v from 'valibot'
import { idPattern } from '#shared/kernel/ids.ts'
import { ok, type Result, refuse } from '#shared/kernel/result.ts'
import { fieldName } from '#shared/kernel/schema.ts'
import { commandSchemas, refusalStatus } from '#shared/protocol.ts'
import { type Callers, type CallersOf, writeSessionCookie } from './actors.ts'
import { type Actor, type AnyCommand, actorKey, type CommandRefusal, isAllowed } from './command.ts'
import { commandList } from './command-list.ts'
import { type Executed, execute } from './door.ts'
import type { Clock } from './platform/clock.ts'
import { type Database, StorageFullError, storageRefusal } from './platform/database.ts'
import type { Feed } from './platform/feed.ts'
import type { Limits } from './platform/limits.ts'
import { MAX_BODY_BYTES, parseJson, readBytes } from './platform/request-body.ts'
import type { Secrets } from './platform/secrets.ts'
import type { Sessions } from './platform/session.ts'
import { BusyError, type Writer } from './platform/writer.ts'

export type DoorDeps = {
  readonly database: Database
  readonly writer: Writer
  readonly feed: Feed
  readonly sessions: Sessions
  readonly secrets: Secrets
  readonly clock: Clock
}

const commandsByName = new Map<string, AnyCommand>(commandList.map((each) => [each.name, each]))
const keyPattern = idPattern('cmd')

/** Submits a command to the one lane of writes; answers when it is durable and the feed is awake. */
export async function submit(
  deps: DoorDeps,
  command: AnyCommand,
  id: string,
  args: Readonly<Record<string, unknown>>,
  actor: Actor,
  waitedMs = 0,
): Promise<Executed> {
  const prepared = await command.prepare?.(args as never, {
    read: deps.database.read,
    secrets: deps.secrets,
    actor,
  })
  const executed = await deps.writer.submit((tx) =>
    execute(tx, { id, command, args, prepared, actor, nowMs: deps.clock.now(), waitedMs }, deps.secrets),
  )
  if (executed.endedSessions) deps.sessions.forget()
  deps.feed.wake(executed.streams)
  return executed
}

/** Runs a command as the house: demo data, jobs, the manager's command line. Throws when it is refused. */
export async function runAsHouse(deps: DoorDeps, name: string, id: string, args: unknown): Promise<unknown> {
  const command = commandsByName.get(name)
  if (!command) throw new Error(`There is no command ${name}.`)
  const checked = v.parse(commandSchemas[command.name], args) as Record<string, unknown>
  const { answer } = await submit(deps, command, id, checked, { kind: 'house' })
  if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.refusal)}`)
  return answer.result
}

/** How long a device says that it kept the command; what is not a duration counts as sent at once. */
function waitedMsOf(header: string | undefined): number {
  return /^\d{1,15}$/.test(header ?? '') ? Number(header) : 0
}

/** The actor among the callers for whom this command is meant; else the reason why there is none. */
function chooseActor(command: AnyCommand, callers: Callers, isHouse: boolean): Result<Actor, CommandRefusal> {
  if (isHouse) return ok({ kind: 'house' })
  const { who } = command
  if (who === 'anyone') return ok(callers.customer?.actor ?? callers.device?.actor ?? { kind: 'stranger' })
  const caller =
    who === 'phone' ? callers.customer : who === 'device' ? (callers.staff ?? callers.device) : callers.staff
  if (!caller) return refuse({ code: 'session.missing', needs: who === 'phone' ? 'phone' : who })
  if (!isAllowed(caller.actor, who)) return refuse({ code: 'session.not_allowed', needs: who })
  return ok(caller.actor)
}

async function readArgs(
  request: Request,
  command: AnyCommand,
): Promise<Result<Record<string, unknown>, CommandRefusal>> {
  const bytes = await readBytes(request, command.maxBytes ?? MAX_BODY_BYTES)
  if (!bytes.ok) return bytes
  const json = parseJson(bytes.value)
  if (!json.ok) return json
  const parsed = v.safeParse(commandSchemas[command.name], json.value, { abortEarly: true })
  if (!parsed.success) return refuse({ code: 'request.invalid', field: fieldName(parsed.issues) })
  return ok(parsed.output as Record<string, unknown>)
}

export type CommandRouteDeps = DoorDeps & {
  readonly callers: CallersOf
  readonly limits: Limits
  readonly isSecure: boolean
  readonly addressOf: (c: HonoContext) => string
  /** Proof of the command line on this very machine; see console-key.ts. */
  readonly isConsole: (request: Request) => boolean
}

/** Commands that carry a short code which could be guessed. A table's token, 80 random bits, cannot. */
const GUESSED = new Set(['setup.complete', 'device.enrol'])

/** What passes by itself and is worth another try, or null. */
function passingTrouble(error: unknown): CommandRefusal | null {
  if (error instanceof BusyError) return { code: 'server.busy' }
  return error instanceof StorageFullError ? { code: storageRefusal(error) } : null
}

type Admitted = {
  readonly command: AnyCommand
  readonly id: string
  readonly actor: Actor
  readonly args: Record<string, unknown>
}

/** Everything that is checked before a command may touch the database, the cheapest first. */
async function admit(
  deps: CommandRouteDeps,
  c: HonoContext,
  name: string,
): Promise<Result<Admitted, CommandRefusal>> {
  const command = commandsByName.get(name)
  if (!command) return refuse({ code: 'request.unknown_command' })
  const id = c.req.header('idempotency-key') ?? ''
  if (!keyPattern.test(id)) return refuse({ code: 'request.no_key' })
  if (!/^application\/json(;|$)/i.test(c.req.header('content-type') ?? ''))
    return refuse({ code: 'request.not_json' })
  const chosen = chooseActor(command, await deps.callers.of(c), deps.isConsole(c.req.raw))
  const address = deps.addressOf(c)
  const session = chosen.ok && chosen.value.kind !== 'stranger' ? actorKey(chosen.value) : null
  const waitMs = (await deps.limits.take({ session, address })) ?? (await guessWait(deps, command, address))
  if (waitMs !== null) return refuse({ code: 'request.too_many', waitMs })
  if (!chosen.ok) return chosen
  const args = await readArgs(c.req.raw, command)
  return args.ok ? ok({ command, id, actor: chosen.value, args: args.value }) : args
}

async function guessWait(
  deps: CommandRouteDeps,
  command: AnyCommand,
  address: string,
): Promise<number | null> {
  return GUESSED.has(command.name) ? deps.limits.guessWait(address) : null
}

/** `POST /api/commands/<name>`: the one door by which anything is changed. */
export function commandRoutes(deps: CommandRouteDeps): Hono {
  const app = new Hono()
  app.post('/:name', async (c) => {
    const refuseWith = (refusal: CommandRefusal, waitMs?: unknown) => {
      if (typeof waitMs === 'number') c.header('Retry-After', String(Math.ceil(waitMs / 1000)))
      return c.json({ ok: false, refusal }, refusalStatus[refusal.code])
    }
    const admitted = await admit(deps, c, c.req.param('name'))
    if (!admitted.ok) return refuseWith(admitted.refusal, admitted.refusal.waitMs)
    const { command, id, args, actor } = admitted.value
    try {
      const executed = await submit(
        deps,
        command,
        id,
        args,
        actor,
        waitedMsOf(c.req.header('meja-waited-ms')),
      )
      for (const { kind, secret } of executed.cookies) writeSessionCookie(c, kind, secret, deps.isSecure)
      if (executed.answer.ok) return c.json(executed.answer)
      if (GUESSED.has(command.name)) await deps.limits.takeGuess(deps.addressOf(c))
      return refuseWith(executed.answer.refusal as CommandRefusal)
    } catch (error) {
      const trouble = passingTrouble(error)
      if (!trouble) throw error
      return refuseWith(trouble, 1000 + Math.random() * 3000)
    }
  })
  return app
}
