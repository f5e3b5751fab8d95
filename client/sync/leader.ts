import { storageClosure } from './db.ts'

/** A visible tab that waits for its turn asks this often whether the leader lives. */
const ASK_EVERY_MS = 5000
/** So many asks without an answer, 20 s, and the leader counts as suspended. */
const MOST_UNANSWERED = 4

type Work = (signal: AbortSignal) => Promise<void>
/** What comes after a turn: the queue again, taking the lock from one who is silent, or nothing. */
type Next = 'queue' | 'rob' | 'over'

/**
 * Runs `work` in one tab at a time: the tab that holds the lock sends and follows, the others read what
 * it stores. A phone may suspend a tab in the background, which keeps its lock and does nothing; so a
 * visible tab asks for a sign of life, and takes the lock from a leader that gives none. A leader that
 * is hidden itself hands over when asked. The robbed one ends its work as soon as it wakes and queues
 * again. For a moment both may work, and a command may be sent twice: the server knows it by its id
 * and answers the second like the first, and records are kept by their `rev`, so that is harmless.
 * Where Web Locks are missing (iOS before 15.4) or closed to us (cookies blocked) every tab works, harmless for
 * the same reason; and one whose storage is closed works for itself, since it can read nothing that others store.
 */
export function lead(name: string, work: Work): () => void {
  const stop = new AbortController()
  if (navigator.locks && storageClosure.value === null) {
    void takeTurns(navigator.locks, name, work, stop.signal).catch((error: unknown) => {
      if (!(error instanceof DOMException && error.name === 'SecurityError')) throw error
      return work(stop.signal)
    })
  } else void work(stop.signal)
  return () => stop.abort()
}

async function takeTurns(locks: LockManager, name: string, work: Work, stopped: AbortSignal): Promise<void> {
  let next: Next = 'queue'
  while (next !== 'over' && !stopped.aborted) next = await takeTurn(locks, name, work, stopped, next)
}

async function takeTurn(
  locks: LockManager,
  name: string,
  work: Work,
  stopped: AbortSignal,
  how: Next,
): Promise<Next> {
  // Before the lock is ours its abort leaves the queue, afterwards it ends the work.
  const turn = new AbortController()
  const end = () => turn.abort()
  stopped.addEventListener('abort', end)
  const leader = talkAboutLeading(name, end)
  try {
    await locks.request(name, how === 'rob' ? { steal: true } : { signal: turn.signal }, async () => {
      if (turn.signal.aborted) return
      leader.isMe()
      // What is still under way (an answer, somebody signing in) does not hold up the next leader.
      await Promise.race([work(turn.signal), abortOf(turn.signal)])
    })
    // Nothing cut the work short: it is done.
    if (!turn.signal.aborted) return 'over'
  } catch (error) {
    // Out of the queue by our own wish, or robbed.
    if (!(error instanceof DOMException && error.name === 'AbortError')) throw error
  } finally {
    end()
    leader.close()
    stopped.removeEventListener('abort', end)
  }
  return leader.isSilent() ? 'rob' : 'queue'
}

/** Asks for the leader's signs of life and, once leading, gives them. `end` is called when this turn should end. */
function talkAboutLeading(name: string, end: () => void) {
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(`${name}-leader`)
  let isLeading = false
  let unanswered = 0
  // A count and not a clock: whoever was suspended itself must not blame the leader for that time.
  const ask = () => {
    if (document.visibilityState !== 'visible') unanswered = 0
    else if (unanswered >= MOST_UNANSWERED) end()
    else {
      unanswered++
      channel?.postMessage('ask')
    }
  }
  const timer = channel ? setInterval(ask, ASK_EVERY_MS) : undefined
  channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (data === 'alive') unanswered = 0
    if (data !== 'ask' || !isLeading) return
    channel.postMessage('alive')
    // Only visible tabs ask, and the phone may suspend a hidden one at any time.
    if (document.visibilityState === 'hidden') end()
  })
  ask()
  return {
    isMe(): void {
      isLeading = true
      unanswered = 0
      clearInterval(timer)
    },
    isSilent: () => unanswered >= MOST_UNANSWERED,
    close(): void {
      clearInterval(timer)
      channel?.close()
    },
  }
}

function abortOf(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve())
    if (signal.aborted) resolve()
  })
}
