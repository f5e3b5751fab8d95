import type { Context as HonoContext } from 'hono'
import * as v from 'valibot'
import { idPattern } from '#shared/kernel/ids.ts'
import { findPile } from '#shared/kernel/marks.ts'
import { ok, type Result, refuse } from '#shared/kernel/result.ts'
import { fieldName } from '#shared/kernel/schema.ts'
import { commandSchemas } from '#shared/protocol.ts'
import type { Callers, CallersOf } from './actors.ts'
import { type Actor, type AnyCommand, actorKey, type CommandRefusal, isAllowed, type Who } from './command.ts'
import { commandList } from './command-list.ts'
import type { Reader } from './platform/database/database.ts'
import type { Limits } from './platform/http/limits.ts'
import { MAX_BODY_BYTES, parseJson, readBytes } from './platform/http/request-body.ts'
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
  /** From where it came. */
  readonly address: string
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
  maxBytes: number,
): Promise<Result<Record<string, unknown>, CommandRefusal>> {
  const bytes = await readBytes(request, maxBytes)
  if (!bytes.ok) return bytes
  const json = parseJson(bytes.value)
  if (!json.ok) return json
  const parsed = v.safeParse(commandSchemas[command.name], json.value, { abortEarly: true })
  if (!parsed.success) return refuse({ code: 'request.invalid', field: fieldName(parsed.issues) })
  const field = findPile(parsed.output)
  if (field !== null) return refuse({ code: 'request.invalid', field })
  return ok(parsed.output as Record<string, unknown>)
}

/** A code, a name and a PIN: a stranger has nothing longer to say. */
const STRANGERS_MAX_BYTES = 4096

/**
 * What a stranger asks is read before it is counted: reading costs no more than refusing, and whoever
 * sends junk must not use up what the guests beside him have for their first scan.
 */
async function readStrangersArgs(
  { limits }: AdmissionDeps,
  request: Request,
  command: AnyCommand,
  address: string,
): Promise<Result<Record<string, unknown>, CommandRefusal>> {
  const args = await readArgs(request, command, STRANGERS_MAX_BYTES)
  if (args.ok) return args
  const waitMs = limits.takeJunk(address)
  return waitMs === null ? args : refuse({ code: 'request.too_many', waitMs })
}

/** A scan or a link without a name makes a phone, with a session for a year; phones that have a name are not counted. */
async function refuseNewPhone(
  { read, limits }: AdmissionDeps,
  command: AnyCommand,
  actor: Actor,
  address: string,
  { token, outletId }: Record<string, unknown>,
  requestId: string,
): Promise<CommandRefusal | null> {
  if (actor.kind === 'customer' || actor.kind === 'house') return null
  if (command.name === 'phone.begin') {
    const waitMs = limits.takeNewPhone(address, String(outletId), requestId)
    return waitMs === null ? null : { code: 'request.too_many', waitMs, why: 'new_phones' }
  }
  if (command.name !== 'code.scan') return null
  const code = await readCode(read, String(token))
  if (!code) {
    const waitMs = limits.takeJunk(address)
    return waitMs === null ? { code: 'code.unknown' } : { code: 'request.too_many', waitMs }
  }
  if (code.replaced_at_ms !== null) return { code: 'code.replaced' }
  const waitMs = limits.takeNewPhone(address, code.token, requestId)
  return waitMs === null ? null : { code: 'request.too_many', waitMs, why: 'new_phones' }
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
  // Not counted: it is said without reading on, and a phone that was forgotten must hear it at once.
  if (!chosen.ok) return chosen
  const actor = chosen.value
  const waitMs = actor.kind === 'stranger' ? null : await deps.limits.takeKnown(actorKey(actor))
  if (waitMs !== null) return refuse({ code: 'request.too_many', waitMs })
  const address = deps.addressOf(c)
  const args =
    actor.kind === 'stranger'
      ? await readStrangersArgs(deps, c.req.raw, command, address)
      : await readArgs(c.req.raw, command, command.maxBytes ?? MAX_BODY_BYTES)
  if (!args.ok) return args
  const refusal = await refuseNewPhone(deps, command, actor, address, args.value, id)
  return refusal ? refuse(refusal) : ok({ command, id, actor, args: args.value, address })
}
