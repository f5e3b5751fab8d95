import type { Hono, Context as HonoContext } from 'hono'
import { VISIT_IDLE_MS } from '#shared/visits/visit.ts'
import { type AppDeps, createApp } from './app.ts'
import { type DoorDeps, runAsHouse } from './commands.ts'
import { createEndedSessions } from './feeds/ended-sessions.ts'
import { createFeedSessions } from './feeds/feed-sessions.ts'
import { storedAsTold } from './feeds/told.ts'
import { runForOrder, unpaidCancelled, watchPickups } from './ordering/pickup/pickup-work.ts'
import { readIdleVisits, readUnpaidOrders } from './payment/bills/bill.store.ts'
import type { Gateway } from './payment/gateways/gateway.ts'
import { createPracticeGateway } from './payment/gateways/practice.ts'
import { printDue } from './payment/receipt/print-work.ts'
import { createGatewayWork, type GatewayWork } from './payment/tasks/gateway-work.ts'
import type { Clock } from './platform/clock.ts'
import type { Database } from './platform/database/database.ts'
import { createClockWatch } from './platform/database/postgres/postgres-clock.ts'
import { createPlaceWatch } from './platform/database/postgres/postgres-restored.ts'
import { connectWake } from './platform/database/postgres/postgres-wake.ts'
import type { ChangeRow } from './platform/database/records.ts'
import { createWriter, type Writer } from './platform/database/writer.ts'
import { createFeed, type Feed } from './platform/feed.ts'
import { createLimits } from './platform/http/limits.ts'
import type { StaticFiles } from './platform/http/static-files.ts'
import { eachApart, startJob } from './platform/jobs.ts'
import type { Log } from './platform/log.ts'
import { makeId } from './platform/random-ids.ts'
import type { Secrets } from './platform/secrets.ts'
import { createSessions, type Sessions } from './platform/session.ts'
import { diskTrouble } from './platform/storage/disk.ts'
import { forgetCrowd, forgetOld } from './upkeep/forgetting.ts'
import { pruneStreams, startRound } from './upkeep/retention.ts'
import { endsVisitStream, takesPhoneOut } from './visits/visit.store.ts'

/** So long, at random, readers wait who begin anew at once. */
const ANEW_SPREAD_MS = 3000

type ShopOptions = {
  readonly database: Database
  /** PostgreSQL's address when several servers may share it: they wake each other; null for SQLite. */
  readonly wakeUrl: string | null
  readonly secrets: Secrets
  readonly clock: Clock
  readonly log: Log
  readonly files: StaticFiles
  readonly publicUrl: string | null
  readonly limitScale: number
  /** False keeps receipts from being sent to this machine itself. */
  readonly mayPrintHere?: boolean
  readonly dataDir: string
  readonly addressOf: (c: HonoContext) => string
  readonly isConsole: (request: Request) => boolean
  /** Gateways that there are keys for; the practice gateway is always there. */
  readonly gateways?: readonly Gateway[]
  /** The storage is in a state that nobody knows: stop at once, acknowledge nothing more. */
  readonly onGroupError: (error: unknown) => void
}

/** A running shop without its network socket: what main.ts listens with and what tests drive. */
export type Shop = {
  readonly app: Hono
  readonly door: DoorDeps
  readonly writer: Writer
  readonly gatewayWork: GatewayWork
  /** Finishes what is under way and sends the readers of the feed away, to return within `spreadMs`. */
  stop(spreadMs: number): Promise<void>
}

