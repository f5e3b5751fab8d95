import sql, { type Sql } from 'sql-template-tag'
import type { Database, Tx } from '../../platform/database/database.ts'

/**
 * For so long a task that was begun is left to whoever began it; a killed server's are then taken up. One
 * request to a provider, all its tries and pauses together, takes less: a lease that was renewed right before
 * it outlasts it.
 */
export const LEASE_MS = 40_000

/**
 * The clock that all servers of one database share: PostgreSQL's own, within the statement, since one server's
 * may be minutes ahead of another's. SQLite has one server, and that server one clock.
 */
export function sharedNow(dialect: Database['dialect'], nowMs: number): Sql {
  return dialect === 'postgres'
    ? sql`CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)`
    : sql`${nowMs}`
}

/** Lets the lease begin anew; false when the task is somebody else's by now, or nobody's. */
export async function renewLease(
  tx: Tx,
  { id, owner }: { readonly id: string; readonly owner: string },
  dialect: Database['dialect'],
  nowMs: number,
): Promise<boolean> {
  const renewed = await tx.run(sql`
    UPDATE gateway_tasks SET leased_until_ms = ${sharedNow(dialect, nowMs)} + ${LEASE_MS}
    WHERE id = ${id} AND lease_owner = ${owner}`)
  return renewed > 0
}
