// A client that costs the machine little: HTTP/1.1 on kept connections, one request at a time on each.
import { connect, type Socket } from 'node:net'

export type WireAnswer = { readonly status: number; readonly body: string }

/** One kept connection. `exchange` sends a whole request and answers with the whole answer. */
export type Wire = { exchange(request: string): Promise<WireAnswer>; close(): void }

export function requestText(path: string, headers: Readonly<Record<string, string>>, body: string): string {
  const lines = Object.entries({ host: '127.0.0.1', ...headers }).map(([name, value]) => `${name}: ${value}`)
  return `POST ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
}

/** The answer in `text` and how long it is, or null while it is not whole. Latin-1, so that length is bytes. */
function parse(text: string): { answer: WireAnswer; length: number } | null {
  const head = text.indexOf('\r\n\r\n')
  if (head < 0) return null
  const status = Number(text.slice(9, 12))
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, head + 2))?.[1]
  if (length !== undefined) {
    const end = head + 4 + Number(length)
    return text.length < end ? null : { answer: { status, body: text.slice(head + 4, end) }, length: end }
  }
  let body = ''
  for (let at = head + 4; ; ) {
    const line = text.indexOf('\r\n', at)
    if (line < 0) return null
    const size = Number.parseInt(text.slice(at, line), 16)
    const end = line + 2 + size + 2
    if (text.length < end) return null
    if (size === 0) return { answer: { status, body }, length: end }
    body += text.slice(line + 2, line + 2 + size)
    at = end
  }
}

function opened(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    socket.once('connect', () => resolve(socket))
    socket.once('error', reject)
  })
}

export async function openWire(port: number): Promise<Wire> {
  const socket = await opened(port)
  socket.setEncoding('latin1')
  let received = ''
  let waiting: { resolve: (answer: WireAnswer) => void; reject: (error: Error) => void } | null = null
  socket.on('data', (text: string) => {
    received += text
    const parsed = parse(received)
    if (!parsed) return
    received = received.slice(parsed.length)
    waiting?.resolve(parsed.answer)
  })
  const ended = () => new Error('The connection ended.')
  const fail = () => waiting?.reject(ended())
  socket.on('error', fail)
  socket.on('close', fail)
  return {
    exchange: (request) =>
      new Promise((resolve, reject) => {
        if (socket.destroyed || !socket.writable) return reject(ended())
        waiting = { resolve, reject }
        socket.write(request)
      }),
    close: () => socket.destroy(),
  }
}
