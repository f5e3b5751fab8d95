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
  /** True when the past should be handed over no faster than it is read. */
  isFull(): boolean
  /** Resolves when the reader has taken most of what waits, or has gone. */
  drained(): Promise<void>
  /** Ends after what waits was read. */
  finish(): void
  close(): void
  isClosed(): boolean
}

const encoder = new TextEncoder()

/** How far each stream has been sent, and whether its past is still being read. */
function createPositions() {
  const positions = new Map<string, { sentSeq: number; isLive: boolean; isMissed: boolean }>()
  return {
    begin(stream: string, afterSeq: number): void {
      positions.set(stream, { sentSeq: afterSeq, isLive: false, isMissed: false })
    },
    /** True when the change is new to this reader; it then counts as sent. */
    take(stream: string, seq: number): boolean {
      const position = positions.get(stream)
      if (!position || seq <= position.sentSeq) return false
      position.sentSeq = seq
      return true
    },
    /** True when live changes may be sent; else the change is noted, to be read from the past. */
    isLive(stream: string): boolean {
      const position = positions.get(stream)
      if (position && !position.isLive) position.isMissed = true
      return position?.isLive ?? false
    },
    end(stream: string): boolean {
      const position = positions.get(stream)
      if (!position) return true
      const isDone = !position.isMissed
      position.isMissed = false
      position.isLive = isDone
      return isDone
    },
  }
}

export function createSubscriber(onClose: (subscriber: Subscriber) => void): Subscriber {
  const queue: Uint8Array[] = []
  const positions = createPositions()
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
    // One frame always fits: a record larger than the queue could otherwise never be read.
    if (queue.length >= MAX_FRAMES || (queue.length > 0 && bytes + chunk.byteLength > MAX_BYTES)) {
      close()
      return
    }
    queue.push(chunk)
    bytes += chunk.byteLength
    stalledSinceMs ??= Date.now()
    wakeReader?.()
  }

  /** Everything that waits, as one piece. */
  function takeAll(): Uint8Array | null {
    const chunk = queue.length > 0 ? Buffer.concat(queue) : null
    queue.length = 0
    bytes = 0
    stalledSinceMs = null
    wakeDrained?.()
    return chunk
  }

  // A reader that takes nothing is closed: it comes back with its cursor and loses nothing.
  const beat = setInterval(() => {
    if (stalledSinceMs !== null && Date.now() - stalledSinceMs > MAX_STALL_MS) close()
    else send(beatFrame())
  }, BEAT_MS)
  beat.unref()

  async function pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    while (queue.length === 0 && !closed && !finishing) {
      await new Promise<void>((resolve) => {
        wakeReader = resolve
      })
    }
    const chunk = takeAll()
    if (chunk && !closed) controller.enqueue(chunk)
    if (closed || finishing) {
      close()
      controller.close()
    }
  }

  function replay(stream: string, seq: number, frame: string): void {
    if (positions.take(stream, seq)) send(frame)
  }

  const isFull = () => queue.length > MAX_FRAMES / 4 || bytes > MAX_BYTES / 4

  async function drained(): Promise<void> {
    while (!closed && isFull()) {
      await new Promise<void>((resolve) => {
        wakeDrained = resolve
      })
    }
  }

  const subscriber: Subscriber = {
    body: new ReadableStream<Uint8Array>({ pull, cancel: close }, { highWaterMark: 0 }),
    send,
    offer: (stream, seq, frame) => {
      if (positions.isLive(stream)) replay(stream, seq, frame)
    },
    replay,
    beginCatchUp: positions.begin,
    endCatchUp: positions.end,
    isFull,
    drained,
    finish: () => {
      finishing = true
      wakeReader?.()
    },
    close,
    isClosed: () => closed,
  }
  send(`retry: 2000\n${beatFrame()}`)
  return subscriber
}

function beatFrame(): string {
  return `event: beat\ndata: {"nowMs":${Date.now()}}\n\n`
}
