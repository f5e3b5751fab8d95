import { connect, type Socket } from 'node:net'
import type { Print } from '#shared/payment/printing.ts'
import { hasLedHere } from './printer-place.ts'

export type PrintTrouble = NonNullable<Print['trouble']>

const CONNECT_MS = 4000
/** A printer that answers at all answers at once; many never do. */
const STATUS_MS = 400
/** From the first byte until the printer has taken the last. */
const WRITE_MS = 15_000

/** Asks at once, past everything that is waiting, why it would not print. */
const ASK_OFFLINE_CAUSE = Uint8Array.of(0x10, 0x04, 0x02)
const COVER_OPEN = 0x04
const PAPER_END = 0x20
/** The bits that are the same in every such answer. */
const FIXED_BITS = 0x93
const FIXED_VALUE = 0x12

function isLinkLocal(address: string | undefined): boolean {
  return address === undefined || /^(?:::ffff:)?169\.254\.|^fe80:/i.test(address)
}

function opened(host: string, port: number, mayPrintHere: boolean): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: CONNECT_MS })
    const giveUp = () => {
      socket.destroy()
      resolve(null)
    }
    socket.once('timeout', giveUp)
    socket.once('error', giveUp)
    socket.once('connect', () => {
      socket.removeAllListeners()
      socket.setTimeout(0)
      // A name may lead to where a cloud keeps its keys, or back to this server; nothing is said there.
      const { remoteAddress, localAddress } = socket
      const isOwn = !mayPrintHere && hasLedHere(remoteAddress, localAddress)
      if (isOwn || isLinkLocal(remoteAddress)) giveUp()
      else resolve(socket)
    })
  })
}

/** True when the printer says that it has no paper or stands open; silence says nothing. */
function isWithoutPaper(socket: Socket): Promise<boolean> {
  return new Promise((resolve) => {
    const done = (is: boolean) => {
      clearTimeout(timer)
      socket.off('data', onData)
      resolve(is)
    }
    const onData = (answer: Buffer) => {
      const [status = 0] = answer
      done((status & FIXED_BITS) === FIXED_VALUE && (status & (COVER_OPEN | PAPER_END)) !== 0)
    }
    const timer = setTimeout(() => done(false), STATUS_MS)
    socket.on('data', onData)
    socket.write(ASK_OFFLINE_CAUSE)
  })
}

/** Hands the bytes over and waits until the printer's side has closed too: then it has read them all. */
function written(socket: Socket, bytes: Uint8Array): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      socket.destroy()
      resolve(false)
    }, WRITE_MS)
    socket.once('close', (hadError) => {
      clearTimeout(timer)
      resolve(!hadError)
    })
    socket.resume()
    socket.end(bytes)
  })
}

/** Prints `bytes` at `tcp://host:port`; null when the printer took them all. */
export async function sendPrint(
  address: string,
  bytes: Uint8Array,
  mayPrintHere: boolean,
): Promise<PrintTrouble | null> {
  const { hostname, port } = new URL(address)
  const socket = await opened(hostname, Number(port), mayPrintHere)
  if (!socket) return 'unreachable'
  let isBroken = false
  socket.on('error', () => {
    isBroken = true
  })
  if (await isWithoutPaper(socket)) {
    socket.destroy()
    return 'no_paper'
  }
  // Broken before a byte of the receipt went out: nothing is on the paper.
  if (isBroken || socket.destroyed) return 'unreachable'
  return (await written(socket, bytes)) ? null : 'cut_off'
}
