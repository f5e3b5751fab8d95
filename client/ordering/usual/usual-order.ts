// What this phone orders again and again, and how it likes each item. Pure, from its own past orders.
import type { Choice } from '#shared/menu/choices.ts'
import type { OrderLineRequest } from '#shared/ordering/order.ts'

/** A line that this phone ordered once, and when. */
export type PastLine = Pick<OrderLineRequest, 'itemId' | 'choices' | 'quantity'> & { readonly atMs: number }

export type Usual = { readonly itemId: string; readonly choices: readonly Choice[] }

function keyOf({ itemId, choices }: Usual): string {
  return JSON.stringify([itemId, choices.map(({ groupId, optionId }) => `${groupId}:${optionId}`).sort()])
}

/** The choices of each item as they were last time. */
export function lastChoices(past: readonly PastLine[]): ReadonlyMap<string, readonly Choice[]> {
  const newestLast = [...past].sort((a, b) => a.atMs - b.atMs)
  return new Map(newestLast.map(({ itemId, choices }) => [itemId, choices]))
}

/** The wishes ordered most often, of equals the latest, the first `most` of them that `canOrder`. */
export function usualsOf(
  past: readonly PastLine[],
  canOrder: (usual: Usual) => boolean,
  most: number,
): readonly Usual[] {
  const tallies = new Map<string, { usual: Usual; times: number; atMs: number }>()
  for (const { itemId, choices, atMs } of past) {
    const usual = { itemId, choices: choices.map(({ groupId, optionId }) => ({ groupId, optionId })) }
    const key = keyOf(usual)
    const before = tallies.get(key)
    tallies.set(key, { usual, times: (before?.times ?? 0) + 1, atMs: Math.max(atMs, before?.atMs ?? 0) })
  }
  return [...tallies.values()]
    .sort((a, b) => b.times - a.times || b.atMs - a.atMs)
    .map(({ usual }) => usual)
    .filter(canOrder)
    .slice(0, most)
}
