import type { Menu } from '#shared/menu/menu.ts'
import { withSeasons } from '#shared/menu/seasons.ts'
import type { Outlet } from '#shared/outlet/outlet.ts'
import type { MenuFile } from './menu-file.ts'

/**
 * What one outlet sells, at its own prices and on the days of its own seasons. Categories stay even when this outlet sells nothing in them.
 * `photoById` are the photos that the outlet's items have now.
 */
export function menuForOutlet(
  file: MenuFile,
  outlet: Pick<Outlet, 'slug' | 'seasons'>,
  photoById: ReadonlyMap<string, string | null> = new Map(),
): Omit<Menu, 'id' | 'rev' | 'version'> {
  const prices = file.priceByOutlet.get(outlet.slug)
  const absent = file.notSoldAt.get(outlet.slug)
  return {
    categories: file.categories,
    groups: file.groups,
    items: withSeasons(file.items, outlet.seasons)
      .filter((item) => !absent?.has(item.id))
      .map((item) => ({
        ...item,
        priceRp: prices?.get(item.id) ?? item.priceRp,
        photo: file.keepsPhoto.has(item.id) ? (photoById.get(item.id) ?? null) : item.photo,
      })),
  }
}
