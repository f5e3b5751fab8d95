import type { Change } from '#shared/protocol.ts'
import { backoffMs, mostMsOf, waitUntilWorthTrying } from './backoff.ts'
import { connectionState, leaveConnection, setConnection, shareConnection, tellOthers } from './connection.ts'
import { storageClosure } from './db.ts'
import { correctDeviceTime, restoreDeviceTime } from './device-time.ts'
import { type FeedEvent, readEvents } from './feed-events.ts'
import { lead } from './leader.ts'
import { reach } from './reach.ts'
import { cursorOf } from './read-records.ts'
import { readMisreadAnew, resumeReadingAnew } from './rereading.ts'
import { learnServerTime } from './server-clock.ts'
import { tellKeeping, troubleOf } from './storage-trouble.ts'
import { forgetStream, markWhole, startAnew, storeChanges, storeUnkept } from './store-changes.ts'
import { hasUnkept } from './unkept-records.ts'

const SILENCE_MS = 40_000
/** After a sleep the socket may be dead without anybody having said so: a beat should have come. */
const DOUBT_MS = 20_000
/** So soon after connecting a beat is of now; later it may have lain in the phone while that slept. */
const FRESH_MS = 10_000

type FeedOptions = {
  readonly lockName: string
  /** Which streams to follow now; asked before each connection. */
  readonly streams: () => Promise<readonly string[]>
  /** How far apart tries are at most while somebody looks at the page; behind other pages they are 30 s. */
  readonly triesWithinMs?: number
  /** A stream that this device may no longer read was forgotten. */
  readonly onRefused?: (stream: string) => void
}

const restarts = new EventTarget()

/** Connects anew, because the list of streams has changed. */
export function restartFeed(): void {
  restarts.dispatchEvent(new Event('wake'))
}

/** Follows the streams in one tab at a time and stores what they say. Answers how to stop. */
export function startFeed(options: FeedOptions): () => void {
  let attempts = 0
  // A page whose storage is closed hears for itself alone, and speaks for no other.
  if (storageClosure.value === null) shareConnection(`${options.lockName}-connection`)
  const leave = lead(options.lockName, async (signal) => {
    signal.addEventListener('abort', leaveConnection)
    const comeBack = () => connectionState.value === 'offline' && restartFeed()
    reach.addEventListener('reached', comeBack, { signal })
    // Storage that fails now fails the reading too; the next start tries again.
    await readMisreadAnew().catch(() => undefined)
    await restoreDeviceTime()
    if (signal.aborted) return
    setConnection('connecting')
    while (!signal.aborted) {
      const startedMs = Date.now()
      const backInMs = await follow(options, signal)
      // Another tab follows now, and says how it fares.
      if (signal.aborted) return
      if (Date.now() - startedMs > SILENCE_MS) attempts = 0
      if (backInMs === 'restart') continue
      setConnection('offline')
      await waitUntilWorthTrying(
        backInMs ?? backoffMs(attempts++, mostMsOf(options.triesWithinMs)),
        signal,
        restarts,
      )
      setConnection('connecting')
    }
  })
  return leave
}

/** What the server asks for when it has no room; a little spread, since it asks all alike. */
function askedWaitMs(response: Response): number | null {
  const seconds = Number(response.headers.get('retry-after'))
  return seconds > 0 ? Math.min(seconds, 60) * 1000 * (1 + Math.random() / 2) : null
}

/** A captive portal answers 200 too, with its login page. */
function isFeed(response: Response): boolean {
  return response.ok && /^text\/event-stream(;|$)/i.test(response.headers.get('content-type') ?? '')
}

const wakings: readonly (readonly [EventTarget, string])[] = [
  [window, 'online'],
  [window, 'pageshow'],
  [document, 'visibilitychange'],
]

async function urlOf(streams: readonly string[]): Promise<string> {
  // Without room the past is begun anew at a later connection; the news is followed all the same.
  await resumeReadingAnew(streams).catch((error: unknown) => tellKeeping(troubleOf(error)))
  const cursors = await Promise.all(streams.map(cursorOf))
  const parts = streams.map(
    (stream, index) => `s=${encodeURIComponent(`${stream}@${cursors[index]?.seq ?? 0}`)}`,
  )
  return `/api/feed?${parts.join('&')}`
}

