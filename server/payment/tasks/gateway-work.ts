import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import sql from 'sql-template-tag'
import type { Payment } from '#shared/payment/payment.ts'
import type { PaymentSettingsRecord } from '#shared/payment/payment-settings.ts'
import { submit } from '../../commands.ts'
import { eachApart, type Part } from '../../platform/jobs.ts'
import { makeId } from '../../platform/random-ids.ts'
import { isApproved, readStaticSettings } from '../settings/settings.store.ts'
import type { GatewayDeps } from './asked.ts'
import { runTask } from './asking-gateways.ts'
import { closedByHouse, staticDoubted } from './house-commands.ts'
import {
  claimTasks,
  isAnyDue,
  noteStatusTasks,
  noteTask,
  postponeTask,
  type TaskRow,
  takeUpBegun,
} from './task.store.ts'

const TASKS_AT_ONCE = 8
/** More than can be open at once: what fails each time takes no other's place. */
const EXPIRIES_AT_ONCE = 10_000
/** Money can come for so long after a code was closed. */
const LATE_MS = 48 * 60 * 60_000
const RETRY_BROKEN_MS = 30_000
const STOP_PATIENCE_MS = 3000
/** What a provider says of paid payments is heard again now and then, for the day's comparison. */
const PAID_HEARD_MS = 6 * 60 * 60_000
/** Money goes back at the provider's own pages without a word to us: Xendit lets it for a week. */
const RETURNED_MS = 8 * 24 * 60 * 60_000
const RETURNED_HEARD_MS = 24 * 60 * 60_000

/** What is to be done at gateways, outside every transaction. */
export type GatewayWork = {
  /** Soon: something was noted. */
  wake(): void
  /** Closes what has run out and asks all that is due; answers when nothing is. */
  run(): Promise<void>
  /** Asks about every payment that is open, or that closed lately: messages get lost. */
  reconcile(): Promise<void>
  /** Doubts static codes that read differently than when they were approved. */
  watchStaticCodes(): Promise<void>
  idle(): Promise<void>
}

export function createGatewayWork(deps: GatewayDeps): GatewayWork {
  let running: Promise<void> | null = null
  let isAskedAgain = false
  let isFirst = true

  async function drain(): Promise<void> {
    if (isFirst) await takeUp(deps)
    isFirst = false
    do {
      isAskedAgain = false
      await closeExpired(deps)
      while (await runDue(deps)) {
        // Until nothing is due.
      }
    } while (isAskedAgain)
  }

  function run(): Promise<void> {
    isAskedAgain = true
    running ??= drain().finally(() => {
      running = null
    })
    return running
  }

  return {
    run,
    wake: () => {
      run().catch((error) => deps.log.warn({ error: String(error) }, 'asking gateways failed'))
    },
    reconcile: () => reconcile(deps),
    watchStaticCodes: () => watchStaticCodes(deps),
    idle: async () => {
      // Whatever is under way is noted and taken up again; a slow provider must not hold up the stop.
      await Promise.race([running?.catch(() => {}), pause(STOP_PATIENCE_MS, undefined, { ref: false })])
    },
  }
}

/** The lock of its folder tells SQLite's server that it is alone; those on one PostgreSQL wait for each other's leases. */
async function takeUp({ door }: GatewayDeps): Promise<void> {
  if (door.database.dialect !== 'sqlite') return
  await door.writer.submit(async (tx) => {
    await takeUpBegun(tx, door.clock.now())
    return { keep: true, value: undefined }
  })
}

/** Runs what is due, several at once; answers whether anything was. */
async function runDue(deps: GatewayDeps): Promise<boolean> {
  const { door, log } = deps
  const { read, dialect } = door.database
  if (!(await isAnyDue(read, { dialect, nowMs: door.clock.now() }))) return false
  const owner = randomUUID()
  const tasks = await door.writer.submit(async (tx) => {
    const claimed = await claimTasks(tx, { dialect, nowMs: door.clock.now() }, owner, TASKS_AT_ONCE)
    for (const task of claimed) {
      // Before the asking, so that a message about it finds its payment whatever becomes of this process.
      if (task.kind === 'create') await takeReference(tx, task.payment_id)
    }
    return { keep: true, value: claimed }
  })
  const ends = await Promise.allSettled(tasks.map((task) => runTask(deps, task)))
  for (const [index, end] of ends.entries()) {
    const task = tasks[index]
    if (end.status === 'fulfilled' || !task) continue
    log.error(
      { kind: task.kind, paymentId: task.payment_id, error: String(end.reason) },
      'gateway task failed',
    )
    await postpone(deps, task)
  }
  return tasks.length > 0
}

