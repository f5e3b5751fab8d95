// What has to be made, added up over all tickets: the same drink for three tables is one movement of the hand.
import type { Bilingual } from '#shared/kernel/schema.ts'
import type { Order, OrderLine } from '#shared/ordering/order.ts'
import { callNameOf } from '#shared/ordering/pickup.ts'
import { isUnproven } from '../strangers/strangers.ts'

export type ItemVariant = {
  readonly key: string
  readonly choices: OrderLine['choices']
  readonly note: string
  readonly quantity: number
  readonly tables: readonly string[]
}
type ItemCount = {
  readonly itemId: string
  readonly name: Bilingual
  readonly quantity: number
  readonly tables: readonly string[]
  readonly variants: readonly ItemVariant[]
}

type Portion = { readonly line: OrderLine; readonly table: string }

/** Map.groupBy is younger than the tablets on some counters. */
function groupBy(portions: readonly Portion[], keyOf: (portion: Portion) => string): Map<string, Portion[]> {
  const groups = new Map<string, Portion[]>()
  for (const portion of portions) {
    const key = keyOf(portion)
    const group = groups.get(key)
    if (group) group.push(portion)
    else groups.set(key, [portion])
  }
  return groups
}

function total(portions: readonly Portion[]): { quantity: number; tables: string[] } {
  return {
    quantity: portions.reduce((sum, { line }) => sum + line.quantity, 0),
    tables: [...new Set(portions.map(({ table }) => table))],
  }
}

function variantKey(line: OrderLine): string {
  return JSON.stringify([
    line.choices.map(({ groupId, optionId }) => `${groupId}.${optionId}`).sort(),
    line.note,
  ])
}

/**
 * Items of these orders with their quantities, the most first. Held orders wait, and what nobody has
 * vouched for may never be made: neither counts. `placeOf`: where each goes.
 */
export function countItems(
  orders: readonly Order[],
  placeOf: (order: Order) => string = callNameOf,
): readonly ItemCount[] {
  const portions = orders
    .filter((order) => order.heldAtMs === null && !isUnproven(order))
    .flatMap((order) => order.lines.map((line) => ({ line, table: placeOf(order) })))
  return [...groupBy(portions, ({ line }) => line.itemId)]
    .flatMap(([itemId, same]) => {
      const first = same[0]
      if (!first) return []
      const variants = [...groupBy(same, ({ line }) => variantKey(line))].flatMap(([key, alike]) =>
        alike[0] ? [{ key, choices: alike[0].line.choices, note: alike[0].line.note, ...total(alike) }] : [],
      )
      return [{ itemId, name: first.line.name, ...total(same), variants }]
    })
    .sort((a, b) => b.quantity - a.quantity || a.itemId.localeCompare(b.itemId))
}

/** What to make together next: items that accepted, not yet started orders of at least two tickets share. */
export function batchHints(
  orders: readonly Order[],
  placeOf: (order: Order) => string = callNameOf,
): readonly ItemCount[] {
  const waiting = orders.filter((order) => order.status === 'accepted' && order.heldAtMs === null)
  return countItems(waiting, placeOf)
    .filter(
      ({ itemId }) => waiting.filter(({ lines }) => lines.some((line) => line.itemId === itemId)).length > 1,
    )
    .slice(0, 3)
}