/** One connection, until it ends. Answers when to come back: a time, null for "as usual", or at once. */
async function follow(options: FeedOptions, signal: AbortSignal): Promise<number | null | 'restart'> {
  const stop = new AbortController()
  const abort = () => stop.abort()
  signal.addEventListener('abort', abort)
  let isRestart = false
  const restart = () => {
    isRestart = true
    stop.abort()
  }
  restarts.addEventListener('wake', restart)
  let silence = setTimeout(abort, SILENCE_MS)
  let heardAtMs = Date.now()
  const doubt = () => {
    if (document.visibilityState === 'visible' && Date.now() - heardAtMs > DOUBT_MS) restart()
  }
  for (const [target, type] of wakings) target.addEventListener(type, doubt)
  // The browser says that the network is gone: the socket will not, for a long while.
  window.addEventListener('offline', abort)
  let backInMs: number | null = null
  try {
    const streams = await options.streams()
    if (streams.length === 0) {
      await waitUntilWorthTrying(5000, stop.signal)
      return isRestart ? 'restart' : 0
    }
    const isFresh = freshness()
    const response = await fetch(await readable(urlOf(streams)), {
      credentials: 'same-origin',
      redirect: 'error',
      signal: stop.signal,
    })
    if (!isFeed(response) || !response.body) {
      stop.abort()
      return askedWaitMs(response)
    }
    for await (const events of readEvents(response.body)) {
      clearTimeout(silence)
      silence = setTimeout(abort, SILENCE_MS)
      heardAtMs = Date.now()
      // Not before its first word: the server's is a beat, and an answer without one is of somebody else.
      if (connectionState.value !== 'live') setConnection('live')
      backInMs = (await handle(events, options, isFresh())) ?? backInMs
    }
  } catch {
    // Cut, silent or restarted: the cursors say where to go on, nothing was lost.
  } finally {
    clearTimeout(silence)
    for (const [target, type] of wakings) target.removeEventListener(type, doubt)
    window.removeEventListener('offline', abort)
    signal.removeEventListener('abort', abort)
    restarts.removeEventListener('wake', restart)
  }
  return isRestart ? 'restart' : backInMs
}

/** What fails here is this device's storage and not the network: it is said, and tried again all the same. */
async function readable<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work
  } catch (error) {
    tellKeeping(troubleOf(error))
    throw error
  }
}

/** What cannot be stored this page holds itself, and follows on: coming anew would not make room. */
async function keeping(work: Promise<void>): Promise<void> {
  try {
    await work
    tellKeeping(null)
  } catch (error) {
    tellKeeping(troubleOf(error))
  }
}

/** Tells whether it began just now, by both clocks: one may have been set, the other stands still in sleep. */
function freshness(): () => boolean {
  const [wallMs, pageMs] = [Date.now(), performance.now()]
  return () => Math.max(Math.abs(Date.now() - wallMs), performance.now() - pageMs) < FRESH_MS
}

async function handle(
  events: readonly FeedEvent[],
  options: FeedOptions,
  isFresh: boolean,
): Promise<number | null> {
  let backInMs: number | null = null
  let changes: Change[] = []
  for (const { type, data } of events) {
    if (type === 'change') {
      changes.push(data as Change)
      continue
    }
    // Records before a mark must be stored before the mark.
    if (changes.length > 0) await keeping(storeChanges(changes, { movesCursor: true }))
    changes = []
    const fact = data as { stream: string; seq: number; nowMs: number; backInMs: number }
    if (type === 'beat') {
      learnServerTime(fact.nowMs)
      correctDeviceTime(fact.nowMs, isFresh)
      tellOthers()
      // A beat has nothing to store, and so proves nothing, unless something waits for room.
      if (hasUnkept()) await keeping(storeUnkept())
    } else if (type === 'caught_up') await keeping(markWhole(fact.stream, fact.seq))
    else if (type === 'resync') await keeping(startAnew(fact.stream))
    else if (type === 'refused') {
      await keeping(forgetStream(fact.stream))
      options.onRefused?.(fact.stream)
    } else if (type === 'bye') backInMs = fact.backInMs
  }
  if (changes.length > 0) await keeping(storeChanges(changes, { movesCursor: true }))
  return backInMs
}
