import sql from 'sql-template-tag'
import type { IdPrefix } from '#shared/kernel/ids.ts'
import { refuse } from '#shared/kernel/result.ts'
import type { Change, CommandAnswer } from '#shared/protocol.ts'
import {
  type Actor,
  type AnyCommand,
  actorKey,
  type CommandRefusal,
  type CommandResult,
  type Context,
  type DomainEvent,
  type HouseCommand,
  worksAt,
} from './command.ts'
import { toldIn } from './feeds/told.ts'
import type { Outcome, Tx } from './platform/database/database.ts'
import { putRecord, readRecord, shareRecord } from './platform/database/records.ts'
import { differingField, fingerprintsOf, isNotCompared } from './platform/fingerprints.ts'
import { addressKey } from './platform/http/limits.ts'
import { makeId } from './platform/random-ids.ts'
import type { Secrets } from './platform/secrets.ts'
import {
  issueSession,
  revokeSessions,
  revokeStaffOnDevice,
  SESSIONS_ENDED,
  type SessionKind,
  wasSignedIn,
} from './platform/session.ts'
import { react } from './reactions.ts'

type Cookie = { readonly kind: SessionKind; readonly secret: string }

/** What a command came to, with all that is to be done once it is durable. */
export type Executed = {
  readonly answer: CommandAnswer
  readonly streams: ReadonlySet<string>
  readonly cookies: readonly Cookie[]
  readonly endedSessions: boolean
  readonly asksGateways: boolean
}

type Envelope = {
  readonly id: string
  readonly command: AnyCommand | HouseCommand
  readonly args: Readonly<Record<string, unknown>>
  readonly prepared: unknown
  readonly actor: Actor
  readonly nowMs: number
  /** How long the sender's device kept it before this attempt, by its own clock. */
  readonly waitedMs: number
  /** From where it came; empty for the house. */
  readonly address: string
  readonly mayPrintHere: boolean
  readonly playedProviders: ReadonlySet<string>
}

type Remembered = { name: string; actor: string; fingerprints: string; answer: string; at_ms: number }

/** Tells a thousand places apart, and says nothing about any without the pepper. */
const ORIGIN_LENGTH = 8

/** For so long a lost answer is asked for again with the very same id. */
const AGAIN_MS = 10 * 60_000

/**
 * A stranger has no name yet: the first scan makes one, so its repetition may come from either. On a tablet
 * the next person sends again what the one before sent from it, as long as the answer holds nobody's secret.
 */
async function isSameSender(tx: Tx, { actor: remembered, at_ms }: Remembered, envelope: Envelope) {
  const { actor, command } = envelope
  if (remembered === actorKey(actor) || remembered === 'stranger') return true
  if (actor.kind !== 'staff' || command.again || command.reveal) return false
  return wasSignedIn(tx, remembered, actor.deviceId, at_ms)
}

function mayRead(actor: Actor, stream: string): boolean {
  if (actor.kind === 'customer') return stream === `customer:${actor.id}`
  const outletId = stream.startsWith('desk:') ? stream.slice('desk:'.length) : null
  return actor.kind === 'staff' && outletId !== null && worksAt(actor, outletId)
}

/** What was answered, with where each change stands: the records themselves are read again when asked again. */
type Kept = CommandResult & {
  readonly changes?: readonly (readonly [stream: string, seq: number, kind: string, id: string])[]
}

/** The records of a first answer as they are now; with a lost answer they were lost too. */
async function readAgain(tx: Tx, { changes = [] }: Kept, actor: Actor): Promise<Change[]> {
  const again: Change[] = []
  for (const [stream, seq, kind, id] of changes) {
    const body = mayRead(actor, stream) ? await readRecord(tx, kind, id) : undefined
    if (body !== undefined) again.push({ stream, seq, kind, id, body: toldIn(stream, kind, body) })
  }
  return again
}

/**
 * Runs one command inside a group's transaction, exactly once for its id: a known id with the same
 * arguments gets the first answer again, with others a refusal. Refusals take back what was written
 * and are remembered too, so that a repetition of the next days cannot do what the sender was told was
 * refused. A phone's are forgotten after two days (upkeep/forgetting.ts); what must not be done so late
 * has a `staleAfterMs`.
 */
export async function execute(tx: Tx, envelope: Envelope, secrets: Secrets): Promise<Outcome<Executed>> {
  const { id, command, args, actor } = envelope
  const fingerprints = fingerprintsOf(args, secrets)
  const known = await tx.get<Remembered>(
    sql`SELECT name, actor, fingerprints, answer, at_ms FROM commands WHERE id = ${id}`,
  )
  if (known) return { keep: true, value: await repeat(tx, known, envelope, fingerprints, secrets) }

  // After the known id, so that one whose answer was lost is answered and not asked about.
  if (command.staleAfterMs !== undefined && envelope.waitedMs > command.staleAfterMs) {
    return refused(envelope, fingerprints, { code: 'request.waited_too_long' })
  }
  const effects = new Effects(tx, envelope, secrets)
  const result = await command.handle(effects.context, args as never, envelope.prepared as never)
  if (!result.ok) return refused(envelope, fingerprints, result.refusal)
  await react(effects.context, effects.events)
  const changes = effects.changes
    .filter(({ stream }) => mayRead(actor, stream))
    .map((change) => ({ ...change, body: toldIn(change.stream, change.kind, change.body) }))
  const marks = changes.map(({ stream, seq, kind, id }) => [stream, seq, kind, id] as const)
  await remember(tx, envelope, fingerprints, marks.length > 0 ? { ...result, changes: marks } : result)
  return {
    keep: true,
    value: {
      answer: { ok: true, result: result.value ?? null, changes },
      streams: effects.streams(),
      cookies: effects.cookies,
      endedSessions: effects.endedSessions,
      asksGateways: effects.asksGateways,
    },
  }
}

