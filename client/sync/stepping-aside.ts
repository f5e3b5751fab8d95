import { database } from './db.ts'
import { recordsOf } from './read-records.ts'
import type { OutboxRow } from './stored-rows.ts'
import { isAnswered } from './unkept.ts'

// A command on which the server breaks again and again must not hold up what comes after it. Nobody knows whether
// it was done: an earlier try may have arrived, its answer lost. So it is never called refused. It steps aside and
// is asked again, slowly and under its own id, which the server does once at most.

/** So many times in a row a command may break the server before it steps aside. */
const MAX_BROKEN = 6
const brokenInRow = new Map<string, number>()

/** How far apart its tries are then; up to half as long again, so that a café's phones do not come together. */
const ASIDE_MS = 60_000
/** Where a row had no room for it, this page knows. */
const unkept = new Map<string, number>()

const untilMsOf = (row: OutboxRow) => unkept.get(row.id) ?? row.asideUntilMs ?? null

/** True for a row that nobody knows about and that is asked again by itself, behind all others. */
export function isAside(row: OutboxRow): boolean {
  return row.state === 'waiting' && untilMsOf(row) !== null
}

/** True when this row is to step aside now: once for all, or until an answer comes. */
export function noteBroken(row: OutboxRow, isBroken: boolean): boolean {
  const broken = isBroken ? (brokenInRow.get(row.id) ?? 0) + 1 : 0
  const stepsAside = isBroken && (isAside(row) || broken >= MAX_BROKEN)
  if (broken > 0 && !stepsAside) brokenInRow.set(row.id, broken)
  else brokenInRow.delete(row.id)
  return stepsAside
}

/** Writes into the row until when, and what the server said last; without room for it this page remembers. */
export async function putAside({ id }: OutboxRow, nowMs: number, code: string): Promise<void> {
  const asideUntilMs = Math.round(nowMs + ASIDE_MS * (1 + Math.random() / 2))
  unkept.set(id, asideUntilMs)
  await database().outbox.update(id, { asideUntilMs, refusal: { code } })
  unkept.delete(id)
}

/** Once it was answered, or somebody asked for it anew. */
export function forgetAside(id: string): void {
  unkept.delete(id)
  brokenInRow.delete(id)
}

/** How long until this row may be asked again. A time that lies far ahead was of a clock that was put right. */
function leftMs(row: OutboxRow, nowMs: number): number {
  const ms = (untilMsOf(row) ?? 0) - nowMs
  return ms > 2 * ASIDE_MS ? 0 : Math.max(0, ms)
}

/** What a row speaks of: the thing that it makes, or of which it wants something. */
function thingsOf({ args }: OutboxRow): (readonly [kind: string, id: string])[] {
  const { orderId, callId } = (args ?? {}) as { readonly orderId?: unknown; readonly callId?: unknown }
  const things = [
    ['order', orderId],
    ['call', callId],
  ] as const
  return things.flatMap(([kind, id]) => (typeof id === 'string' ? [[kind, id] as const] : []))
}

/**
 * Ids of things that a row which stepped aside may still make: whoever cancelled such an order must not have that
 * refused as unknown, and then the order made.
 */
export async function awaitedThings(rows: readonly OutboxRow[]): Promise<ReadonlySet<string>> {
  const things = rows.filter(isAside).flatMap(thingsOf)
  if (things.length === 0) return new Set()
  const here = await Promise.all(things.map(([kind, id]) => recordsOf({ kind, id })))
  const known = new Set(here.flat().map(({ id }) => id))
  return new Set(things.map(([, id]) => id).filter((id) => !known.has(id)))
}

/** The one to send of those that wait, oldest first: what stepped aside comes after the rest, once it is due. */
export function nextToSend(
  waiting: readonly OutboxRow[],
  awaited: ReadonlySet<string>,
  nowMs: number,
): OutboxRow | undefined {
  const open = waiting.filter(({ id }) => !isAnswered(id))
  const isHeld = (row: OutboxRow) => thingsOf(row).some(([, id]) => awaited.has(id))
  return (
    open.find((row) => !isAside(row) && !isHeld(row)) ??
    open.find((row) => isAside(row) && leftMs(row, nowMs) === 0)
  )
}

/** How long until the first of them is asked again; null while none has stepped aside. */
export function nextAsideInMs(rows: readonly OutboxRow[], nowMs: number): number | null {
  const left = rows.filter((row) => isAside(row) && !isAnswered(row.id)).map((row) => leftMs(row, nowMs))
  return left.length === 0 ? null : Math.min(...left)
}