async function postpone({ door }: GatewayDeps, task: TaskRow): Promise<void> {
  await door.writer.submit(async (tx) => {
    await postponeTask(tx, task, door.clock.now() + RETRY_BROKEN_MS, 'server.broken')
    return { keep: true, value: undefined }
  })
}

/** Each try has a reference of its own, of one length, that begins with the payment's id. */
async function takeReference(tx: Parameters<typeof claimTasks>[0], paymentId: string): Promise<void> {
  const row = await tx.get<{ tries: number }>(sql`SELECT tries FROM payments WHERE id = ${paymentId}`)
  const tries = (row?.tries ?? 0) + 1
  const reference = `${paymentId}-${String(tries).padStart(2, '0')}`
  await tx.run(sql`
    UPDATE payments SET tries = ${tries}, reference = ${reference}
    WHERE id = ${paymentId} AND provider_ref IS NULL AND status = 'pending'`)
}

type Expired = { id: string; provider: Payment['provider'] }

/** The house's own timer: codes of the till end at once, those of gateways when the gateway has answered. */
async function closeExpired(deps: GatewayDeps): Promise<void> {
  const { door } = deps
  const nowMs = door.clock.now()
  const expired = await door.database.read.all<Expired>(sql`
    SELECT id, provider FROM payments
    WHERE status = 'pending' AND expires_at_ms <= ${nowMs}
      AND NOT EXISTS (SELECT 1 FROM gateway_tasks WHERE gateway_tasks.id = 'expire:' || payments.id)
    LIMIT ${EXPIRIES_AT_ONCE}`)
  const close = async ({ id, provider }: Expired) => {
    if (provider !== 'manual') return note(deps, 'expire', id, nowMs)
    const args = { paymentId: id, kind: 'expired' }
    const { answer } = await submit(door, closedByHouse, makeId('cmd', nowMs), args, { kind: 'house' })
    if (!answer.ok) throw new Error(JSON.stringify(answer.refusal))
  }
  const parts = expired.map((each): Part => [each.id, () => close(each)])
  // One that cannot be closed must not keep every gateway from being asked.
  await eachApart(parts).catch((error: unknown) => {
    deps.log.warn({ error: String(error) }, 'closing expired payments failed')
  })
}

async function note({ door }: GatewayDeps, kind: 'expire', paymentId: string, atMs: number) {
  await door.writer.submit(async (tx) => {
    await noteTask(tx, kind, paymentId, null, atMs)
    return { keep: true, value: undefined }
  })
}

/** Two questions a second: a provider must not be flooded after a night without a network. */
const RECONCILE_GAP_MS = 500

async function reconcile(deps: GatewayDeps): Promise<void> {
  const { door } = deps
  const nowMs = door.clock.now()
  // Apart, so that each finds its own by an index: a year's payments are not read for the few that are open.
  const pending = sql`
    SELECT id, created_at_ms FROM payments
    WHERE status = 'pending' AND provider <> 'manual' AND reference IS NOT NULL`
  const lately = sql`
    SELECT id, created_at_ms FROM payments
    WHERE provider <> 'manual' AND reference IS NOT NULL AND created_at_ms > ${nowMs - LATE_MS}
      AND (status IN ('expired', 'cancelled', 'failed') OR provider_asked_at_ms < ${nowMs - PAID_HEARD_MS})`
  const returned = sql`
    SELECT id, created_at_ms FROM payments
    WHERE provider <> 'manual' AND reference IS NOT NULL
      AND created_at_ms > ${nowMs - RETURNED_MS} AND created_at_ms <= ${nowMs - LATE_MS}
      AND provider_received_rp > 0 AND provider_asked_at_ms < ${nowMs - RETURNED_HEARD_MS}`
  const open = await door.database.read.all<{ id: string }>(sql`
    SELECT id FROM (${pending} UNION ${lately} UNION ${returned}) AS awaited ORDER BY created_at_ms DESC, id LIMIT 1000`)
  if (open.length === 0) return
  const asked = open.map(({ id }, index) => ({ paymentId: id, atMs: nowMs + index * RECONCILE_GAP_MS }))
  await door.writer.submit(async (tx) => {
    await noteStatusTasks(tx, asked)
    return { keep: true, value: undefined }
  })
}

async function watchStaticCodes(deps: GatewayDeps): Promise<void> {
  const { door, log } = deps
  const watch = async (settings: PaymentSettingsRecord) => {
    if (settings.isStaticQrisDoubtful) return
    if (await isApproved(door.database.read, settings, door.secrets)) return
    log.error({ outletId: settings.id }, 'the static QRIS is not the one that was approved')
    const args = { outletId: settings.id }
    await submit(door, staticDoubted, makeId('cmd', door.clock.now()), args, { kind: 'house' })
  }
  const all = await readStaticSettings(door.database.read)
  await eachApart(all.map((settings): Part => [settings.id, () => watch(settings)]))
}
