// An open feed that costs the bench little: bytes are counted, frames looked at only when asked.
import { Agent, get } from 'node:http'

const agent = new Agent({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY })

export type OpenFeed = { close(): void }

/** Opens a feed of these streams, each from its beginning or from where `@` says; resolves with its first bytes. */
export function openFeed(
  url: string,
  streams: readonly string[],
  cookie: string,
  onText?: (text: string) => void,
): Promise<OpenFeed> {
  const query = streams
    .map((stream) => `s=${encodeURIComponent(stream.includes('@') ? stream : `${stream}@0`)}`)
    .join('&')
  return new Promise((resolve, reject) => {
    const request = get(`${url}/api/feed?${query}`, { agent, headers: { cookie } }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`The feed was answered ${response.statusCode}.`))
      if (onText) response.setEncoding('utf8').on('data', onText)
      else response.resume()
      response.on('error', () => undefined)
      resolve({ close: () => request.destroy() })
    })
    request.on('error', reject)
  })
}
