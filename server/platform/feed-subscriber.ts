const MAX_FRAMES = 1000
const MAX_BYTES = 1024 * 1024
const MAX_STALL_MS = 10_000
const BEAT_MS = 15_000

/** One reader of the feed: a bounded queue that is never awaited by those who fill it. */
export interface Subscriber {
  readonly body: ReadableStream<Uint8Array>
  send(frame: string): void
  /** A live change; while the stream is still catching up it is only noted as missed. */
  offer(stream: string, seq: number, frame: string): void
  /** A change read from the past. */
  replay(stream: string, seq: number, frame: string): void
  beginCatchUp(stream: string, afterSeq: number): void
  /** True when nothing was missed since the last read; the stream is live from now on. */
  endCatchUp(stream: string): boolean
  /** Resolves when the reader has taken most of what waits, or has gone. */
  drained(): Promise<void>
  /** Ends after what waits was read. */
  finish(): void
  close(): void
  isClosed(): boolean
}

const encoder = new TextEncoder()

export function createSubscriber(onClose: (subscriber: Subscriber) => void): Subscriber {
  const queue: Uint8Array[] = []
  const positions = new Map<string, { sentSeq: number; isLive: boolean; isMissed: boolean }>()
  let bytes = 0
  let closed = false
  let finishing = false
  let stalledSinceMs: number | null = null
  let wakeReader: (() => void) | null = null
  let wakeDrained: (() => void) | null = null

  function close(): void {
    if (closed) return
    closed = true
    clearInterval(beat)
    queue.length = 0
    wakeReader?.()
    wakeDrained?.()
    onClose(subscriber)
  }

  function send(frame: string): void {
    if (closed || finishing) return
    const chunk = encoder.encode(frame)
    if (queue.length >= MAX_FRAMES || bytes + chunk.byteLength > MAX_BYTES) return close()
    queue.push(chunk)
    bytes += chunk.byteLength
    stalledSinceMs ??= Date.now()
    wakeReader?.()
  }

  // A reader that takes nothing is closed: it comes back with its cursor and loses nothing.
  const beat = setInterval(() => {
    if (stalledSinceMs !== null && Date.now() - stalledSinceMs > MAX_STALL_MS) return close()
    send(`event: beat\ndata: {"nowMs":${Date.now()}}\n\n`)
  }, BEAT_MS)
  beat.unref()

  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        while (queue.length === 0 && !closed && !finishing) {
          await new Promise<void>((resolve) => {
            wakeReader = resolve
          })
        }
        const chunk = queue.length > 0 ? Buffer.concat(queue) : null
        queue.length = 0
        bytes = 0
        stalledSinceMs = null
        wakeDrained?.()
        if (chunk && !closed) controller.enqueue(chunk)
        if (closed || finishing) {
          close()
          controller.close()
        }
      },
      cancel: () => close(),
    },
    { highWaterMark: 0 },
  )

  const subscriber: Subscriber = {
    body,
    send,
    offer(stream, seq, frame) {
      const position = positions.get(stream)
      if (!position) return
      if (!position.isLive) position.isMissed = true
      else subscriber.replay(stream, seq, frame)
    },
    replay(stream, seq, frame) {
      const position = positions.get(stream)
      if (!position || seq <= position.sentSeq) return
      position.sentSeq = seq
      send(frame)
    },
    beginCatchUp(stream, afterSeq) {
      positions.set(stream, { sentSeq: afterSeq, isLive: false, isMissed: false })
    },
    endCatchUp(stream) {
      const position = positions.get(stream)
      if (!position) return true
      if (position.isMissed) {
        position.isMissed = false
        return false
      }
      position.isLive = true
      return true
    },
    async drained() {
      while (!closed && queue.length > MAX_FRAMES / 4) {
        await new Promise<void>((resolve) => {
          wakeDrained = resolve
        })
      }
    },
    finish() {
      finishing = true
      wakeReader?.()
    },
    close,
    isClosed: () => closed,
  }
  send(`retry: 2000\nevent: beat\ndata: {"nowMs":${Date.now()}}\n\n`)
  return subscriber
}
