// A client as the sender is one: the same id and the same arguments until the server answers for good.
import type { CommandAnswer } from '#shared/protocol.ts'
import { type Cart, makeId, type Phone, placeArgs } from '../support/busy-shop.ts'
import { openWire, requestText, type Wire, type WireAnswer } from '../support/wire.ts'

export type Acknowledged = { readonly orderId: string; readonly totalRp: number; readonly tries: number }

// Longer than twenty kills take on a machine that is busy with other things.
const GIVE_UP_MS = 180_000
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Connections that wait for a request, by port: a client as fetch makes one costs more than the server's own work. */
const kept = new Map<number, Wire[]>()

async function exchange(port: number, request: string): Promise<WireAnswer> {
  const idle = kept.get(port) ?? []
  kept.set(port, idle)
  const wire = idle.pop() ?? (await openWire(port))
  const timer = setTimeout(() => wire.close(), 5000)
  try {
    const answer = await wire.exchange(request)
    idle.push(wire)
    return answer
  } finally {
    clearTimeout(timer)
  }
}

/** One attempt: the answer, or null when nobody knows. */
async function attempt(url: string, phone: Phone, id: string, args: unknown): Promise<CommandAnswer | null> {
  const headers = { 'content-type': 'application/json', 'idempotency-key': id, cookie: phone.cookie }
  const request = requestText('/api/commands/order.place', headers, JSON.stringify(args))
  try {
    const { status, body } = await exchange(Number(new URL(url).port), request)
    return status >= 500 ? null : (JSON.parse(body) as CommandAnswer)
  } catch {
    return null
  }
}

/** Places one order; throws when it is refused or nobody answers for three minutes. `url` is asked anew for each try. */
export async function placeStubbornly(url: () => string, phone: Phone, cart: Cart): Promise<Acknowledged> {
  const id = makeId('cmd')
  const args = placeArgs(cart, phone.token)
  const sinceMs = Date.now()
  for (let tries = 1; Date.now() - sinceMs < GIVE_UP_MS; tries++) {
    const answer = await attempt(url(), phone, id, args)
    if (answer?.ok) {
      const { orderId, totalRp } = answer.result as { orderId: string; totalRp: number }
      return { orderId, totalRp, tries }
    }
    if (answer) throw new Error(`An order was refused: ${JSON.stringify(answer.refusal)}`)
    await pause(20 + Math.random() * 60)
  }
  throw new Error('Nobody answered for three minutes.')
}
