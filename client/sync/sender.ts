import { watch } from 'vue'
import { type Attempt, postCommand } from './api.ts'
import { backoffMs, mostMsOf, waitUntilWorthTrying } from './backoff.ts'
import { connectionState } from './connection.ts'
import { database, onOpenedLate, storageClosure } from './db.ts'
import { deviceNowMs, keepDeviceTime, restoreDeviceTime } from './device-time.ts'
import { lead } from './leader.ts'
import { inOrder, onEnqueued } from './outbox.ts'
import { reach } from './reach.ts'
import {
  awaitedThings,
  forgetAside,
  nextAsideInMs,
  nextToSend,
  noteBroken,
  putAside,
} from './stepping-aside.ts'
import { tellKeeping, troubleOf } from './storage-trouble.ts'
import { storeChanges } from './store-changes.ts'
import type { OutboxRow } from './stored-rows.ts'
import { leaveTries, shareTries, takeTries, tellNextTry } from './tries.ts'
import { asKnown, forgetUnkept, isAnswered, noteAnswer, noteTried, type Said } from './unkept.ts'

type SenderOptions = {
  /** Name of the lock; one for each app. */
  readonly lockName: string
  /** Called when the server does not know this device any more; true when it is worth trying again. */
  readonly renewSession: () => Promise<boolean>
  /** How far apart tries are at most while somebody looks at the page, as the feed's; else 30 s. */
  readonly triesWithinMs?: number
  /** For tests; the real one asks the server. */
  readonly post?: typeof postCommand
  /** For tests; the real one is `deviceNowMs`. */
  readonly now?: () => number
}

/** A feed that comes and goes rouses the sender no more often than this. */
const ROUSE_EVERY_MS = 2000
/** Nothing to send: another tab may have stored a row, so look again soon. */
const IDLE_MS = 2000

/** Sends what the outbox holds, oldest first, one at a time, in one tab at a time. Answers how to stop. */
export function startSender(options: SenderOptions): () => void {
  const wake = new EventTarget()
  const rouse = () => wake.dispatchEvent(new Event('wake'))
  const stopListening = onEnqueued(rouse)
  onOpenedLate(rouse)
  const feed = followFeed(rouse)
  // A page whose storage is closed tries for itself alone.
  if (storageClosure.value === null) shareTries(`${options.lockName}-tries`)
  const stopLeading = lead(options.lockName, async (signal) => {
    takeTries()
    signal.addEventListener('abort', leaveTries)
    let attempts = 0
    while (!signal.aborted) {
      const beganMs = performance.now()
      // Storage that cannot even be read must not end the sending for good: the row is there still, try later.
      const outcome = await sendNext(options).catch((): Sent => ({ kind: 'failed', waitMs: 0 }))
      if (outcome.kind === 'sent') {
        attempts = 0
        continue
      }
      if (outcome.kind === 'idle') {
        const { againInMs } = outcome
        tellNextTry(againInMs === undefined ? null : Date.now() + againInMs)
        await waitUntilWorthTrying(IDLE_MS, signal, wake)
        continue
      }
      const usualMs = backoffMs(attempts++, mostMsOf(options.triesWithinMs))
      const waitMs = Math.max(outcome.waitMs, feed.isBackSince(beganMs) ? backoffMs(0) : usualMs)
      feed.leaveAlone(outcome.waitMs)
      tellNextTry(Date.now() + waitMs)
      await waitUntilWorthTrying(waitMs, signal, wake)
    }
  })
  return () => {
    feed.stop()
    stopListening()
    stopLeading()
  }
}

/**
 * Calls `rouse` when the feed is live again: the server is there, and what waits for it need not wait longer.
 * What fails all the same backs off as before, and a wait that the server asked for is not cut short.
 */
