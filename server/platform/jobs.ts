import { StorageBrokenError, StorageFullError } from './database/database.ts'
import { BusyError } from './database/writer.ts'
import type { Log } from './log.ts'

/** One of the things that a job does, by the name that a failure is told with. */
export type Part = readonly [name: string, run: () => Promise<unknown>]

const MAX_TOLD = 20

/**
 * Does one part after the other; where one fails the rest is done all the same, and then it is said which
 * failed: a row that nobody can read must not keep every other visit open. What concerns the storage as a
 * whole ends the turn.
 */
export async function eachApart(parts: Iterable<Part> | AsyncIterable<Part>): Promise<void> {
  const failed: string[] = []
  for await (const [name, run] of parts) {
    try {
      await run()
    } catch (error) {
      if (concernsAll(error)) throw error
      failed.push(`${name}: ${error}`)
    }
  }
  if (failed.length === 0) return
  throw new Error(`${failed.length} failed, the rest is done: ${failed.slice(0, MAX_TOLD).join('; ')}`)
}

function concernsAll(error: unknown): boolean {
  return [StorageFullError, StorageBrokenError, BusyError].some((kind) => error instanceof kind)
}

/** Runs `work` every `everyMs`, never twice at once; a failure is logged and the next turn tries again. */
export function startJob(name: string, everyMs: number, work: () => Promise<void>, log: Log): () => void {
  let isRunning = false
  const timer = setInterval(async () => {
    if (isRunning) return
    isRunning = true
    try {
      await work()
    } catch (error) {
      log.warn({ job: name, error: String(error) }, 'job failed')
    } finally {
      isRunning = false
    }
  }, everyMs)
  timer.unref()
  return () => clearInterval(timer)
}
