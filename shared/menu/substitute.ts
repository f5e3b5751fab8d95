// What to offer when something is sold out: the likeliest thing of the same category that can be had.
// As it is made by default it never brings an allergen that the first choice's recipe had not, and it never
// breaks a diet that the first choice kept.
import { allergensOf } from './allergens.ts'
import { defaultChoices } from './choices.ts'
import type { Item, Menu } from './menu.ts'

const NEGLIGIBLE_WORDS = new Set(['es', 'kopi', 'dan', 'the', 'and', 'iced', 'hot', 'panas', '&'])

function isSafeFor(item: Item, candidate: Item, menu: Pick<Menu, 'groups'>): boolean {
  return (
    allergensOf(candidate, menu, defaultChoices(candidate, menu)).every((allergen) =>
      item.allergens.includes(allergen),
    ) && item.diets.every((diet) => candidate.diets.includes(diet))
  )
}

function wordsOf(item: Item): readonly string[] {
  const words = item.name.id.toLowerCase().split(/\s+/)
  return words.filter((word) => !NEGLIGIBLE_WORDS.has(word))
}

/** How unlike two items are: 0 for twins; a price twice as high weighs as much as another vessel. */
function distance(item: Item, candidate: Item): number {
  const dearer = Math.max(item.priceRp, candidate.priceRp, 1)
  const priceGap = Math.abs(item.priceRp - candidate.priceRp) / dearer
  const own = wordsOf(item)
  const sharedWords = wordsOf(candidate).filter((word) => own.includes(word)).length
  const sharedBadges = candidate.badges.filter((badge) => item.badges.includes(badge)).length
  const sharedGroups = candidate.groupIds.filter((groupId) => item.groupIds.includes(groupId)).length
  const unlikeGroups = 1 - sharedGroups / Math.max(1, item.groupIds.length, candidate.groupIds.length)
  const otherVessel = candidate.picture.kind === item.picture.kind ? 0 : 0.5
  return priceGap + otherVessel + unlikeGroups * 0.5 - sharedWords * 0.15 - sharedBadges * 0.1
}

/** The closest item that `isOrderable` (sold now, not sold out), or null; ties go by the menu's order. */
export function substituteFor(
  item: Item,
  menu: Pick<Menu, 'items' | 'groups'>,
  isOrderable: (candidate: Item) => boolean,
): Item | null {
  let closest: Item | null = null
  let least = Number.POSITIVE_INFINITY
  for (const candidate of menu.items) {
    if (candidate.id === item.id || candidate.categoryId !== item.categoryId) continue
    if (!isSafeFor(item, candidate, menu) || !isOrderable(candidate)) continue
    const unlike = distance(item, candidate)
    if (unlike < least) {
      closest = candidate
      least = unlike
    }
  }
  return closest
}