const nothing = { streams: new Set<string>(), cookies: [], endedSessions: false, asksGateways: false }

async function repeat(
  tx: Tx,
  known: Remembered,
  envelope: Envelope,
  fingerprints: Record<string, string>,
  secrets: Secrets,
): Promise<Executed> {
  const { command, args, actor, nowMs } = envelope
  const field = (known.name !== command.name && 'name') || differingField(known.fingerprints, fingerprints)
  const isSame = await isSameSender(tx, known, envelope)
  if (field) {
    return { answer: refuse({ code: 'request.key_reused', field: isSame ? field : 'sender' }), ...nothing }
  }
  const kept = JSON.parse(known.answer) as Kept
  if (!isSame) {
    // A phone that lost its cookie: who holds the id and all that was asked hears what became of it, and no more.
    return {
      answer: refuse({ code: kept.ok ? 'request.done_before' : 'request.refused_before' }),
      ...nothing,
    }
  }
  if (!kept.ok) return { answer: kept, ...nothing }
  const effects = new Effects(tx, envelope, secrets)
  // Whoever sends it, also a tablet that once scanned a table: a cookie that was lost is in no answer.
  // What it was asked with is not known of each: a cookie is only for who sends the very same.
  if (nowMs - known.at_ms < AGAIN_MS && !isNotCompared(known.fingerprints)) {
    await command.again?.(effects.context, args as never, kept.value, known.at_ms)
  }
  return {
    ...nothing,
    answer: { ok: true, result: kept.value ?? null, changes: await readAgain(tx, kept, actor) },
    streams: effects.streams(),
    cookies: effects.cookies,
    endedSessions: effects.endedSessions,
  }
}

function refused(
  envelope: Envelope,
  fingerprints: Record<string, string>,
  refusal: CommandRefusal,
): Outcome<Executed> {
  const result = refuse(refusal)
  const value = { answer: result, ...nothing }
  // A stranger's refusals are not kept: wrong guesses must not fill the disk.
  if (envelope.actor.kind === 'stranger') return { keep: false, value }
  return { keep: false, value, instead: (tx) => remember(tx, envelope, fingerprints, result) }
}

async function remember(
  tx: Tx,
  { id, command, actor, nowMs }: Envelope,
  fingerprints: Record<string, string>,
  answer: Kept,
): Promise<void> {
  await tx.run(sql`
    INSERT INTO commands (id, name, actor, fingerprints, answer, at_ms)
    VALUES (${id}, ${command.name}, ${actorKey(actor)}, ${JSON.stringify(fingerprints)},
            ${JSON.stringify(answer)}, ${nowMs})`)
}

class Effects {
  readonly changes: Change[] = []
  readonly events: DomainEvent[] = []
  readonly cookies: Cookie[] = []
  endedSessions = false
  asksGateways = false
  readonly context: Context

  /** What readers are to be told of, on every server. */
  streams(): Set<string> {
    const streams = new Set(this.changes.map((change) => change.stream))
    return this.endedSessions ? streams.add(SESSIONS_ENDED) : streams
  }

  constructor(
    tx: Tx,
    { actor, nowMs, id, waitedMs, address, mayPrintHere, playedProviders }: Envelope,
    secrets: Secrets,
  ) {
    this.context = {
      tx,
      nowMs,
      actor,
      commandId: id,
      waitedMs,
      secrets,
      mayPrintHere,
      isPlayed: (provider) => playedProviders.has(provider),
      origin: () => secrets.fingerprint(`origin:${addressKey(address)}`).slice(0, ORIGIN_LENGTH),
      put: async (kind, record, streams) => {
        this.changes.push(...(await putRecord(tx, kind, record, streams)))
      },
      share: async (stream, kind, recordId) => {
        this.changes.push(await shareRecord(tx, stream, kind, recordId))
      },
      emit: (event) => {
        this.events.push(event)
      },
      askGateways: () => {
        this.asksGateways = true
      },
      makeId: (prefix: IdPrefix) => makeId(prefix, nowMs),
      issueSession: async (kind, subjectId, deviceId) => {
        this.cookies.push({ kind, secret: await issueSession(tx, kind, subjectId, deviceId, nowMs) })
      },
      endSessions: async (subjectId) => {
        this.endedSessions = true
        await revokeSessions(tx, subjectId, nowMs)
      },
      endStaffSessions: async (deviceId) => {
        this.endedSessions = true
        await revokeStaffOnDevice(tx, deviceId, nowMs)
      },
    }
  }
}
