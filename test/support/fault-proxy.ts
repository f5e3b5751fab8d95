// A bad network between a client and 127.0.0.1: each armed fault befalls the next request that comes.
import { createServer, connect as dial, type Socket } from 'node:net'

export type Fault =
  /** The request never arrives. */
  | { readonly kind: 'drop' }
  /** Only the first bytes of the request arrive. */
  | { readonly kind: 'cut_request'; readonly afterBytes: number }
  /** The request arrives, the answer comes `ms` late. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** The request arrives and is answered; the client gets the first bytes of the answer, then the end. */
  | { readonly kind: 'cut_answer'; readonly afterBytes: number; readonly onAnswer?: () => void }
  /** The same with a reset, as when a phone changes from Wi-Fi to mobile data. */
  | { readonly kind: 'reset'; readonly afterBytes: number }
  /** The answer is swallowed and the connection stays open. */
  | { readonly kind: 'hang' }
  /** The client is told the end of what comes, before anything came; what it sends still arrives. */
  | { readonly kind: 'half_close' }

export type FaultProxy = {
  readonly port: number
  /** Befalls the next request, on a new or a kept connection; several are used up in turn. */
  arm(...faults: readonly Fault[]): void
  /** Faults that no request has met yet. */
  armed(): number
  close(): Promise<void>
}

function answerWith(fault: Fault | null, client: Socket, answer: Buffer, passed: number): void {
  if (!fault) {
    client.write(answer)
    return
  }
  if (fault.kind === 'hang' || fault.kind === 'half_close') return
  if (fault.kind === 'delay') {
    setTimeout(() => client.write(answer), fault.ms)
    return
  }
  const rest = 'afterBytes' in fault ? Math.max(0, fault.afterBytes - passed) : 0
  if (fault.kind === 'cut_answer') fault.onAnswer?.()
  const end = () => (fault.kind === 'reset' ? client.resetAndDestroy() : client.destroy())
  if (rest > 0) client.write(answer.subarray(0, rest), end)
  else end()
}

/** Listens on a port of its own and passes everything on to `targetPort`, but for the faults. */
export function startFaultProxy(targetPort: number): Promise<FaultProxy> {
  const waiting: Fault[] = []
  const sockets = new Set<Socket>()

  function connection(client: Socket): void {
    const server = dial({ port: targetPort, host: '127.0.0.1' })
    let fault: Fault | null = null
    let requested = 0
    let answered = 0
    for (const socket of [client, server]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
    }
    client.on('data', (chunk: Buffer) => {
      // A request begins where the last one was answered.
      if (answered > 0 || requested === 0) {
        fault = waiting.shift() ?? null
        answered = 0
        requested = 0
      }
      const before = requested
      requested += chunk.length
      if (fault?.kind === 'drop') client.destroy()
      else if (fault?.kind === 'cut_request' && requested > fault.afterBytes) {
        server.write(chunk.subarray(0, Math.max(0, fault.afterBytes - before)), () => server.destroy())
        client.destroy()
      } else {
        server.write(chunk)
        if (fault?.kind === 'half_close' && before === 0) client.end()
      }
    })
    server.on('data', (chunk: Buffer) => {
      answerWith(fault, client, chunk, answered)
      answered += chunk.length
    })
    server.on('close', () => {
      sockets.delete(server)
      if (fault?.kind !== 'hang') client.destroy()
    })
    client.on('close', () => {
      sockets.delete(client)
      server.destroy()
    })
  }

  const listener = createServer({ allowHalfOpen: true }, connection)
  return new Promise((resolve) => {
    listener.listen(0, '127.0.0.1', () => {
      const address = listener.address()
      resolve({
        port: typeof address === 'object' && address ? address.port : 0,
        arm: (...faults) => {
          waiting.push(...faults)
        },
        armed: () => waiting.length,
        close: () =>
          new Promise((done) => {
            for (const socket of sockets) socket.destroy()
            listener.close(() => done())
          }),
      })
    })
  })
}
