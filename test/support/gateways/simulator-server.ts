// The HTTP half of a simulated provider: routing, and trouble on demand.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

export type SimulatedRequest = {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingMessage['headers']
  readonly body: string
  /** How long the provider is at work before it does anything. */
  readonly workMs: number
}

export type SimulatedAnswer = {
  readonly status: number
  readonly json?: unknown
  readonly html?: string
  readonly png?: Buffer
  readonly location?: string
}

/** Befalls the next request to the provider's own paths. `reset`, `hang`, `status`: nothing was done. */
export type Trouble =
  | { readonly kind: 'status'; readonly status: number; readonly text?: string; readonly retryAfter?: string }
  | { readonly kind: 'hang' }
  | { readonly kind: 'reset' }
  /** Done, and the answer never arrives. */
  | { readonly kind: 'lose_answer' }
  | { readonly kind: 'delay'; readonly ms: number }
  /** Taken up, and done only after a while. */
  | { readonly kind: 'slow_work'; readonly ms: number }
  /** Half the answer, then the end of the line. */
  | { readonly kind: 'cut' }
  /** One byte every so often. */
  | { readonly kind: 'drip'; readonly everyMs: number }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'not_utf8' }
  | { readonly kind: 'huge' }
  /** One top-level field is replaced; left out when no value is given. */
  | { readonly kind: 'field'; readonly name: string; readonly value?: unknown }

export type SimulatorServer = {
  readonly origin: string
  arm(...troubles: readonly Trouble[]): void
  /** Requests to the provider's own paths that arrived, as "POST /v2/charge". */
  readonly seen: readonly string[]
  close(): Promise<void>
}

type Handler = (request: SimulatedRequest) => SimulatedAnswer | Promise<SimulatedAnswer>

async function readRequest(incoming: IncomingMessage): Promise<SimulatedRequest> {
  const parts: Buffer[] = []
  for await (const part of incoming) parts.push(part as Buffer)
  const url = new URL(incoming.url ?? '/', 'http://simulator')
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: incoming.headers,
    body: Buffer.concat(parts).toString('utf8'),
    workMs: 0,
  }
}

function bytesOf(answer: SimulatedAnswer, trouble: Trouble | undefined): Buffer {
  if (answer.png) return answer.png
  if (answer.html !== undefined) return Buffer.from(answer.html)
  if (answer.json === undefined) return Buffer.alloc(0)
  if (trouble?.kind === 'huge') return Buffer.from(JSON.stringify({ padding: 'x'.repeat(1_000_000) }))
  const fields = trouble?.kind === 'field' ? { [trouble.name]: trouble.value } : {}
  const text = JSON.stringify({ ...answer.json, ...fields })
  if (trouble?.kind === 'malformed') return Buffer.from(text.slice(0, text.length / 2))
  if (trouble?.kind === 'not_utf8')
    return Buffer.concat([Buffer.from(text.slice(0, -2)), Buffer.from([0xff, 0x22, 0x7d])])
  return Buffer.from(text)
}

function write(response: ServerResponse, answer: SimulatedAnswer, trouble: Trouble | undefined): void {
  const bytes = bytesOf(answer, trouble)
  const type = answer.png
    ? 'image/png'
    : answer.html !== undefined
      ? 'text/html; charset=utf-8'
      : 'application/json'
  response.writeHead(answer.status, {
    'content-type': type,
    'content-length': bytes.length,
    ...(answer.location !== undefined && { location: answer.location }),
  })
  if (trouble?.kind === 'cut') {
    response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy())
    return
  }
  if (trouble?.kind !== 'drip') {
    response.end(bytes)
    return
  }
  let at = 0
  const timer = setInterval(() => {
    if (at >= bytes.length || response.destroyed) {
      clearInterval(timer)
      response.end()
    } else response.write(bytes.subarray(at, ++at))
  }, trouble.everyMs)
}

/** Listens on 127.0.0.1 only: a simulator is for this machine. Port 0 takes a free one. */
export function startSimulatorServer(port: number, handle: Handler): Promise<SimulatorServer> {
  const troubles: Trouble[] = []
  const seen: string[] = []

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(incoming)
    const isControl = request.path === '/' || request.path.startsWith('/_control')
    const trouble = isControl ? undefined : troubles.shift()
    if (!isControl) seen.push(`${request.method} ${request.path}`)
    if (trouble?.kind === 'hang') return
    if (trouble?.kind === 'reset') {
      incoming.socket.resetAndDestroy()
      return
    }
    if (trouble?.kind === 'status') {
      response.writeHead(
        trouble.status,
        trouble.retryAfter === undefined ? {} : { 'retry-after': trouble.retryAfter },
      )
      response.end(trouble.text ?? '<html>upstream</html>')
      return
    }
    // Before the work as far as the caller can tell, after the provider has taken the request up.
    const workMs = trouble?.kind === 'slow_work' ? trouble.ms : 0
    const answering = Promise.resolve(handle({ ...request, workMs }))
    if (trouble?.kind === 'delay') await new Promise((done) => setTimeout(done, trouble.ms))
    const answer = await answering
    if (trouble?.kind === 'lose_answer') incoming.socket.resetAndDestroy()
    else write(response, answer, trouble)
  }

  const server = createServer((incoming, response) => {
    serve(incoming, response).catch((error: unknown) => {
      // A client that gives up early is what some tests are about; anything else is a fault in here.
      if (!incoming.destroyed) console.error('simulator', error)
      response.destroy()
    })
  })
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      const actual = typeof address === 'object' && address ? address.port : port
      resolve({
        origin: `http://127.0.0.1:${actual}`,
        arm: (...more) => void troubles.push(...more),
        seen,
        close: () =>
          new Promise((done) => {
            server.close(() => done())
            server.closeAllConnections()
          }),
      })
    })
  })
}

/** The user of Basic authentication when its password is empty, or null. */
export function basicUser(headers: IncomingMessage['headers']): string | null {
  const [scheme, encoded = ''] = (headers.authorization ?? '').split(' ')
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  return scheme === 'Basic' && text.endsWith(':') ? text.slice(0, -1) : null
}
