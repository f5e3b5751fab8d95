// The cart as data: lines that somebody has chosen on this phone and not sent yet, and every change to them. Pure.
import type { Bilingual } from '#shared/kernel/schema.ts'
import type { Choice } from '#shared/menu/choices.ts'
import type { Item, Menu } from '#shared/menu/menu.ts'
import { MAX_LINES, MAX_QUANTITY, type OrderLineRequest } from '#shared/ordering/order.ts'

/** A choice with the name under which it was chosen, so that a lost one can still be spoken of. */
type NamedChoice = Choice & { readonly name: Bilingual }

export type CartLine = {
  readonly key: string
  readonly itemId: string
  /** The item as it was when chosen; null for a line that came back from an order. */
  readonly item: Item | null
  readonly choices: readonly NamedChoice[]
  readonly quantity: number
  readonly note: string
  /** The price of one that this phone has shown and the guest has accepted; null until the menu was seen. */
  readonly shownUnitRp: number | null
}

export type NewLine = Omit<CartLine, 'key'>

export type Added = {
  readonly lines: readonly CartLine[]
  /** `full`: no further line fits; `most`: the line already holds the most of one. Nothing was lost of what was there. */
  readonly outcome: 'added' | 'full' | 'most'
}

/** "es-kopi-susu" → "es kopi susu": a last resort for what has left the menu. */
export function nameFromId(id: string): Bilingual {
  const spoken = id.replaceAll('-', ' ')
  return { id: spoken, en: spoken }
}

export function namedChoices(choices: readonly Choice[], menu: Pick<Menu, 'groups'> | null): NamedChoice[] {
  return choices.map(({ groupId, optionId }) => {
    const group = menu?.groups.find((candidate) => candidate.id === groupId)
    const option = group?.options.find((candidate) => candidate.id === optionId)
    return { groupId, optionId, name: option?.name ?? nameFromId(optionId) }
  })
}

function wishOf(line: Pick<CartLine, 'itemId' | 'choices' | 'note'>): string {
  const choices = line.choices.map(({ groupId, optionId }) => `${groupId}:${optionId}`).sort()
  return JSON.stringify([line.itemId, choices, line.note.trim()])
}

/** Adds a line; an equal wish at an equal price only raises the quantity. */
export function addLine(lines: readonly CartLine[], added: NewLine, key: string): Added {
  const twin = lines.find((line) => wishOf(line) === wishOf(added) && line.shownUnitRp === added.shownUnitRp)
  if (!twin) {
    if (lines.length >= MAX_LINES) return { lines, outcome: 'full' }
    return { lines: [...lines, { ...added, key }], outcome: 'added' }
  }
  const quantity = Math.min(MAX_QUANTITY, twin.quantity + added.quantity)
  const outcome = quantity === twin.quantity + added.quantity ? 'added' : 'most'
  return {
    lines: lines.map((line) => (line === twin ? { ...line, quantity } : line)),
    outcome,
  }
}

export function changeLine(
  lines: readonly CartLine[],
  key: string,
  change: Partial<NewLine>,
): readonly CartLine[] {
  return lines.map((line) => (line.key === key ? { ...line, ...change } : line))
}

export function removeLine(lines: readonly CartLine[], key: string): readonly CartLine[] {
  return lines.filter((line) => line.key !== key)
}

/** Puts a removed line back where it was. */
export function putBack(lines: readonly CartLine[], line: CartLine, place: number): readonly CartLine[] {
  if (lines.some((each) => each.key === line.key)) return lines
  return [...lines.slice(0, place), line, ...lines.slice(place)]
}

export function countOf(lines: readonly CartLine[]): number {
  return lines.reduce((sum, line) => sum + line.quantity, 0)
}

/** How many of an item are in the cart, over all its lines. */
export function countByItemId(lines: readonly CartLine[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { itemId, quantity } of lines) counts.set(itemId, (counts.get(itemId) ?? 0) + quantity)
  return counts
}

/** What the server is told of a line. */
export function requestOf(line: CartLine): OrderLineRequest {
  return {
    itemId: line.itemId,
    choices: line.choices.map(({ groupId, optionId }) => ({ groupId, optionId })),
    quantity: line.quantity,
    note: line.note.trim(),
  }
}
