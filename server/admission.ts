import type { Context as HonoContext } from 'hono'
import * as v from 'valibot'
import { idPattern } from '#shared/kernel/ids.ts'
import { ok, type Result, refuse } from '#shared/kernel/result.ts'
import { fieldName } from '#shared/kernel/schema.ts'
import { commandSchemas } from '#shared/protocol.ts'
import type { Callers, CallersOf } from './actors.ts'
import { type Actor, type AnyCommand, actorKey, type CommandRefusal, isAllowed, type Who } from './command.ts'
import { commandList } from './command-list.ts'
import type { Reader } from './platform/database.ts'
import type { Limits } from './platform/limits.ts'
import { MAX_BODY_BYTES, parseJson, readBytes } from './platform/request-body.ts'
import { readCode } from './tables/table.store.ts'

export type AdmissionDeps = {
  readonly read: Reader
  readonly callers: CallersOf
  readonly limits: Limits
  readonly addressOf: (c: HonoContext) => string
  /** Proof of the command line on this very machine; see console-key.ts. */
  readonly isConsole: (request: Request) => boolean
}

/** A request that may go on to the database. */
export type Admitted = {
  readonly command: AnyCommand
  readonly id: string
  readonly actor: Actor
  readonly args: Record<string, unknown>
}

const commandsByName = new Map<string, AnyCommand>(commandList.map((each) => [each.name, each]))
const keyPattern = idPattern('cmd')

export function findCommand(name: string): AnyCommand | undefined {
  return commandsByName.get(name)
}

/** Commands that carry a short code which could be guessed. A table's token, 80 random bits, cannot. */
const GUESSED = new Set(['setup.complete', 'device.enrol'])

export function isGuess(command: AnyCommand): boolean {
  return GUESSED.has(command.name)
}

function callerFor(who: Who, { customer, device, staff }: Callers) {
  if (who === 'phone') return customer
  if (who === 'party') return staff ?? customer
  // The device itself, so that a sign-in sent again after it worked comes from the same sender.
  return who === 'device' ? (device ?? staff) : staff
}

/** The actor among the callers for whom this command is meant; else the reason why there is none. */
function chooseActor(command: AnyCommand, callers: Callers, isHouse: boolean): Result<Actor, CommandRefusal> {
  if (isHouse) return ok({ kind: 'house' })
  const { who } = command
  if (who === 'anyone') return ok(callers.customer?.actor ?? callers.device?.actor ?? { kind: 'stranger' })
  const caller = callerFor(who, callers)
  if (!caller) return refuse({ code: 'session.missing', needs: who === 'party' ? 'phone' : who })
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

/** A scan without a name makes a phone, with a session for a year; phones that have a name are not counted. */
async function newPhoneWait(
  deps: AdmissionDeps,
  command: AnyCommand,
  actor: Actor,
  { token }: Record<string, unknown>,
): Promise<number | null> {
  if (command.name !== 'code.scan' || actor.kind === 'customer' || actor.kind === 'house') return null
  const code = await readCode(deps.read, String(token))
  // What is no present code makes no phone, and must not use up what its table has left.
  if (!code || code.replaced_at_ms !== null) return null
  return deps.limits.takeNewPhone({
    token: code.token,
    outletId: code.outlet_id,
    isTable: code.table_id !== null,
  })
}

/** Everything that is checked before a command may touch the database, the cheapest first. */
export async function admit(
  deps: AdmissionDeps,
  c: HonoContext,
  name: string,
): Promise<Result<Admitted, CommandRefusal>> {
  const command = findCommand(name)
  if (!command) return refuse({ code: 'request.unknown_command' })
  const id = c.req.header('idempotency-key') ?? ''
  if (!keyPattern.test(id)) return refuse({ code: 'request.no_key' })
  if (!/^application\/json(;|$)/i.test(c.req.header('content-type') ?? ''))
    return refuse({ code: 'request.not_json' })
  const chosen = chooseActor(command, await deps.callers.of(c), deps.isConsole(c.req.raw))
  const isKnown = chosen.ok && chosen.value.kind !== 'stranger'
  const waitMs = await deps.limits.take({
    session: isKnown ? actorKey(chosen.value) : null,
    isPhone: isKnown && chosen.value.kind === 'customer',
    address: deps.addressOf(c),
  })
  if (waitMs !== null) return refuse({ code: 'request.too_many', waitMs })
  if (!chosen.ok) return chosen
  const args = await readArgs(c.req.raw, command)
  if (!args.ok) return args
  const crowdedMs = await newPhoneWait(deps, command, chosen.value, args.value)
  if (crowdedMs !== null) return refuse({ code: 'request.too_many', waitMs: crowdedMs, why: 'new_phones' })
  return ok({ command, id, actor: chosen.value, args: args.value })
}
