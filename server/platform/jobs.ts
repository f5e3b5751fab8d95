import type { Log } from './log.ts'

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
