// Writes a menu in the format that `parseMenuFile` reads, so that a manager can download the present
// menu, change it in a spreadsheet and hand it back.
import type { Item, Menu, Option } from '#shared/menu/menu.ts'
import { WEEKDAYS } from './menu-cells.ts'
import { MENU_COLUMNS, type MenuFile } from './menu-file.ts'
import { MENU_NOTES } from './menu-notes.ts'

/**
 * Text that a spreadsheet would run as a formula gets an apostrophe in front; the parser takes one away
 * again. Numbers and the file's own markers are written by `plain` and stay as they are.
 */
function guarded(text: string): string {
  return quoted(/^[=+\-@\t\r']/.test(text) ? `'${text}` : text)
}

function quoted(text: string): string {
  return /[",;\n\r]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The CSV text of `file` below its explanation. Starts with a byte order mark, without which Excel garbles accents. */
export function menuToCsv(file: MenuFile, delimiter: ',' | ';' = ','): string {
  const lines: string[] = [...MENU_NOTES]
  const row = (cells: readonly string[]) => lines.push(cells.join(delimiter))
  const outlets = [...file.priceByOutlet.keys()]
  const heading = (kind: keyof typeof MENU_COLUMNS, extra: readonly string[] = []) =>
    row([`@${kind}`, ...MENU_COLUMNS[kind].required, ...MENU_COLUMNS[kind].other, ...extra])

  heading('category')
  for (const { id, name } of file.categories) row(['', id, guarded(name.id), guarded(name.en)])
  heading('group')
  for (const { id, name, min, max } of file.groups) {
    row(['', id, guarded(name.id), guarded(name.en), String(min), String(max)])
  }
  heading('option')
  for (const group of file.groups) {
    for (const option of group.options) row(['', group.id, ...optionCells(option)])
  }
  heading(
    'item',
    outlets.map((outlet) => `price:${outlet}`),
  )
  for (const item of file.items) {
    const own = outlets.map((outlet) => {
      if (file.notSoldAt.get(outlet)?.has(item.id)) return '-'
      return String(file.priceByOutlet.get(outlet)?.get(item.id) ?? '')
    })
    row(['', ...itemCells(item), ...own])
  }
  return `\ufeff${lines.join('\r\n')}\r\n`
}

/** One option's cells after its group, in the order of MENU_COLUMNS.option. */
function optionCells({ id, name, differenceRp, isDefault, allergens }: Option): string[] {
  const difference = differenceRp === 0 ? '' : String(differenceRp)
  return [id, guarded(name.id), guarded(name.en), difference, isDefault ? 'ya' : '', allergens.join(' ')]
}

/** One item's cells in the order of MENU_COLUMNS.item. */
function itemCells(item: Item): string[] {
  const { availability, picture } = item
  return [
    item.id,
    item.categoryId,
    ...[item.name.id, item.name.en, item.description.id, item.description.en].map(guarded),
    String(item.priceRp),
    picture.kind,
    picture.colour,
    String(item.prepMinutes),
    item.groupIds.join(' '),
    picture.second ?? '',
    item.photo ?? '',
    item.badges.join(' '),
    item.allergens.join(' '),
    item.diets.join(' '),
    (availability.weekdays ?? []).map((day) => WEEKDAYS[day]?.[0] ?? '').join(' '),
    availability.from ?? '',
    availability.until ?? '',
    guarded(availability.season?.name.id ?? ''),
    availability.orderTypes.join(' '),
    guarded(item.searchWords),
  ]
}

/**
 * One file from the menus that the outlets have now. The first outlet's price is the common one; another
 * outlet's price is written where it differs, and "-" where it does not sell the item.
 */
export function menuFileOf(
  menus: ReadonlyMap<string, Pick<Menu, 'categories' | 'groups' | 'items'>>,
): MenuFile {
  const all = [...menus.values()]
  const items = merged(all.map((menu) => menu.items))
  const priceByOutlet = new Map<string, ReadonlyMap<string, number>>()
  const notSoldAt = new Map<string, ReadonlySet<string>>()
  for (const [outlet, menu] of menus) {
    const own = new Map(menu.items.map((item) => [item.id, item.priceRp]))
    const differing = items.filter((item) => own.has(item.id) && own.get(item.id) !== item.priceRp)
    priceByOutlet.set(outlet, new Map(differing.map((item) => [item.id, own.get(item.id) ?? item.priceRp])))
    notSoldAt.set(outlet, new Set(items.filter((item) => !own.has(item.id)).map((item) => item.id)))
  }
  return {
    categories: merged(all.map((menu) => menu.categories)),
    groups: merged(all.map((menu) => menu.groups)),
    items,
    priceByOutlet,
    notSoldAt,
    keepsPhoto: new Set(),
  }
}

/** All entries once, the first list's order kept; what only a later list has follows its neighbour there. */
function merged<T extends { readonly id: string }>(lists: readonly (readonly T[])[]): T[] {
  const result: T[] = []
  for (const list of lists) {
    let place = 0
    for (const entry of list) {
      const known = result.findIndex((other) => other.id === entry.id)
      if (known === -1) result.splice(place, 0, entry)
      place = known === -1 ? place + 1 : known + 1
    }
  }
  return result
}