function followFeed(rouse: () => void) {
  let backAtMs = Number.NEGATIVE_INFINITY
  let notBeforeMs = 0
  const stop = watch(
    connectionState,
    (state) => {
      const nowMs = performance.now()
      if (state !== 'live' || nowMs - backAtMs < ROUSE_EVERY_MS) return
      backAtMs = nowMs
      if (nowMs >= notBeforeMs) rouse()
    },
    { flush: 'sync' },
  )
  return {
    stop,
    /** True when it came back while a try was under way, which may have begun in the outage. */
    isBackSince: (ms: number) => backAtMs >= ms,
    leaveAlone(forMs: number): void {
      notBeforeMs = performance.now() + forMs
    },
  }
}

type Sent =
  | { readonly kind: 'sent' }
  /** `againInMs`: when the first of those that stepped aside is asked again. */
  | { readonly kind: 'idle'; readonly againInMs?: number }
  | { readonly kind: 'failed'; readonly waitMs: number }

/** Sends the oldest row that waits. Exported for tests, which stop it at every point. */
export async function sendNext(options: SenderOptions): Promise<Sent> {
  await restoreDeviceTime()
  const nowMs = (options.now ?? deviceNowMs)()
  const taken = await takeMarked(nowMs).catch((error: unknown) => takeUnmarked(error, nowMs))
  if (taken === 'none') return idle(nowMs)
  if (taken === 'settled') return { kind: 'sent' }
  if (taken === 'no_room') return { kind: 'failed', waitMs: 0 }
  tellNextTry(null)
  const attempt = await (options.post ?? postCommand)(taken.name, taken.id, taken.args, ageMs(taken, nowMs))
  return settle(taken, attempt, options, nowMs)
}

async function idle(nowMs: number): Promise<Sent> {
  const againInMs = nextAsideInMs(await database().outbox.toArray(), nowMs)
  return againInMs === null ? { kind: 'idle' } : { kind: 'idle', againInMs }
}

type Taken = OutboxRow | 'none' | 'settled' | 'no_room'

async function takeMarked(nowMs: number): Promise<Taken> {
  const { outbox, settings } = database()
  const written: string[] = []
  const awaited = await awaitedThings((await outbox.toArray()).map(asKnown))
  const taken = await database().transaction('rw', outbox, settings, async () => {
    const rows = inOrder(await outbox.toArray())
    for (const row of rows) {
      await putTimeRight(row, nowMs)
      if (await writeDown(row)) written.push(row.id)
    }
    const known = rows.map(asKnown)
    const waiting = known.filter(({ state }) => state === 'waiting')
    // What was answered and found no room comes last: the server has it.
    const row = nextToSend(waiting, awaited, nowMs) ?? waiting.find(({ id }) => isAnswered(id))
    if (!row) return 'none'
    await keepDeviceTime()
    if (isStale(row, nowMs)) {
      await outbox.update(row.id, { state: 'stale' })
      return 'settled'
    }
    // Counted before it is sent: what may have reached the server once must never be dropped unasked.
    await outbox.update(row.id, { attempts: row.attempts + 1, state: 'waiting' })
    return row
  })
  for (const id of written) forgetUnkept(id)
  if (taken !== 'none') tellKeeping(null)
  return taken
}

/** There is room again: a refusal that had found none goes into its row. */
async function writeDown(row: OutboxRow): Promise<boolean> {
  const { state, refusal, attempts } = asKnown(row)
  if (state === row.state) return false
  await database().outbox.update(row.id, { state, refusal, attempts })
  return true
}

/**
 * Without room for the mark a row is sent all the same, whatever its age, and this page remembers that: the
 * server takes it once, and refuses it when it waited too long. Waiting for room could be waiting for ever.
 */
