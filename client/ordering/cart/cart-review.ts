// Holds a cart against the menu as it is now. What has changed is named line by line, and nothing is
// sent before the guest has said yes to each change: a price never rises silently.
import type { Bilingual } from '#shared/kernel/schema.ts'
import { isAvailable, isOffSeason, type NextAvailable, nextAvailable } from '#shared/menu/availability.ts'
import { type Choice, checkChoices, defaultChoices, groupsOf, unitPriceRp } from '#shared/menu/choices.ts'
import type { Item } from '#shared/menu/menu.ts'
import { substituteFor } from '#shared/menu/substitute.ts'
import type { Quote } from '#shared/ordering/order.ts'
import { type PricingFacts, priceOrder } from '#shared/ordering/pricing.ts'
import { type CartLine, nameFromId, requestOf } from './cart-lines.ts'

type OffSeason = {
  readonly kind: 'off_season'
  readonly season: Bilingual
  readonly next: NextAvailable | null
  readonly substitute: Item | null
}

type LineProblem =
  | { readonly kind: 'gone' | 'sold_out' | 'not_now'; readonly substitute: Item | null }
  | OffSeason
  /** Some choices are no longer offered, or the item now asks for more; `repaired` would be possible. */
  | {
      readonly kind: 'choices'
      readonly lost: readonly Bilingual[]
      readonly repaired: readonly Choice[] | null
    }
  | { readonly kind: 'price'; readonly fromRp: number; readonly toRp: number }

export type ReviewedLine = {
  readonly line: CartLine
  readonly name: Bilingual
  /** The item as the menu has it now. */
  readonly item: Item | null
  /** The price of one now; null while it cannot be ordered as it stands. */
  readonly unitRp: number | null
  readonly problem: LineProblem | null
}

export type CartReview = {
  readonly lines: readonly ReviewedLine[]
  readonly problems: number
  /** Of the lines that can be ordered; null when there are none. */
  readonly quote: Quote | null
  readonly isTooExpensive: boolean
}

function isOrderable(item: Item, facts: PricingFacts): boolean {
  return !facts.soldOut.has(item.id) && isAvailable(item, facts.moment, facts.orderType)
}

/** The choices that are left, completed with the defaults of groups that ask for more; null when that fails. */
export function repairChoices(
  item: Item,
  choices: readonly Choice[],
  facts: PricingFacts,
): readonly Choice[] | null {
  const defaults = defaultChoices(item, facts.menu)
  const kept = groupsOf(item, facts.menu).flatMap((group) => {
    const left = choices.filter(
      (choice) =>
        choice.groupId === group.id && group.options.some((option) => option.id === choice.optionId),
    )
    return left.length >= group.min
      ? left.slice(0, group.max)
      : defaults.filter((choice) => choice.groupId === group.id)
  })
  const checked = checkChoices(item, facts.menu, kept)
  return checked.ok ? checked.value : null
}

function lostChoices(item: Item, line: CartLine, facts: PricingFacts): Bilingual[] {
  const groups = groupsOf(item, facts.menu)
  return line.choices
    .filter(({ groupId, optionId }) => {
      const group = groups.find((candidate) => candidate.id === groupId)
      return !group?.options.some((option) => option.id === optionId)
    })
    .map((choice) => choice.name)
}

type Block = { readonly kind: 'gone' | 'sold_out' | 'not_now' } | Omit<OffSeason, 'substitute'>

/** Why it cannot be ordered. What is sold out of season is told its season: tomorrow brings it no nearer. */
function blockOf(item: Item | null, { moment, orderType, soldOut }: PricingFacts): Block {
  if (!item) return { kind: 'gone' }
  const { season } = item.availability
  if (season && isOffSeason(item, moment, orderType)) {
    return { kind: 'off_season', season: season.name, next: nextAvailable(item, moment, orderType) }
  }
  return { kind: soldOut.has(item.id) ? 'sold_out' : 'not_now' }
}

function reviewLine(line: CartLine, facts: PricingFacts): ReviewedLine {
  const item = facts.menu.items.find((candidate) => candidate.id === line.itemId) ?? null
  const name = item?.name ?? line.item?.name ?? nameFromId(line.itemId)
  const blocked = { line, name, item, unitRp: null }
  if (!item || !isOrderable(item, facts)) {
    const wanted = item ?? line.item
    const substitute =
      wanted && substituteFor(wanted, facts.menu, (candidate) => isOrderable(candidate, facts))
    return { ...blocked, problem: { ...blockOf(item, facts), substitute } }
  }
  const choices = checkChoices(item, facts.menu, requestOf(line).choices)
  if (!choices.ok) {
    const lost = lostChoices(item, line, facts)
    return {
      ...blocked,
      problem: { kind: 'choices', lost, repaired: repairChoices(item, line.choices, facts) },
    }
  }
  const unitRp = unitPriceRp(item, facts.menu, choices.value)
  const hasChanged = line.shownUnitRp !== null && line.shownUnitRp !== unitRp
  const problem: LineProblem | null = hasChanged
    ? { kind: 'price', fromRp: line.shownUnitRp, toRp: unitRp }
    : null
  return { line, name, item, unitRp, problem }
}

export function reviewCart(lines: readonly CartLine[], facts: PricingFacts): CartReview {
  const reviewed = lines.map((line) => reviewLine(line, facts))
  const orderable = reviewed.filter((each) => each.unitRp !== null).map((each) => requestOf(each.line))
  const priced = orderable.length > 0 ? priceOrder(orderable, facts) : null
  return {
    lines: reviewed,
    problems: reviewed.filter((each) => each.problem !== null).length,
    quote: priced?.ok ? priced.value.quote : null,
    isTooExpensive: priced?.ok === false && priced.refusal.code === 'order.too_expensive',
  }
}
