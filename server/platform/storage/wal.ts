import { statSync } from 'node:fs'
import BetterSqlite3 from 'better-sqlite3'
import { startJob } from '../jobs.ts'
import type { Log } from '../log.ts'
import { bytesOf, databaseFile } from './sqlite-file.ts'

const LOOK_EVERY_MS = 5000
/** Less than this is not worth the wait for the disk. */
const WORTH_BYTES = 1024 * 1024
/** Beyond this the log is shortened also while orders come, and a reader that prevents it is told of. */
const TOO_LONG_BYTES = 64 * 1024 * 1024
const TRIES = 50
const WARN_EVERY_MS = 10 * 60_000

export type WalLimits = { readonly worthBytes: number; readonly tooLongBytes: number }

/**
 * Keeps SQLite's write-ahead log short: while nobody writes it is brought into the database and cut to
 * nothing, so that it neither fills the disk nor is read through at the next start. On a connection of its
 * own that never waits for a lock: orders come first.
 */
export function createWalKeeper(
  dataDir: string,
  log: Log,
  limits: WalLimits = { worthBytes: WORTH_BYTES, tooLongBytes: TOO_LONG_BYTES },
) {
  const path = databaseFile(dataDir)
  const connection = new BetterSqlite3(path, { timeout: 0 })
  connection.pragma('synchronous = FULL')
  let seenMs = 0
  let warnedMs = Number.NEGATIVE_INFINITY

  /** True when the log is empty now; false while a reader still needs it or a group is being written. */
  function truncate(): boolean {
    const [row] = connection.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
    return row?.busy === 0
  }

  /** Between two groups of orders there is a turn in which nobody writes. */
  async function truncateBetweenGroups(): Promise<boolean> {
    for (let tries = 0; tries < TRIES; tries++) {
      if (truncate()) return true
      await new Promise((resolve) => setImmediate(resolve))
    }
    return false
  }

  function warn(walBytes: number, nowMs: number): void {
    if (nowMs - warnedMs < WARN_EVERY_MS) return
    warnedMs = nowMs
    log.warn(
      { walBytes, file: `${path}-wal` },
      'the write-ahead log cannot be shortened: some program reads the database without end; end that program, or restart this server',
    )
  }

  return {
    /** Looks once; called every few seconds. */
    async look(nowMs: number): Promise<void> {
      const walBytes = bytesOf(`${path}-wal`)
      if (walBytes < limits.worthBytes) return
      const writtenMs = statSync(`${path}-wal`).mtimeMs
      const isIdle = writtenMs === seenMs
      seenMs = writtenMs
      if (walBytes > limits.tooLongBytes) {
        if (!(await truncateBetweenGroups())) warn(walBytes, nowMs)
      } else if (isIdle) truncate()
    },
    close: () => connection.close(),
  }
}

/** Keeps the log short from now on; answers how to stop, which must come before the database is closed. */
export function startWalKeeper(dataDir: string, log: Log): () => void {
  const keeper = createWalKeeper(dataDir, log)
  const stopJob = startJob(
    'keep the write-ahead log short',
    LOOK_EVERY_MS,
    () => keeper.look(Date.now()),
    log,
  )
  return () => {
    stopJob()
    keeper.close()
  }
}
