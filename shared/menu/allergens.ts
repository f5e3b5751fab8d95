// What a drink or dish may bring to somebody who must not have it: everything of the recipe, and everything
// of what was chosen with it. A choice only ever adds. Oat milk instead of dairy does not take "milk" off a
// latte: the same jug and spoon serve both, and a wrong "free of" does more harm than a warning too many.
import type { Choice } from './choices.ts'
import { ALLERGENS, type Allergen, type Item, type Menu } from './menu.ts'

/**
 * The allergens of `item` as chosen, each once, in the order of ALLERGENS. A choice that the menu has no
 * longer adds nothing; such a line cannot be ordered.
 */
export function allergensOf(
  item: Item,
  menu: Pick<Menu, 'groups'>,
  choices: readonly Choice[],
): readonly Allergen[] {
  const chosen = choices.flatMap(({ groupId, optionId }) => {
    const group = menu.groups.find((candidate) => candidate.id === groupId)
    return group?.options.find((candidate) => candidate.id === optionId)?.allergens ?? []
  })
  return ALLERGENS.filter((allergen) => item.allergens.includes(allergen) || chosen.includes(allergen))
}
