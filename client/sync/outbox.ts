import type { CommandArgs, CommandName } from '#shared/protocol.ts'
import { database, type OutboxRow } from './db.ts'
import { makeId } from './ids.ts'

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
  const row: OutboxRow = {
    id,
    name,
    args,
    createdAtMs: Date.now(),
    staleAfterMs,
    state: 'waiting',
    refusal: null,
    attempts: 0,
  }
  try {
    const db = database()
    await db.transaction('rw', db.outbox, async () => {
      if ((await db.outbox.count()) >= MAX_ROWS) throw new NotStoredError('The outbox is full.')
      await db.outbox.add(row)
    })
  } catch (error) {
    throw error instanceof NotStoredError ? error : new NotStoredError('Storage failed.', { cause: error })
  }
  announce()
  return id
}

/** All rows, oldest first. */
export function readOutbox(): Promise<OutboxRow[]> {
  return database().outbox.orderBy('createdAtMs').toArray()
}

/** Removes a row that was read (a refusal) or is no longer wanted (asked again, answered no). */
export async function dismiss(id: string): Promise<void> {
  await database().outbox.delete(id)
}

/** Sends a row after all: one that had waited too long and asked, or one that broke the server. */
export async function sendAnyway(id: string): Promise<void> {
  await database().outbox.update(id, { state: 'waiting', createdAtMs: Date.now(), refusal: null })
  announce()
}
