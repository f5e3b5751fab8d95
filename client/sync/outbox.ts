import type { CommandArgs, CommandName } from '#shared/protocol.ts'
import { database, readOr } from './db.ts'
import { deviceNowMs, keepDeviceTime, restoreDeviceTime } from './device-time.ts'
import { makeId } from './ids.ts'
import { forgetAside, isAside } from './stepping-aside.ts'
import { tellKeeping, troubleOf } from './storage-trouble.ts'
import type { OutboxRow } from './stored-rows.ts'
import { asKnown, forgetUnkept, isTaken, unkeptRevision } from './unkept.ts'

const MAX_ROWS = 500

const listeners = new Set<() => void>()
// The tab that sends may be another one than the tab that stores.
const otherTabs = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('meja-outbox')
otherTabs?.addEventListener('message', () => {
  for (const listener of listeners) listener()
})

/** Calls `listener` after each new row, stored in this tab or another; the sender listens. */
export function onEnqueued(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function announce(): void {
  for (const listener of listeners) listener()
  otherTabs?.postMessage('enqueued')
}

/** Storage on this phone failed: the command is nowhere, and the caller must say so. */
export class NotStoredError extends Error {}

/**
 * Stores a command on this device and answers its id once the disk has it. From then on it is sent
 * until the server answers, through restarts, at most once in effect.
 * Throws NotStoredError when the phone cannot keep it (full, private mode).
 */
export async function enqueue<Name extends CommandName>(
  name: Name,
  args: CommandArgs<Name>,
  staleAfterMs: number | null = null,
): Promise<string> {
  const id = makeId('cmd')
  const asked = { id, name, args, staleAfterMs, state: 'waiting', refusal: null, attempts: 0 } as const
  try {
    const db = database()
    await restoreDeviceTime()
    await db.transaction('rw', db.outbox, db.settings, async () => {
      const rows = await db.outbox.toArray()
      if (rows.length >= MAX_ROWS) throw new NotStoredError('The outbox is full.')
      await db.outbox.add({ ...asked, ...askedNow(rows) })
      await keepDeviceTime()
    })
    tellKeeping(null)
  } catch (error) {
    if (!(error instanceof NotStoredError)) tellKeeping(troubleOf(error))
    throw error instanceof NotStoredError ? error : new NotStoredError('Storage failed.', { cause: error })
  }
  announce()
  return id
}

/** The place after all rows that are here, and both times. */
function askedNow(rows: readonly OutboxRow[]) {
  const seq = Math.max(0, ...rows.map((row) => row.seq ?? 0)) + 1
  return { seq, createdAtMs: Date.now(), keptAtMs: deviceNowMs() }
}

/** Oldest first; rows of an earlier build, which have no number, before those that have. */
export function inOrder(rows: readonly OutboxRow[]): OutboxRow[] {
  return [...rows].sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0) || a.createdAtMs - b.createdAtMs)
}

/**
 * All rows, oldest first, with what is known of them beyond what could be kept. Follows both. One that the
 * server took and that could not be removed is none: what became of it is among the records.
 */
export async function readOutbox(): Promise<OutboxRow[]> {
  unkeptRevision.value
  const rows = inOrder(await readOr(() => database().outbox.toArray(), []))
  return rows.filter(({ id }) => !isTaken(id)).map(asKnown)
}

/**
 * Takes back a row that never left this device. False when it may have: then only asking for it helps.
 * That a row is not marked as tried proves something only where a mark could be kept, so one is made first.
 */
export async function takeBack(id: string): Promise<boolean> {
  const { outbox } = database()
  try {
    const isGone = await database().transaction('rw', outbox, async () => {
      const stored = await outbox.get(id)
      const row = stored && asKnown(stored)
      if (!row || (row.state === 'waiting' && row.attempts > 0)) return false
      await outbox.update(id, { attempts: row.attempts + 1 })
      await outbox.delete(id)
      return true
    })
    if (isGone) forgetUnkept(id)
    return isGone
  } catch (error) {
    tellKeeping(troubleOf(error))
    return false
  }
}

/** Removes a row that was read (a refusal) or is no longer wanted (asked again, answered no). */
export async function dismiss(id: string): Promise<void> {
  await database().outbox.delete(id)
  forgetUnkept(id)
}

/**
 * Sends a row after all: one that stepped aside, or one that had waited too long and asked. The latter
 * gets a new id, because the server may have refused the old one for good.
 */
export async function sendAnyway(id: string): Promise<void> {
  const { outbox } = database()
  await restoreDeviceTime()
  await database().transaction('rw', outbox, async () => {
    const stored = await outbox.get(id)
    const row = stored && asKnown(stored)
    // Answered already, in another tab or by a second tap.
    if (!row || (row.state === 'waiting' && !isAside(row))) return
    const asked = { ...askedNow(await outbox.toArray()), state: 'waiting', refusal: null } as const
    if (row.state !== 'stale') {
      // Nobody knows whether it arrived: the same id, so that it is done once, and still behind all others.
      await outbox.update(id, { ...asked, asideUntilMs: 0 })
      return
    }
    await outbox.delete(id)
    await outbox.add({ ...row, ...asked, id: makeId('cmd'), attempts: 0, asideUntilMs: null })
  })
  forgetAside(id)
  forgetUnkept(id)
  announce()
}
