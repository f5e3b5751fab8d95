import sql from 'sql-template-tag'
import type { Clock } from '../../clock.ts'
import type { Log } from '../../log.ts'
import type { Reader } from '../database.ts'

/** Further apart, times that two servers stamp beside each other tell a story that was none. */
export const MOST_APART_MS = 10_000

/** By how much PostgreSQL's clock and this machine's differ, however long the way between them took. */
export async function readClocksApartMs(read: Reader, clock: Clock): Promise<number> {
  const beforeMs = clock.now()
  const row = await read.get<{ ms: number }>(
    sql`SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT) AS ms`,
  )
  const theirsMs = Number(row?.ms)
  return Math.max(0, beforeMs - theirsMs, theirsMs - clock.now())
}

/** Says once that the clocks went apart, and once that they agree again. */
export function createClockWatch(read: Reader, clock: Clock, log: Log) {
  let wasApart = false
  return {
    async look(): Promise<void> {
      const apartMs = await readClocksApartMs(read, clock)
      const isApart = apartMs > MOST_APART_MS
      if (isApart === wasApart) return
      wasApart = isApart
      if (isApart) {
        log.warn({ apartMs }, "this machine's clock and PostgreSQL's are apart: set both by the network")
      } else log.info({ apartMs }, "this machine's clock and PostgreSQL's agree again")
    },
  }
}
