import sql, { bulk } from 'sql-template-tag'
import type { Context } from '../../command.ts'
import type { Database, Reader, Tx } from '../../platform/database/database.ts'
import { LIST, listsToJoin } from '../../platform/database/lists.ts'
import { LEASE_MS, sharedNow } from './lease.store.ts'

type TaskKind = 'create' | 'status' | 'expire' | 'refund'

export type TaskRow = {
  id: string
  kind: TaskKind
  payment_id: string
  refund_id: string | null
  attempts: number
  next_at_ms: number
  round: number
  /** The token of the lease under which it was taken. */
  owner: string
}

/** When a task is due says each server's own clock; whether somebody has it in hand, the one they share. */
export type TaskClock = { readonly dialect: Database['dialect']; readonly nowMs: number }

/** Notes what a gateway is to be asked as soon as this is durable. One that is noted already is asked anew. */
export async function askGateway(
  context: Context,
  kind: TaskKind,
  paymentId: string,
  refundId: string | null = null,
): Promise<void> {
  await noteTask(context.tx, kind, paymentId, refundId, context.nowMs)
  context.askGateways()
}

export async function noteTask(
  tx: Tx,
  kind: TaskKind,
  paymentId: string,
  refundId: string | null,
  atMs: number,
): Promise<void> {
  await tx.run(sql`
    INSERT INTO gateway_tasks (id, kind, payment_id, refund_id, next_at_ms)
    VALUES (${`${kind}:${refundId ?? paymentId}`}, ${kind}, ${paymentId}, ${refundId}, ${atMs})
    ON CONFLICT (id) DO UPDATE SET round = gateway_tasks.round + 1, next_at_ms =
      CASE WHEN excluded.next_at_ms < gateway_tasks.next_at_ms THEN excluded.next_at_ms ELSE gateway_tasks.next_at_ms END`)
}

/**
 * Notes for many payments, each once, when their providers are to be asked how they stand. Many rows in one
 * statement: a thousand, one by one, would hold up every order meanwhile.
 */
export async function noteStatusTasks(
  tx: Tx,
  asked: readonly { readonly paymentId: string; readonly atMs: number }[],
): Promise<void> {
  const inLists = asked.length - (asked.length % LIST)
  for (const { paymentId, atMs } of asked.slice(inLists)) await noteTask(tx, 'status', paymentId, null, atMs)
  for (let first = 0; first < inLists; first += LIST) {
    const rows = asked
      .slice(first, first + LIST)
      .map(({ paymentId, atMs }) => [`status:${paymentId}`, 'status', paymentId, atMs])
    await tx.run(sql`
      INSERT INTO gateway_tasks (id, kind, payment_id, next_at_ms) VALUES ${bulk(rows)}
      ON CONFLICT (id) DO UPDATE SET round = gateway_tasks.round + 1, next_at_ms =
        CASE WHEN excluded.next_at_ms < gateway_tasks.next_at_ms THEN excluded.next_at_ms ELSE gateway_tasks.next_at_ms END`)
  }
}

/**
 * Brings forward the refunds of these payments that are looked at later; answers whose. One that is being
 * asked for at this moment stays as it is: asked for twice at once, it might go back twice.
 */
export async function hurryRefunds(
  tx: Tx,
  paymentIds: readonly string[],
  nowMs: number,
): Promise<ReadonlySet<string>> {
  const hurried = new Set<string>()
  for (const some of listsToJoin(paymentIds)) {
    const later = sql`kind = 'refund' AND payment_id IN (${some}) AND next_at_ms > ${nowMs + LEASE_MS}`
    for (const { payment_id } of await tx.all<TaskRow>(
      sql`SELECT payment_id FROM gateway_tasks WHERE ${later}`,
    )) {
      hurried.add(payment_id)
    }
    await tx.run(sql`UPDATE gateway_tasks SET next_at_ms = ${nowMs} WHERE ${later}`)
  }
  return hurried
}

/**
 * Notes a question for later, beside one that may be under way now: raised again meanwhile it stays the one,
 * and is asked at its time.
 */
