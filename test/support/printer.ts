import type { AddressInfo } from 'node:net'
import { createServer, type Server, type Socket } from 'node:net'

/** How the next jobs go: well; without paper; taken and cut off half way; never answering about itself. */
export type PrinterMood = 'well' | 'no_paper' | 'cut_off' | 'mute'

const ASK = Buffer.from([0x10, 0x04, 0x02])
const STATUS = { well: 0x12, no_paper: 0x32 } as const

/** A network printer that keeps what it would have printed: each connection is one job. */
export class FakePrinter {
  mood: PrinterMood = 'well'
  readonly jobs: Buffer[] = []
  readonly #server: Server
  readonly #sockets = new Set<Socket>()

  private constructor() {
    this.#server = createServer((socket) => this.#serve(socket))
  }

  static async open(port = 0): Promise<FakePrinter> {
    const printer = new FakePrinter()
    await new Promise<void>((resolve) => printer.#server.listen(port, '127.0.0.1', resolve))
    return printer
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  get address(): string {
    return `tcp://127.0.0.1:${this.port}`
  }

  #serve(socket: Socket): void {
    const parts: Buffer[] = []
    this.#sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('data', (bytes: Buffer) => {
      if (bytes.subarray(0, 3).equals(ASK)) {
        if (this.mood !== 'mute')
          socket.write(Buffer.of(STATUS[this.mood === 'no_paper' ? 'no_paper' : 'well']))
        if (bytes.length === 3) return
        parts.push(bytes.subarray(3))
      } else parts.push(bytes)
      if (this.mood === 'cut_off') socket.resetAndDestroy()
    })
    socket.on('close', () => {
      this.#sockets.delete(socket)
      if (parts.length > 0) this.jobs.push(Buffer.concat(parts))
    })
  }

  /** The letters of a job, line by line, without the printer's orders. */
  text(job = this.jobs.length - 1): string[] {
    const bytes = this.jobs[job] ?? Buffer.alloc(0)
    return printedText(bytes)
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }
}

/** How many bytes follow each order that our receipts use. */
const ORDER_BYTES: Readonly<Record<string, number>> = {
  '1b40': 0,
  '1b74': 1,
  '1b61': 1,
  '1b21': 1,
  '1b64': 1,
  '1d56': 2,
}

/** What stands on the paper; throws at an order that a receipt has no business to give. */
export function printedText(bytes: Uint8Array): string[] {
  let text = ''
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    if (byte === 0x1b || byte === 0x1d) {
      const order = Buffer.from(bytes.subarray(at, at + 2)).toString('hex')
      const length = ORDER_BYTES[order]
      if (length === undefined) throw new Error(`A receipt gives the order ${order}.`)
      at += 1 + length
    } else text += String.fromCharCode(byte)
  }
  return text.split('\n').slice(0, -1)
}
