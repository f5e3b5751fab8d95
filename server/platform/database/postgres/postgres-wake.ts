import pg from 'pg'

const CHANNEL = 'meja_changes'
const COALESCE_MS = 20
const MAX_PAYLOAD = 7000
const RETRY_MS = 2000

/** Tells the other servers on the same database that streams have grown. Only a wake-up: polling is the truth. */
export interface Wake {
  announce(streams: Iterable<string>): void
  close(): Promise<void>
}

/** PostgreSQL takes no longer one than 8,000 bytes; a busy moment names more streams than go into that. */
function payloadsOf(streams: Iterable<string>): string[] {
  const payloads: string[] = []
  for (const stream of streams) {
    const last = payloads.at(-1)
    if (last !== undefined && last.length + stream.length < MAX_PAYLOAD) {
      payloads[payloads.length - 1] = `${last} ${stream}`
    } else payloads.push(stream)
  }
  return payloads
}

/** Listens for, and sends, wake-ups outside of any transaction, many changes in one. */
export function connectWake(url: string, onStreams: (streams: readonly string[]) => void): Wake {
  const pending = new Set<string>()
  let client: pg.Client | null = null
  let timer: NodeJS.Timeout | null = null
  let isClosed = false

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString: url, keepAlive: true })
    // A lost connection costs at most the second until the next poll.
    next.on('error', () => retry(next))
    next.on('end', () => retry(next))
    next.on('notification', (message) => onStreams((message.payload ?? '').split(' ')))
    try {
      await next.connect()
      await next.query(`LISTEN ${CHANNEL}`)
      // Closed while it connected, it would stay open for ever.
      if (isClosed) await next.end()
      else client = next
    } catch {
      // Without this a server that takes connections and refuses to listen is left with one more each time.
      next.end().catch(() => undefined)
      retry(next)
    }
  }

  let isRetrying = false
  function retry(failed: pg.Client): void {
    if (client === failed) client = null
    if (isClosed || isRetrying) return
    isRetrying = true
    setTimeout(() => {
      isRetrying = false
      if (!isClosed && client === null) void connect()
    }, RETRY_MS).unref()
  }

  function send(): void {
    timer = null
    const payloads = payloadsOf(pending)
    pending.clear()
    // In one statement, so in one transaction: each commit that notifies waits for the others'.
    client
      ?.query('SELECT pg_notify($1, payload) FROM unnest($2::text[]) AS payload', [CHANNEL, payloads])
      .catch(() => undefined)
  }

  void connect()
  return {
    announce(streams) {
      for (const stream of streams) pending.add(stream)
      if (pending.size > 0) timer ??= setTimeout(send, COALESCE_MS)
    },
    async close() {
      isClosed = true
      if (timer) clearTimeout(timer)
      await client?.end().catch(() => undefined)
    },
  }
}
