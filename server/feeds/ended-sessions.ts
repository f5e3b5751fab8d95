import type { Clock } from '../platform/clock.ts'
import { SESSIONS_ENDED, type Sessions } from '../platform/session.ts'
import type { FeedSessions } from './feed-sessions.ts'

/**
 * A session ends at the time that its command took, and nobody sees that before the commit, for which a whole
 * group waits; and another server's clock may be behind ours. Longer than a commit may take, and much of that.
 */
const OVERLAP_MS = 60_000
/** The answer goes first: it may carry the cookie with which the same tablet comes back. */
const ANSWER_FIRST_MS = 50

/** Ends the feeds of sessions that have ended: soon after that is heard, and in rounds, which miss none. */
export function createEndedSessions(
  sessions: Sessions,
  feedSessions: FeedSessions,
  clock: Clock,
  onError: (error: unknown) => void,
) {
  let seenMs = clock.now() - OVERLAP_MS
  let isSoon = false

  async function look(): Promise<void> {
    const sinceMs = seenMs
    const nowMs = clock.now()
    feedSessions.end(await sessions.revokedSince(sinceMs))
    seenMs = nowMs - OVERLAP_MS
    feedSessions.endExpired(nowMs)
  }

  return {
    look,
    /** Looks soon when this is among the streams that have grown, here or on another server. */
    hear(streams: ReadonlySet<string>): void {
      if (!streams.has(SESSIONS_ENDED)) return
      sessions.forget()
      if (isSoon) return
      isSoon = true
      setTimeout(() => {
        isSoon = false
        look().catch(onError)
      }, ANSWER_FIRST_MS).unref()
    },
  }
}
