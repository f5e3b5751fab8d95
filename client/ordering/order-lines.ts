import type { Bilingual } from '#shared/kernel/schema.ts'
import type { Menu } from '#shared/menu/menu.ts'
import type { OrderLineRequest } from '#shared/ordering/order.ts'

/** A line that the server has not priced yet, with the names that this phone's menu knows. */
type NamedLine = {
  readonly name: Bilingual
  readonly choices: readonly { readonly name: Bilingual }[]
  readonly quantity: number
  readonly note: string
  readonly unitRp: null
}

/** Names the lines of an unsent order; `unknown` stands for an item that the menu no longer has. */
export function nameLines(
  lines: readonly OrderLineRequest[],
  menu: Menu | undefined,
  unknown: string,
): NamedLine[] {
  const noName = { id: unknown, en: unknown }
  return lines.map(({ itemId, choices, quantity, note }) => ({
    name: menu?.items.find((item) => item.id === itemId)?.name ?? noName,
    choices: choices.flatMap(({ groupId, optionId }) => {
      const group = menu?.groups.find((candidate) => candidate.id === groupId)
      const option = group?.options.find((candidate) => candidate.id === optionId)
      return option ? [{ name: option.name }] : []
    }),
    quantity,
    note,
    unitRp: null,
  }))
}
