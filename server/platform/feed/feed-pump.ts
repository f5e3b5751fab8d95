/** A stream that could not be read is tried again after this time. */
const RETRY_MS = 1000
/** Streams that are read at once: one that takes long holds up no other. */
const LANES = 4

/** In which order streams that have grown are read, none twice at once. */
interface FeedPump {
  /** Reads these streams as soon as may be. */
  wake(streams: Iterable<string>): void
  /** Reads these too, whenever no woken one waits. */
  catchUp(streams: Iterable<string>): void
}

export function createFeedPump(
  readStream: (stream: string) => Promise<void>,
  onError: (error: unknown) => void,
): FeedPump {
  const woken = new Set<string>()
  const behind = new Set<string>()
  const busy = new Set<string>()
  let lanes = 0
  let isWaiting = false

  /** A stream that is being read is left to whoever reads it. */
  function next(): string | undefined {
    for (const waiting of [woken, behind]) {
      for (const stream of waiting) if (!busy.has(stream)) return stream
    }
    return undefined
  }

  async function read(stream: string): Promise<void> {
    woken.delete(stream)
    behind.delete(stream)
    busy.add(stream)
    try {
      await readStream(stream)
    } catch (error) {
      // Unread is not unsaid: without this its readers would hear nothing until its next change.
      woken.add(stream)
      throw error
    } finally {
      busy.delete(stream)
    }
  }

  async function lane(): Promise<void> {
    lanes++
    try {
      for (let stream = next(); stream !== undefined; stream = next()) await read(stream)
    } catch (error) {
      onError(error)
      tryAgainLater()
    } finally {
      lanes--
    }
  }

  function tryAgainLater(): void {
    if (isWaiting) return
    isWaiting = true
    setTimeout(() => {
      isWaiting = false
      start()
    }, RETRY_MS).unref()
  }

  function start(): void {
    while (lanes < LANES && next() !== undefined) void lane()
  }

  return {
    wake(streams) {
      for (const stream of streams) woken.add(stream)
      start()
    },
    catchUp(streams) {
      for (const stream of streams) behind.add(stream)
      start()
    },
  }
}
