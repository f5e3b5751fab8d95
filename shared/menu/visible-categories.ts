// Which categories a guest is shown. All outlets share one list of categories, and an outlet may sell
// nothing of one; an empty heading would only be a tap for nothing.
import type { Category, Menu } from './menu.ts'

/** The categories that hold at least one item, in the menu's order; what is sold out still counts. */
export function visibleCategories(menu: Pick<Menu, 'categories' | 'items'>): readonly Category[] {
  const used = new Set(menu.items.map((item) => item.categoryId))
  return menu.categories.filter((category) => used.has(category.id))
}
