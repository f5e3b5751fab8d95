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
  const asked = { id, name, args, staleAfterMs, state: 'waiting', refusal: null, attempts: 0 } as const
  try {
    const db = database()
    await db.transaction('rw', db.outbox, async () => {
      if ((await db.outbox.count()) >= MAX_ROWS) throw new NotStoredError('The outbox is full.')
      await db.outbox.add({ ...asked, createdAtMs: await nextCreatedAtMs() })
    })
  } catch (error) {
    throw error instanceof NotStoredError ? error : new NotStoredError('Storage failed.', { cause: error })
  }
  announce()
  return id
}

/** Later than every row that is here: clocks are set back, and what was asked later must be sent later. */
async function nextCreatedAtMs(): Promise<number> {
  const newest = await database().outbox.orderBy('createdAtMs').last()
  return Math.max(Date.now(), (newest?.createdAtMs ?? 0) + 1)
}

/** All rows, oldest first. */
export function readOutbox(): Promise<OutboxRow[]> {
  return database().outbox.orderBy('createdAtMs').toArray()
}

/** Removes a row that was read (a refusal) or is no longer wanted (asked again, answered no). */
export async function dismiss(id: string): Promise<void> {
  await database().outbox.delete(id)
}

/**
 * Sends a row after all: one that broke the server, or one that had waited too long and asked. The latter
 * gets a new id, because the server may have refused the old one for good.
 */
export async function sendAnyway(id: string): Promise<void> {
  const { outbox } = database()
  await database().transaction('rw', outbox, async () => {
    const row = await outbox.get(id)
    // Answered already, in another tab or by a second tap.
    if (!row || row.state === 'waiting') return
    const createdAtMs = await nextCreatedAtMs()
    if (row.state === 'refused') {
      await outbox.update(id, { state: 'waiting', createdAtMs, refusal: null })
      return
    }
    await outbox.delete(id)
    await outbox.add({ ...row, id: makeId('cmd'), createdAtMs, state: 'waiting', refusal: null, attempts: 0 })
  })
  announce()
}