async function takeUnmarked(error: unknown, nowMs: number): Promise<Taken> {
  tellKeeping(troubleOf(error))
  const { outbox } = database()
  const rows = inOrder(await outbox.toArray()).map(asKnown)
  const waiting = rows.filter(({ state }) => state === 'waiting')
  const row = nextToSend(waiting, await awaitedThings(rows), nowMs)
  if (!row) return 'no_room'
  noteTried(row.id)
  // Taken back just before that was noted: then it must not be sent.
  return (await outbox.get(row.id)) ? row : 'settled'
}

function ageMs(row: OutboxRow, nowMs: number): number {
  return Math.max(0, nowMs - (row.keptAtMs ?? row.createdAtMs))
}

/** Kept later than now: time ran ahead then and was put right since. It waits from now on, and not for ever. */
async function putTimeRight(row: OutboxRow, nowMs: number): Promise<void> {
  if ((row.keptAtMs ?? row.createdAtMs) > nowMs) await database().outbox.update(row.id, { keptAtMs: nowMs })
}

/** Too old to fire by itself, whether or not it was tried. */
function isTooOld(row: OutboxRow, nowMs: number): boolean {
  return row.staleAfterMs !== null && ageMs(row, nowMs) > row.staleAfterMs
}

/**
 * Too old to fire by itself, and certainly not at the server. A row that was tried is sent whatever its
 * age: only the server knows whether it has it, and refuses it when it waited too long.
 */
function isStale(row: OutboxRow, nowMs: number): boolean {
  return row.attempts === 0 && isTooOld(row, nowMs)
}

async function settle(
  row: OutboxRow,
  attempt: Attempt,
  options: SenderOptions,
  nowMs: number,
): Promise<Sent> {
  if (attempt.kind === 'unreachable') return { kind: 'failed', waitMs: 0 }
  if (noteBroken(row, attempt.kind === 'later' && attempt.isBroken)) {
    return stepAside(row, nowMs, 'server.broken')
  }
  if (attempt.kind === 'later') return { kind: 'failed', waitMs: attempt.waitMs }
  reach.dispatchEvent(new Event('reached'))
  const { answer } = attempt
  if (answer.ok) {
    // The row goes in the same transaction in which the answer's records come: no moment shows neither.
    const also = () => database().outbox.delete(row.id)
    return keep(row, { isYes: true }, storeChanges(answer.changes, { movesCursor: false, also }))
  }
  if (answer.refusal.code === 'session.missing') {
    // Said before the server looks whether it has the command. This try certainly did nothing: it does not count.
    await database()
      .outbox.update(row.id, { attempts: row.attempts })
      .catch(() => undefined)
    if (await options.renewSession()) return { kind: 'failed', waitMs: 0 }
    if (row.attempts > 0) return stepAside(row, nowMs, answer.refusal.code)
  }
  // The server does not have it and, having said so, never will under this id.
  const state = answer.refusal.code === 'request.waited_too_long' ? 'stale' : 'refused'
  return keepRefusal(row, { state, refusal: answer.refusal })
}

/** What comes after it goes on at once; without room for the mark this page remembers it. */
async function stepAside(row: OutboxRow, nowMs: number, code: string): Promise<Sent> {
  try {
    await putAside(row, nowMs, code)
    tellKeeping(null)
  } catch (error) {
    tellKeeping(troubleOf(error))
  }
  return { kind: 'sent' }
}

function keepRefusal(row: OutboxRow, said: Pick<OutboxRow, 'state' | 'refusal'>): Promise<Sent> {
  return keep(row, said, database().outbox.update(row.id, said))
}

/** Waits until the answer is kept. When there is no room for it, this page remembers it and goes on to the next row. */
async function keep(row: OutboxRow, said: Said, kept: PromiseLike<unknown>): Promise<Sent> {
  try {
    await kept
  } catch (error) {
    tellKeeping(troubleOf(error))
    return noteAnswer(row.id, said) ? { kind: 'sent' } : { kind: 'failed', waitMs: 0 }
  }
  forgetUnkept(row.id)
  forgetAside(row.id)
  tellKeeping(null)
  return { kind: 'sent' }
}
