import { watch } from 'vue'
import { storageTrouble } from '../sync/connection.ts'
import { opensInTime } from '../sync/db.ts'
import { startFeed } from '../sync/feed.ts'
import { startSender } from '../sync/sender.ts'
import { isClockKnown } from '../sync/server-clock.ts'
import { clearOut } from './forget-old-records.ts'
import { useDesk } from './useDesk.ts'

const HOUR_MS = 3_600_000
/** New orders ring on this page: after an outage it must not stand blind, nor keep its moves, for half a minute. */
const TRIES_WITHIN_MS = 5_000

/** Sends this device's moves and follows its desk, for as long as the app is open. */
export async function startDeskSync(): Promise<void> {
  // A page whose storage does not answer must take no turn for which the others wait.
  await opensInTime()
  const { refresh, me, currentOutletId } = useDesk()
  startSender({ lockName: 'meja-staff-sender', renewSession: waitForSignIn, triesWithinMs: TRIES_WITHIN_MS })
  startFeed({
    lockName: 'meja-staff-feed',
    triesWithinMs: TRIES_WITHIN_MS,
    // Asked first: following a desk without a session would be refused, and what it said forgotten.
    streams: async () => {
      await refresh()
      return me.value && currentOutletId.value ? [`desk:${currentOutletId.value}`] : []
    },
    onRefused: () => void refresh(),
  })
  void navigator.storage?.persist?.()
  watch(isClockKnown, () => void clearOut(), { immediate: true })
  window.setInterval(() => void clearOut(), HOUR_MS)
  // A device without room makes some at once, of what is on the server for good.
  watch(storageTrouble, (trouble) => {
    if (trouble === 'full') void clearOut()
  })
}

/**
 * A session that ended must not turn kept moves into refusals: the sender waits here until somebody has
 * signed in again, on this tab or another, and then sends the same row once more.
 */
async function waitForSignIn(): Promise<boolean> {
  const { refresh, me } = useDesk()
  await refresh()
  if (me.value) return true
  await new Promise<void>((resolve) => {
    const stop = watch(me, (person) => {
      if (!person) return
      stop()
      resolve()
    })
  })
  return true
}
