import type { Clock } from '../platform/clock.ts'
import { SESSIONS_ENDED, type Sessions } from '../platform/session.ts'
import type { FeedSessions } from './feed-sessions.ts'

/** The answer goes first: it may carry the cookie with which the same tablet comes back. */
const ANSWER_FIRST_MS = 50

/** Ends the feeds of sessions that have ended: soon after that is heard, and in rounds, which miss none. */
export function createEndedSessions(
  sessions: Sessions,
  feedSessions: FeedSessions,
  clock: Clock,
  onError: (error: unknown) => void,
) {
  let seen: number | null = null
  let isSoon = false

  async function look(): Promise<void> {
    feedSessions.endExpired(clock.now())
    const number = await sessions.countEnds()
    if (number === seen) return
    sessions.forget()
    // Asked after the number: what ends meanwhile raises it, and is seen now or in the next round.
    await feedSessions.endEnded()
    seen = number
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
