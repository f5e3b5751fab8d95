// What a guest chooses with an item. A choice names its group and its option; each option counts once.
// A group asks for `min` to `max` choices. The price is the item's plus the differences of its choices,
// and never less than nothing.
import * as v from 'valibot'
import { assert } from '../kernel/assert.ts'
import { ok, type Refusal, type Result, refuse } from '../kernel/result.ts'
import { list, slug } from '../kernel/schema.ts'
import type { Item, Menu, OptionGroup } from './menu.ts'

export const MAX_CHOICES = 30

export const choiceSchema = v.strictObject({ groupId: slug, optionId: slug })
export type Choice = v.InferOutput<typeof choiceSchema>

/** A cart's worth of choices on one line. */
export const choicesSchema = list(choiceSchema, MAX_CHOICES)

type ChoicesRefusal =
  | (Refusal<'choices.too_few'> & { readonly groupId: string; readonly min: number })
  | (Refusal<'choices.too_many'> & { readonly groupId: string; readonly max: number })
  | (Refusal<'choices.unknown_group'> & { readonly groupId: string })
  | (Refusal<'choices.unknown_option'> & { readonly groupId: string; readonly optionId: string })
  | (Refusal<'choices.repeated_option'> & { readonly groupId: string; readonly optionId: string })

/** The option groups of `item` in the order that they are asked. */
export function groupsOf(item: Item, menu: Pick<Menu, 'groups'>): readonly OptionGroup[] {
  return item.groupIds.map((groupId) => {
    const group = menu.groups.find((candidate) => candidate.id === groupId)
    assert(group !== undefined, `item ${item.id} asks for the group ${groupId}, which the menu has not`)
    return group
  })
}

/** What is chosen before the guest has touched anything; may be refused where a required group has no default. */
export function defaultChoices(item: Item, menu: Pick<Menu, 'groups'>): readonly Choice[] {
  return groupsOf(item, menu).flatMap((group) =>
    group.options
      .filter((option) => option.isDefault)
      .map((option) => ({ groupId: group.id, optionId: option.id })),
  )
}

/**
 * The same choices in the menu's order, so that equal drinks are equal data; or the first thing wrong:
 * a group or option that the item has not, an option named twice, too few or too many of a group.
 */
export function checkChoices(
  item: Item,
  menu: Pick<Menu, 'groups'>,
  choices: readonly Choice[],
): Result<readonly Choice[], ChoicesRefusal> {
  const seen = new Set<string>()
  for (const { groupId, optionId } of choices) {
    if (!item.groupIds.includes(groupId)) return refuse({ code: 'choices.unknown_group', groupId })
    const key = `${groupId} ${optionId}`
    if (seen.has(key)) return refuse({ code: 'choices.repeated_option', groupId, optionId })
    seen.add(key)
  }
  const ordered: Choice[] = []
  for (const group of groupsOf(item, menu)) {
    const groupId = group.id
    const wanted = choices.filter((choice) => choice.groupId === groupId)
    const unknown = wanted.find(({ optionId }) => !group.options.some((option) => option.id === optionId))
    if (unknown) return refuse({ code: 'choices.unknown_option', groupId, optionId: unknown.optionId })
    if (wanted.length < group.min) return refuse({ code: 'choices.too_few', groupId, min: group.min })
    if (wanted.length > group.max) return refuse({ code: 'choices.too_many', groupId, max: group.max })
    for (const option of group.options) {
      const isWanted = wanted.some(({ optionId }) => optionId === option.id)
      if (isWanted) ordered.push({ groupId, optionId: option.id })
    }
  }
  return ok(ordered)
}

/** The price of one, in rupiah, with choices that `checkChoices` has accepted. */
export function unitPriceRp(item: Item, menu: Pick<Menu, 'groups'>, choices: readonly Choice[]): number {
  let priceRp = item.priceRp
  for (const { groupId, optionId } of choices) {
    const group = menu.groups.find((candidate) => candidate.id === groupId)
    const option = group?.options.find((candidate) => candidate.id === optionId)
    assert(option !== undefined, `unitPriceRp takes checked choices, not ${groupId} ${optionId}`)
    priceRp += option.differenceRp
  }
  return Math.max(0, priceRp)
}
