import { statSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { startJob } from '../jobs.ts'
import type { Log } from '../log.ts'
import { makePrivate } from './private-files.ts'
import { bytesOf, databaseFile } from './sqlite-file.ts'

const LOOK_EVERY_MS = 5000
/** Less than this is not worth a thread and the wait for the disk. */
const WORTH_BYTES = 1024 * 1024
/** Beyond this the log is shortened also while orders come, and a reader that prevents it is told of. */
const TOO_LONG_BYTES = 64 * 1024 * 1024
const WARN_EVERY_MS = 10 * 60_000

type WalLimits = { readonly worthBytes: number; readonly tooLongBytes: number }

/** As shortenLog, in a thread of its own. */
function shortenAside(path: string): Promise<boolean> {
  const worker = new Worker(new URL('./wal-worker.ts', import.meta.url), { workerData: path })
  worker.unref()
  return new Promise((resolve, reject) => {
    worker.once('message', (isShort: boolean) => resolve(isShort))
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('The thread that shortens the log ended without a word.')))
  })
}

/**
 * Keeps SQLite's write-ahead log short: while nobody writes it is emptied, so that it neither fills the disk
 * nor is read through at the next start. The look is called every few seconds, never twice at once.
 */
export function createWalKeeper(
  dataDir: string,
  log: Log,
  limits: WalLimits = { worthBytes: WORTH_BYTES, tooLongBytes: TOO_LONG_BYTES },
): { look(nowMs: number): Promise<void> } {
  const path = databaseFile(dataDir)
  let seenMs = 0
  let warnedMs = Number.NEGATIVE_INFINITY

  function warn(walBytes: number, nowMs: number): void {
    if (nowMs - warnedMs < WARN_EVERY_MS) return
    warnedMs = nowMs
    log.warn(
      { walBytes, file: `${path}-wal` },
      'the write-ahead log cannot be shortened: some program reads the database without end; end that program, or restart this server',
    )
  }

  return {
    async look(nowMs) {
      const walBytes = bytesOf(`${path}-wal`)
      if (walBytes < limits.worthBytes) return
      const writtenMs = statSync(`${path}-wal`).mtimeMs
      const isIdle = writtenMs === seenMs
      seenMs = writtenMs
      const isTooLong = walBytes > limits.tooLongBytes
      if (!isIdle && !isTooLong) return
      if (!(await shortenAside(path)) && isTooLong) warn(walBytes, nowMs)
    },
  }
}

/** Makes the database's files private and keeps the log short from now on; answers how to stop. */
export function startWalKeeper(dataDir: string, log: Log): () => void {
  // Here the database is open and all its files are there, and nobody is served yet.
  makePrivate(dataDir)
  const keeper = createWalKeeper(dataDir, log)
  return startJob('shorten the write-ahead log', LOOK_EVERY_MS, () => keeper.look(Date.now()), log)
}
