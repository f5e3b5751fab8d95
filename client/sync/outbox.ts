import { Dexie } from 'dexie'
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

/** Another page that holds the storage makes a write wait, at worst for ever; no guest waits longer than this. */
const STORING_MS = 10_000

/**
 * Runs `write` in one transaction, all of it or nothing, and tells whether this phone can keep it. Throws
 * NotStoredError when nothing is kept: there is no room (full, private mode), or another page lets nobody in.
 * Within another such `write` it is part of that one.
 */
export async function storeInTime<Value>(write: () => Promise<Value>): Promise<Value> {
  if (Dexie.currentTransaction) return write()
  const limit = new AbortController()
  const { signal } = limit
  const timer = setTimeout(() => limit.abort(), STORING_MS)
  try {
    await Promise.race([restoreDeviceTime(), new Promise((end) => signal.addEventListener('abort', end))])
    const { outbox, settings } = database()
    const value = await database().transaction('rw', outbox, settings, async ({ idbtrans }) => {
      if (signal.aborted) throw new NotStoredError('Another page holds the storage.')
      signal.addEventListener('abort', () => giveUp(idbtrans))
      return write()
    })
    tellKeeping(null)
    return value
  } catch (error) {
    // What was given up says nothing of this phone.
    if (!(error instanceof NotStoredError) && !signal.aborted) tellKeeping(troubleOf(error))
    throw error instanceof NotStoredError ? error : new NotStoredError('Storage failed.', { cause: error })
  } finally {
    clearTimeout(timer)
  }
}

/** Only its own end says what became of it: what is being committed cannot be given up, and is waited for. */
function giveUp(transaction: IDBTransaction): void {
  try {
    transaction.abort()
  } catch {
    // It may be kept after all.
  }
}

/**
 * Stores a command on this device and answers its id once the disk has it. From then on it is sent
 * until the server answers, through restarts, at most once in effect.
 * Throws NotStoredError when it is not kept.
 */
export async function enqueue<Name extends CommandName>(
  name: Name,
  args: CommandArgs<Name>,
  staleAfterMs: number | null = null,
): Promise<string> {
  const id = makeId('cmd')
  const asked = { id, name, args, staleAfterMs, state: 'waiting', refusal: null, attempts: 0 } as const
  await storeInTime(async () => {
    const { outbox } = database()
    const rows = await outbox.toArray()
    if (rows.length >= MAX_ROWS) throw new NotStoredError('The outbox is full.')
    await outbox.add({ ...asked, ...askedNow(rows) })
    await keepDeviceTime()
  })
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
  try {
    const isGone = await storeInTime(async () => {
      const { outbox } = database()
      const stored = await outbox.get(id)
      const row = stored && asKnown(stored)
      if (!row || (row.state === 'waiting' && row.attempts > 0)) return false
      await outbox.update(id, { attempts: row.attempts + 1 })
      await outbox.delete(id)
      return true
    })
    if (isGone) forgetUnkept(id)
    return isGone
  } catch {
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
