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
      client = next
    } catch {
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
    const payload = [...pending].join(' ')
    pending.clear()
    if (payload.length > MAX_PAYLOAD) return
    client?.query('SELECT pg_notify($1, $2)', [CHANNEL, payload]).catch(() => undefined)
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
