import type { IdPrefix } from '#shared/kernel/ids.ts'
import type { Result } from '#shared/kernel/result.ts'
import type { CommandArgs, CommandName, RefusalCode } from '#shared/protocol.ts'
import { hasRole, type Role } from '#shared/staff/staff.ts'
import type { Reader, Tx } from './platform/database/database.ts'
import type { Secrets } from './platform/secrets.ts'
import type { SessionKind } from './platform/session.ts'

/** Who sends a command. The house is the server itself: demo data, jobs, the manager's command line. */
export type Actor =
  | { readonly kind: 'stranger' }
  | { readonly kind: 'customer'; readonly id: string }
  | { readonly kind: 'device'; readonly id: string; readonly outletId: string }
  | {
      readonly kind: 'staff'
      readonly id: string
      readonly name: string
      readonly role: Role
      readonly outletIds: readonly string[]
      readonly deviceId: string
    }
  | { readonly kind: 'house' }

/**
 * Who may send it: a role means staff of at least that role; the party is a phone, or staff in its stead.
 * The house may send everything.
 */
export type Who = 'anyone' | 'phone' | 'party' | 'device' | Role

export type CommandRefusal = { readonly code: RefusalCode; readonly [fact: string]: unknown }
export type CommandResult = Result<unknown, CommandRefusal>

/** What happened and may concern another feature; see reactions.ts. */
export type DomainEvent =
  | { readonly type: 'outlet.opened' | 'outlet.changed'; readonly outletId: string }
  | { readonly type: 'presence.confirmed'; readonly visitId: string; readonly phone: number }
  /** Its own money came. A phone that people sent away stays away. */
  | { readonly type: 'presence.paid'; readonly visitId: string; readonly phone: number }
  /** People of the party or of the house said no. */
  | { readonly type: 'phone.refused'; readonly visitId: string; readonly phone: number }
  | { readonly type: 'presence.denied'; readonly visitId: string; readonly phone: number }
  /** `orderIds`: all that are meant; `scannedUntilMs`: who scanned until then is of the denied. */
  | {
      readonly type: 'strangers.denied'
      readonly tableId: string
      readonly orderIds: readonly string[]
      readonly scannedUntilMs: number
    }
  | { readonly type: 'table.code_burnt'; readonly tableId: string }
  | { readonly type: 'visit.closed'; readonly visitId: string; readonly tableId: string | null }
  | { readonly type: 'visit.active'; readonly visitId: string }
  /** Money counts for these orders, which waited for it; for `ownIds` it was their own phone's. */
  | {
      readonly type: 'orders.paid'
      readonly orderIds: readonly string[]
      readonly ownIds: readonly string[]
    }
  /** A manager lets it be made before it is paid. */
  | { readonly type: 'order.waived'; readonly orderId: string }
  /** Nobody will come for the visit's order any more; or, after a slip of the finger, somebody will. */
  | { readonly type: 'pickup.ended'; readonly visitId: string }
  | { readonly type: 'pickup.resumed'; readonly visitId: string }
  /** Of a pick-up: all that is owed is paid, and nothing has to go back. */
  | { readonly type: 'pickup.settled'; readonly visitId: string }
  /** A table's bill as it is kept now, and what is left to pay of it. */
  | {
      readonly type: 'bill.kept'
      readonly visitId: string
      readonly remainderRp: number
      readonly dueBackRp: number
      readonly returnedRp: number
    }
  /** Only of visits that have a bill. */
  | { readonly type: 'order.changed'; readonly visitId: string; readonly orderId: string }

