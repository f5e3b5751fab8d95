import { liveQuery } from 'dexie'
import { MAX_FEED_STREAMS } from '#shared/protocol.ts'
import type { VisitPhone } from '#shared/visits/visit.ts'
import { opensInTime, readSetting } from '../sync/db.ts'
import { restartFeed, startFeed } from '../sync/feed.ts'
import { heldStreams, recordsOf } from '../sync/read-records.ts'
import { startSender } from '../sync/sender.ts'
import { tellKeeping, troubleOf } from '../sync/storage-trouble.ts'
import { forgetStream, storeUnkept } from '../sync/store-changes.ts'
import { storeBoot } from './boot.ts'
import type { Seat } from './seat.ts'
import { finishScan, renewSession } from './useSeat.ts'

/** What this phone follows: the menus it reads, its own orders, and the visits that let it in and are still open. */
async function streams(): Promise<readonly string[]> {
  const [seat, outletId, customerId, phones] = await Promise.all([
    readSetting<Seat>('seat'),
    readSetting<string>('outletId'),
    readSetting<string>('customerId'),
    recordsOf({ kind: 'visit_phone' }),
  ])
  const wanted = new Set<string>()
  if (outletId) wanted.add(`outlet:${outletId}`)
  if (seat) wanted.add(`outlet:${seat.outletId}`)
  if (!customerId) return [...wanted]
  const own = `customer:${customerId}`
  wanted.add(own)
  // Ids rise with time: where there are more than may be followed, the newest visits are.
  for (const { stream, body } of phones.toReversed()) {
    const phone = body as VisitPhone
    if (stream === own && phone.state === 'admitted' && phone.isVisitOpen)
      wanted.add(`visit:${phone.visitId}`)
  }
  return [...wanted].slice(0, MAX_FEED_STREAMS)
}

/** A visit that has closed, or another guest's past, must not stay readable on this phone. */
async function forgetOthers(wanted: readonly string[]): Promise<void> {
  const others = (await heldStreams()).filter((held) => !held.startsWith('outlet:') && !wanted.includes(held))
  // All at once: each is hidden before the storage is asked, and none waits for another's success.
  const done = await Promise.allSettled(others.map(forgetStream))
  // What was hidden earlier, and could not be taken away then, may go now.
  await storeUnkept()
  for (const each of done) if (each.status === 'rejected') throw each.reason
}

/** Follows these from now on and forgets the others. False when the storage could not: that holds up no news. */
export async function followOnly(wanted: readonly string[]): Promise<boolean> {
  try {
    await forgetOthers(wanted)
    return true
  } catch (error) {
    tellKeeping(troubleOf(error))
    return false
  } finally {
    restartFeed()
  }
}

/** How far apart tries to send and to follow are at most, while the guest looks. */
const TRIES_WITHIN_MS = 10_000

/** Starts sending and following. The list of streams is watched in storage, so that another tab's scan counts too. */
export async function startSync(): Promise<void> {
  void finishScan()
  // Full storage must not stop the feed: it shows what it can.
  const booting = storeBoot().catch(() => undefined)
  // A page whose storage does not answer must take no turn for which the others wait.
  await opensInTime()
  startSender({ lockName: 'meja-customer-sender', renewSession, triesWithinMs: TRIES_WITHIN_MS })
  await booting
  startFeed({ lockName: 'meja-customer-feed', triesWithinMs: TRIES_WITHIN_MS, streams })
  let followed = ''
  liveQuery(streams).subscribe({
    next: (wanted) => {
      const next = [...wanted].sort().join(' ')
      if (next === followed) return
      followed = next
      // What could not be taken away is hidden and goes with the next thing that finds room. Tried again for each
      // thing that is drawn anew, it would begin a connection each time.
      void followOnly(wanted)
    },
    error: (error: unknown) => reportError(error),
  })
}
