import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { Patience } from '../gateway.ts'

/** Far above any answer of a provider; a longer one is cut off. */
const MAX_ANSWER_BYTES = 256 * 1024

export type ProviderCall = {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

export type CallOutcome =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly retryAfter: string | null
      readonly bytes: Buffer
    }
  /** `connect`: nothing was sent. The others may have been carried out. */
  | { readonly kind: 'connect' | 'timeout' | 'reset' | 'too_large' }

/**
 * One attempt on a connection of its own. `node:http` rather than fetch, because fetch cannot say
 * whether the connection stood, which decides whether a refund may be sent again. Redirects are not
 * followed and compressed answers not asked for.
 */
export function callOnce(call: ProviderCall, patience: Patience): Promise<CallOutcome> {
  return new Promise((resolve) => {
    const isSecure = call.url.startsWith('https:')
    const send = isSecure ? requestHttps : requestHttp
    const bytes = call.body === null ? null : Buffer.from(call.body, 'utf8')
    const request = send(call.url, {
      method: call.method,
      agent: false,
      headers: {
        ...call.headers,
        accept: 'application/json',
        'accept-encoding': 'identity',
        ...(bytes && { 'content-type': 'application/json', 'content-length': bytes.byteLength }),
      },
    })
    let isConnected = false
    const finish = (outcome: CallOutcome) => {
      clearTimeout(connectTimer)
      clearTimeout(totalTimer)
      resolve(outcome)
      request.destroy()
    }
    const connectTimer = setTimeout(() => finish({ kind: 'connect' }), patience.connectMs)
    const totalTimer = setTimeout(
      () => finish({ kind: isConnected ? 'timeout' : 'connect' }),
      patience.totalMs,
    )
    request.on('socket', (socket) => {
      socket.once(isSecure ? 'secureConnect' : 'connect', () => {
        isConnected = true
        clearTimeout(connectTimer)
      })
    })
    request.on('error', () => finish({ kind: isConnected ? 'reset' : 'connect' }))
    request.on('response', (response) => {
      const parts: Buffer[] = []
      let length = 0
      response.on('data', (part: Buffer) => {
        length += part.length
        if (length > MAX_ANSWER_BYTES) finish({ kind: 'too_large' })
        else parts.push(part)
      })
      // Also when the line ends before the stated length: half an answer is none.
      response.on('error', () => finish({ kind: 'reset' }))
      response.on('end', () => {
        finish({
          kind: 'answer',
          status: response.statusCode ?? 0,
          retryAfter: response.headers['retry-after'] ?? null,
          bytes: Buffer.concat(parts),
        })
      })
    })
    request.end(bytes ?? undefined)
  })
}
