import type { Change, CommandName } from '#shared/protocol.ts'
import { makeId } from '../../server/platform/random-ids.ts'

export const ORIGIN = 'http://meja.test'

/** What a command was answered with; `body` is the parsed JSON, or null when there was none. */
export type Answer = {
  readonly id: string
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  readonly body: any
}

type Init = Omit<RequestInit, 'headers'> & { readonly headers?: Record<string, string> }
type App = { request(input: string, init?: RequestInit): Response | Promise<Response> }

/** A browser as the server sees it: it keeps its cookies and comes from an address. */
export type Browser = {
  readonly cookies: ReadonlyMap<string, string>
  setCookie(name: string, value: string): void
  fetch(path: string, init?: Init): Promise<Response>
  /** Sends a command with an id of its own unless one is given. Any name and any arguments may be tried. */
  send(
    name: CommandName | (string & {}),
    args: unknown,
    options?: { readonly id?: string; readonly headers?: Record<string, string> },
  ): Promise<Answer>
}

let sent = 0

/** An id as a phone would make it. */
export function commandId(): string {
  return makeId('cmd', 1_700_000_000_000 + sent++)
}

export function createBrowser(app: App, address: string): Browser {
  const cookies = new Map<string, string>()

  async function fetch(path: string, init: Init = {}): Promise<Response> {
    const headers: Record<string, string> = { host: 'meja.test', 'x-test-address': address, ...init.headers }
    if (cookies.size > 0)
      headers.cookie ??= [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await app.request(`${ORIGIN}${path}`, { ...init, headers })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return response
  }

  return {
    cookies,
    setCookie: (name, value) => {
      cookies.set(name, value)
    },
    fetch,
    async send(name, args, options = {}) {
      const id = options.id ?? commandId()
      const response = await fetch(`/api/commands/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': id, ...options.headers },
        body: JSON.stringify(args),
      })
      const text = await response.text()
      return {
        id,
        status: response.status,
        headers: response.headers,
        body: text === '' ? null : JSON.parse(text),
      }
    },
  }
}

/** One event of the feed. */
export type FeedEvent = { readonly event: string; readonly id: string; readonly data: unknown }

function parseFrame(frame: string): FeedEvent | null {
  const lines = new Map(
    frame.split('\n').map((line) => {
      const at = line.indexOf(': ')
      return [line.slice(0, at), line.slice(at + 2)] as const
    }),
  )
  const data = lines.get('data')
  return data === undefined
    ? null
    : { event: lines.get('event') ?? '', id: lines.get('id') ?? '', data: JSON.parse(data) }
}

export type FeedReader = {
  readonly response: Response
  /** Everything that has come so far. */
  readonly events: readonly FeedEvent[]
  readonly changes: readonly Change[]
  isEnded(): boolean
  /** Resolves when `check` holds for what has come; rejects after `withinMs`. */
  until(check: (reader: FeedReader) => boolean, withinMs?: number): Promise<void>
  close(): Promise<void>
}

/** Follows `streams` ("desk:out_…@0") until closed. */
export async function openFeed(
  browser: Browser,
  streams: readonly string[],
  headers: Record<string, string> = {},
): Promise<FeedReader> {
  const query = streams.map((stream) => `s=${stream.includes('@') ? stream : `${stream}@0`}`).join('&')
  const response = await browser.fetch(`/api/feed?${query}`, { headers })
  const events: FeedEvent[] = []
  const changes: Change[] = []
  const waiting = new Set<() => void>()
  let ended = false
  const bytes = response.body?.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  void (async () => {
    for (;;) {
      const part = await bytes?.read().catch(() => undefined)
      if (!part || part.done) break
      const frames = (rest + decoder.decode(part.value, { stream: true })).split('\n\n')
      rest = frames.pop() ?? ''
      for (const frame of frames) {
        const event = parseFrame(frame)
        if (!event) continue
        events.push(event)
        if (event.event === 'change') changes.push(event.data as Change)
      }
      for (const wake of [...waiting]) wake()
    }
    ended = true
    for (const wake of [...waiting]) wake()
  })()
  const reader: FeedReader = {
    response,
    events,
    changes,
    isEnded: () => ended,
    until(check, withinMs = 5000) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look)
          const seen = events.map((event) => event.event).join(', ')
          reject(new Error(`The feed did not get there within ${withinMs} ms; seen: ${seen.slice(-400)}`))
        }, withinMs)
        const look = () => {
          if (!check(reader)) return
          clearTimeout(timer)
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      })
    },
    close: async () => {
      await bytes?.cancel().catch(() => {})
    },
  }
  return reader
}