export function openShop(options: ShopOptions): Shop {
  const { database, log, clock } = options
  const onError = (error: unknown) => log.error({ error: String(error) }, 'feed failed')
  const writer = createWriter(database, options.onGroupError)
  const limits = createLimits(options.limitScale)
  const sessions = createSessions(database.read, clock)
  const feedSessions = createFeedSessions(database.read, sessions)
  const endsStream = (stream: string, row: ChangeRow) => {
    // Heard on every server that has readers of the visit, whichever of them took the phone out.
    if (takesPhoneOut(stream, row)) feedSessions.lookAgain(stream).catch(onError)
    return endsVisitStream(stream, row)
  }
  const localFeed = createFeed(database.read, onError, endsStream, storedAsTold)
  const endedSessions = createEndedSessions(sessions, feedSessions, clock, onError)
  const hear = (streams: Iterable<string>) => {
    localFeed.wake(streams)
    endedSessions.hear(new Set(streams))
  }
  const wake = options.wakeUrl ? connectWake(options.wakeUrl, hear) : null
  const feed: Feed = {
    ...localFeed,
    wake(streams) {
      hear(streams)
      wake?.announce(streams)
    },
  }
  const { secrets, mayPrintHere = true } = options
  const onGatewaysAsked = () => gatewayWork.wake()
  const practice = createPracticeGateway({ read: database.read, writer, clock })
  const gateways = new Map([practice, ...(options.gateways ?? [])].map((each) => [each.name, each]))
  const played = [...gateways.values()].filter(({ mode }) => mode === 'test')
  const playedProviders = new Set<string>(played.map(({ name }) => name))
  const asked = { mayPrintHere, playedProviders, onGatewaysAsked }
  const door: DoorDeps = { database, writer, feed, sessions, secrets, clock, ...asked }
  const gatewayWork = createGatewayWork({ door, gateways, log })
  const deps: AppDeps = {
    ...door,
    gateways,
    onGatewaysAsked,
    log,
    limits,
    files: options.files,
    feedSessions,
    publicUrl: options.publicUrl,
    addressOf: options.addressOf,
    isConsole: options.isConsole,
    diskTrouble: () => diskTrouble(options.dataDir),
  }
  const phonesRound = startRound()
  const jobs = [
    startJob('close idle visits', 60_000, () => closeIdleVisits(door), log),
    startJob('prune streams', 60 * 60_000, () => pruneStreams(door, phonesRound), log),
    startJob('forget what is old', 6 * 60 * 60_000, () => forgetOld(door), log),
    startJob('forget a crowd', 10 * 60_000, () => forgetCrowd(door), log),
    startJob('ask gateways', 1000, () => gatewayWork.run(), log),
    startJob('end unpaid orders', 5000, () => endUnpaidOrders(door), log),
    startJob('watch pick-ups', 20_000, () => watchPickups(door), log),
    startJob('print receipts', 500, () => printDue({ door, log }), log),
    startJob('reconcile payments', 15 * 60_000, () => gatewayWork.reconcile(), log),
    startJob('watch static codes', 60_000, () => gatewayWork.watchStaticCodes(), log),
    startJob('end feeds with their sessions', 1000, () => endedSessions.look(), log),
  ]
  if (options.wakeUrl) jobs.push(...followShared(options.wakeUrl, options, feed, sessions))
  return {
    app: createApp(deps),
    door,
    writer,
    gatewayWork,
    async stop(spreadMs) {
      for (const stopJob of jobs) stopJob()
      feed.close(spreadMs)
      await gatewayWork.idle()
      await writer.idle()
      await wake?.close()
    },
  }
}

/** What a server looks after whose database others write to, or is replaced by another while it runs. */
function followShared(url: string, { database, clock, log }: ShopOptions, feed: Feed, sessions: Sessions) {
  const onAnew = () => {
    log.warn({}, 'the database was replaced under this server: phones and boards read everything anew')
    sessions.forget()
    feed.startAnew(ANEW_SPREAD_MS)
  }
  const place = createPlaceWatch(database, url, clock, onAnew)
  const clocks = createClockWatch(database.read, clock, log)
  return [
    startJob('look for changes', 1000, () => feed.poll(), log),
    startJob('look whose database this is', 1000, () => place.look(), log),
    startJob('compare clocks', 60_000, () => clocks.look(), log),
  ]
}

/** Orders whose money did not come in time end; a code that somebody is paying by is waited for. */
export async function endUnpaidOrders(door: DoorDeps): Promise<void> {
  const unpaid = await readUnpaidOrders(door.database.read, door.clock.now())
  await eachApart(unpaid.map((orderId) => [orderId, () => runForOrder(door, unpaidCancelled, orderId)]))
}

export async function closeIdleVisits(door: DoorDeps): Promise<void> {
  const nowMs = door.clock.now()
  const idle = await readIdleVisits(door.database.read, nowMs - VISIT_IDLE_MS)
  const close = (visitId: string) => runAsHouse(door, 'visit.close', makeId('cmd', nowMs), { visitId })
  await eachApart(idle.map((visitId) => [visitId, () => close(visitId)]))
}
