// What an order costs, decided from ids, options and quantities alone: both sides run this same
// function, the phone to show it, the server to decide it. A price that a phone sends is never used.
import { MAX_RP } from '../kernel/money.ts'
import { ok, type Result, refuse } from '../kernel/result.ts'
import type { LocalMoment } from '../kernel/time.ts'
import { isAvailable } from '../menu/availability.ts'
import { type Choice, checkChoices, unitPriceRp } from '../menu/choices.ts'
import type { Item, Menu, OrderType } from '../menu/menu.ts'
import type { Charges } from '../outlet/outlet.ts'
import { quoteFor } from './charges.ts'
import type { OrderLine, OrderLineRequest, Quote } from './order.ts'

type PricingRefusal =
  | { readonly code: 'order.item_gone'; readonly line: number; readonly itemId: string }
  | { readonly code: 'order.item_sold_out'; readonly line: number; readonly itemId: string }
  | { readonly code: 'order.item_not_now'; readonly line: number; readonly itemId: string }
  | { readonly code: 'order.choices_changed'; readonly line: number; readonly itemId: string }
  | { readonly code: 'order.too_expensive'; readonly maxRp: number }

/** What the price depends on besides the lines. */
export type PricingFacts = {
  readonly menu: Menu
  readonly charges: Charges
  /** Ids of items that are sold out now. */
  readonly soldOut: ReadonlySet<string>
  readonly moment: LocalMoment
  readonly orderType: OrderType
}

export type PricedOrder = { readonly lines: readonly OrderLine[]; readonly quote: Quote }

function priceLine(item: Item, choices: readonly Choice[], line: OrderLineRequest, menu: Menu): OrderLine {
  const named = choices.flatMap((choice) => {
    const group = menu.groups.find((candidate) => candidate.id === choice.groupId)
    const option = group?.options.find((candidate) => candidate.id === choice.optionId)
    return option ? [{ ...choice, name: option.name }] : []
  })
  return {
    itemId: item.id,
    name: item.name,
    choices: named,
    quantity: line.quantity,
    unitRp: unitPriceRp(item, menu, choices),
    prepMinutes: item.prepMinutes,
    note: line.note.trim(),
  }
}

/** The price of `lines` now, or the first line that cannot be ordered as it is. Whole rupiah. */
export function priceOrder(
  lines: readonly OrderLineRequest[],
  facts: PricingFacts,
): Result<PricedOrder, PricingRefusal> {
  const priced: OrderLine[] = []
  for (const [line, wanted] of lines.entries()) {
    const { itemId } = wanted
    const item = facts.menu.items.find((candidate) => candidate.id === itemId)
    if (!item) return refuse({ code: 'order.item_gone', line, itemId })
    if (facts.soldOut.has(itemId)) return refuse({ code: 'order.item_sold_out', line, itemId })
    if (!isAvailable(item, facts.moment, facts.orderType)) {
      return refuse({ code: 'order.item_not_now', line, itemId })
    }
    const choices = checkChoices(item, facts.menu, wanted.choices)
    if (!choices.ok) return refuse({ code: 'order.choices_changed', line, itemId })
    priced.push(priceLine(item, choices.value, wanted, facts.menu))
  }
  const subtotalRp = priced.reduce((sum, line) => sum + line.unitRp * line.quantity, 0)
  if (subtotalRp > MAX_RP / 2) return refuse({ code: 'order.too_expensive', maxRp: MAX_RP / 2 })
  return ok({ lines: priced, quote: quoteFor(subtotalRp, facts.charges) })
}