export async function noteLater(
  tx: Tx,
  kind: TaskKind,
  paymentId: string,
  refundId: string | null,
  atMs: number,
): Promise<void> {
  await tx.run(sql`
    INSERT INTO gateway_tasks (id, kind, payment_id, refund_id, next_at_ms)
    VALUES (${`${kind}:${refundId ?? paymentId}:later`}, ${kind}, ${paymentId}, ${refundId}, ${atMs})
    ON CONFLICT (id) DO NOTHING`)
}

export async function isAnyDue(reader: Reader, { dialect, nowMs }: TaskClock): Promise<boolean> {
  const row = await reader.get(sql`
    SELECT 1 FROM gateway_tasks
    WHERE next_at_ms <= ${nowMs} AND leased_until_ms <= ${sharedNow(dialect, nowMs)} LIMIT 1`)
  return row !== undefined
}

/**
 * Takes up to `limit` tasks that are due; nobody else takes them until the lease is over. They stay due
 * meanwhile: a time by this server's clock, which may be ahead, would keep a killed one's from the others.
 */
export async function claimTasks(
  tx: Tx,
  { dialect, nowMs }: TaskClock,
  owner: string,
  limit: number,
): Promise<TaskRow[]> {
  const leaseNow = sharedNow(dialect, nowMs)
  const due = await tx.all<Omit<TaskRow, 'owner'>>(sql`
    SELECT id, kind, payment_id, refund_id, attempts, next_at_ms, round FROM gateway_tasks
    WHERE next_at_ms <= ${nowMs} AND leased_until_ms <= ${leaseNow} ORDER BY next_at_ms, id LIMIT ${limit}`)
  for (const { id } of due) {
    await tx.run(sql`
      UPDATE gateway_tasks SET attempts = attempts + 1, lease_owner = ${owner},
        leased_until_ms = ${leaseNow} + ${LEASE_MS} WHERE id = ${id}`)
  }
  return due.map((task) => ({ ...task, attempts: task.attempts + 1, owner }))
}

/**
 * Takes up at once what a server that is gone had begun: only where nobody but this one can have begun it, and
 * before it begins anything. A code is made anew under another reference, and looking or closing twice is the
 * same as once; a refund stays under its lease, since the first asking may still be on its way. A lease from
 * before the clock was set back is over as soon as any other.
 */
export async function takeUpBegun(tx: Tx, nowMs: number): Promise<void> {
  await tx.run(sql`
    UPDATE gateway_tasks SET next_at_ms = ${nowMs}, leased_until_ms = 0
    WHERE lease_owner IS NOT NULL AND kind IN ('create', 'status', 'expire')`)
  await tx.run(sql`
    UPDATE gateway_tasks SET leased_until_ms = ${nowMs + LEASE_MS} WHERE leased_until_ms > ${nowMs + LEASE_MS}`)
}

/** The task was answered, unless it has been asked for again since, or somebody else has it in hand. */
export async function endTask(tx: Tx, { id, round, owner }: TaskRow, nowMs: number): Promise<void> {
  const ended = await tx.run(
    sql`DELETE FROM gateway_tasks WHERE id = ${id} AND round = ${round} AND lease_owner = ${owner}`,
  )
  if (ended > 0) return
  await tx.run(sql`
    UPDATE gateway_tasks SET attempts = 0, next_at_ms = ${nowMs}, lease_owner = NULL, leased_until_ms = 0
    WHERE id = ${id} AND lease_owner = ${owner}`)
}

/** The task is tried again later, or sooner where it was asked for meanwhile; `trouble` says why, in a code. */
export async function postponeTask(
  tx: Tx,
  { id, round, owner }: TaskRow,
  atMs: number,
  trouble: string,
): Promise<void> {
  await tx.run(sql`
    UPDATE gateway_tasks SET trouble = ${trouble.slice(0, 100)}, lease_owner = NULL, leased_until_ms = 0,
      next_at_ms = CASE WHEN round <> ${round} AND next_at_ms < ${atMs} THEN next_at_ms ELSE ${atMs} END
    WHERE id = ${id} AND lease_owner = ${owner}`)
}
