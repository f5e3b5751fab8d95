/**
 * Runs `work` in one tab at a time: the tab that holds the lock sends and follows, the others read what
 * it stores. Where Web Locks are missing (iOS before 15.4) every tab works; the server's ids keep that harmless.
 */
export function lead(name: string, work: (signal: AbortSignal) => Promise<void>): () => void {
  const stop = new AbortController()
  const run = async () => {
    if (!stop.signal.aborted) await work(stop.signal)
  }
  if (navigator.locks) {
    navigator.locks.request(name, { signal: stop.signal }, run).catch((error: unknown) => {
      if (!stop.signal.aborted) throw error
    })
  } else {
    void run()
  }
  return () => stop.abort()
}
