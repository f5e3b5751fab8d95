// A client as the sender is one: the same id and the same arguments until the server answers for good.
import type { CommandAnswer } from '#shared/protocol.ts'
import { type Cart, makeId, type Phone, placeArgs } from '../support/busy-shop.ts'

export type Acknowledged = { readonly orderId: string; readonly totalRp: number; readonly tries: number }

// Longer than twenty kills take on a machine that is busy with other things.
const GIVE_UP_MS = 180_000
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** One attempt: the answer, or null when nobody knows. */
async function attempt(url: string, phone: Phone, id: string, args: unknown): Promise<CommandAnswer | null> {
  try {
    const response = await fetch(`${url}/api/commands/order.place`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': id, cookie: phone.cookie },
      body: JSON.stringify(args),
      signal: AbortSignal.timeout(5000),
    })
    const answer = (await response.json()) as CommandAnswer
    return response.status >= 500 ? null : answer
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
