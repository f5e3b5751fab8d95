// The menu as the page shows it: what people like best comes first, then the menu's own order. Pure.
import type { Bilingual } from '#shared/kernel/schema.ts'
import type { Item, Menu } from '#shared/menu/menu.ts'

export type MenuSection = {
  readonly id: string
  /** Null for the favourites, which are named by the dictionary. */
  readonly name: Bilingual | null
  readonly items: readonly Item[]
}

export const FAVOURITES = 'favorit'
/** More would push the menu itself out of sight. */
const MAX_FAVOURITES = 6

export function sectionsOf(menu: Pick<Menu, 'categories' | 'items'>): readonly MenuSection[] {
  const favourites = menu.items.filter((item) => item.badges.includes('favourite')).slice(0, MAX_FAVOURITES)
  const sections = menu.categories.map((category) => ({
    id: category.id,
    name: category.name,
    items: menu.items.filter((item) => item.categoryId === category.id),
  }))
  return [{ id: FAVOURITES, name: null, items: favourites }, ...sections].filter(
    (section) => section.items.length > 0,
  )
}