/** What a handler works with: one transaction, the server's time, and who is asking. */
export interface Context {
  readonly tx: Tx
  readonly nowMs: number
  readonly actor: Actor
  readonly commandId: string
  /** How long the sender's device kept it before this attempt, by its own count; 0 when it said nothing. */
  readonly waitedMs: number
  readonly secrets: Secrets
  /** False where no receipt printer may be at this server's own address. */
  readonly mayPrintHere: boolean
  /** True for a provider whose keys, as this server has them now, move no money. */
  isPlayed(provider: string): boolean
  /** A keyed fingerprint of the address from which it came: the same for all on one Wi-Fi, and no address. */
  origin(): string
  /** Writes a whole record and its change in each stream. */
  put(
    kind: string,
    record: { readonly id: string; readonly rev: number },
    streams: readonly string[],
  ): Promise<void>
  /** Shows an existing record in a further stream. */
  share(stream: string, kind: string, recordId: string): Promise<void>
  emit(event: DomainEvent): void
  /** Something that gateways are to be asked was noted: once it is durable, they are. */
  askGateways(): void
  makeId(prefix: IdPrefix): string
  /** Makes a session; its secret leaves in a cookie of the answer, never in the answer itself. */
  issueSession(kind: SessionKind, subjectId: string, deviceId: string | null): Promise<void>
  endSessions(subjectId: string): Promise<void>
  endStaffSessions(deviceId: string): Promise<void>
}

export type PrepareDeps = { readonly read: Reader; readonly secrets: Secrets; readonly actor: Actor }

/**
 * One command. `prepare` runs before the transaction, for slow work (a PIN's hash) that must not hold
 * it up; what it found may be out of date when `handle` runs.
 */
export type Command<Name extends CommandName, Prepared> = {
  readonly name: Name
  readonly who: Who
  readonly maxBytes?: number
  /** A copy that has waited longer on the sender's device is refused: nobody may still want it. */
  readonly staleAfterMs?: number
  readonly prepare?: (args: CommandArgs<Name>, deps: PrepareDeps) => Promise<Prepared>
  readonly handle: (context: Context, args: CommandArgs<Name>, prepared: Prepared) => Promise<CommandResult>
  /**
   * Runs when the command comes again soon after, because its answer was lost on the way: a session's
   * cookie is in no stored answer and must be made anew. `result` is the first answer's, given `atMs`.
   */
  readonly again?: (context: Context, args: CommandArgs<Name>, result: unknown, atMs: number) => Promise<void>
  /**
   * What belongs in the answer but must not be stored with it, such as a code: it follows from the
   * command's id, so that a repetition says the same. Added to the result after the transaction.
   */
  readonly reveal?: (commandId: string, secrets: Secrets) => Readonly<Record<string, unknown>>
}

/** A command with its types forgotten, as the door keeps it. */
export type AnyCommand = {
  readonly name: CommandName
  readonly who: Who
  readonly maxBytes?: number
  readonly staleAfterMs?: number
  readonly prepare?: (args: never, deps: PrepareDeps) => Promise<unknown>
  readonly handle: (context: Context, args: never, prepared: never) => Promise<CommandResult>
  readonly again?: (context: Context, args: never, result: unknown, atMs: number) => Promise<void>
  readonly reveal?: (commandId: string, secrets: Secrets) => Readonly<Record<string, unknown>>
}

/** What only the server itself does, such as hearing of a payment: it has no name on the wire. */
export type HouseCommand = Omit<AnyCommand, 'name' | 'who'> & { readonly name: `house.${string}` }

/** Defines a command; its arguments are typed by the protocol. */
export function command<Name extends CommandName, Prepared = undefined>(
  name: Name,
  definition: Omit<Command<Name, Prepared>, 'name'>,
): Command<Name, Prepared> {
  return { name, ...definition }
}

/** True when the actor may send commands meant for `who`. */
export function isAllowed(actor: Actor, who: Who): boolean {
  if (who === 'anyone' || actor.kind === 'house') return true
  if (who === 'phone') return actor.kind === 'customer'
  if (who === 'party') return actor.kind === 'customer' || actor.kind === 'staff'
  if (who === 'device') return actor.kind === 'device' || actor.kind === 'staff'
  return actor.kind === 'staff' && hasRole(actor.role, who)
}

/** True when the actor works at this outlet; an owner and the house work at all. */
export function worksAt(actor: Actor, outletId: string): boolean {
  if (actor.kind === 'house') return true
  return actor.kind === 'staff' && (actor.role === 'owner' || actor.outletIds.includes(outletId))
}

/** How an actor is named in what is kept about a command. */
export function actorKey(actor: Actor): string {
  return 'id' in actor ? actor.id : actor.kind
}

/** The name of the person who acts, for records that say who did it. */
export function actorName(actor: Actor): string | null {
  return actor.kind === 'staff' ? actor.name : null
}
