// The menu as one file that a manager keeps in a spreadsheet. All or nothing: either the whole file
// becomes a menu, or nothing does and every bad line is named. The format is told in README.

import { formatRp } from '#shared/kernel/money.ts'
import { ok, type Refusal, type Result, refuse } from '#shared/kernel/result.ts'
import type { Category, Item, Option, OptionGroup } from '#shared/menu/menu.ts'
import { ORDER_TYPES, PICTURE_KINDS } from '#shared/menu/menu.ts'
import { type Cells, createCells, isSlug, LISTS, type SeasonName } from './menu-cells.ts'
import {
  type Columns,
  createProblems,
  type DataRow,
  type MenuProblem,
  type Problems,
  readRows,
} from './menu-rows.ts'

const MENU_LIMITS = { items: 500, categories: 40, groups: 60, options: 20 } as const

/** A menu for all outlets: prices and absences of single outlets stand beside the items, by outlet slug. */
export type MenuFile = {
  readonly categories: readonly Category[]
  readonly groups: readonly OptionGroup[]
  readonly items: readonly Item[]
  readonly priceByOutlet: ReadonlyMap<string, ReadonlyMap<string, number>>
  readonly notSoldAt: ReadonlyMap<string, ReadonlySet<string>>
  /** Items of which the file says nothing about a photo, having no such column: they keep the one they have. */
  readonly keepsPhoto: ReadonlySet<string>
}

/** `lines` are the first hundred faults in the order of the file, `total` is how many there are. */
type MenuFileRefusal = Refusal<'menu_file.refused'> & {
  readonly lines: readonly MenuProblem[]
  readonly total: number
}

export const MENU_COLUMNS = {
  category: { required: ['id', 'name', 'name_en'], other: [] },
  group: { required: ['id', 'name', 'name_en', 'min', 'max'], other: [] },
  option: { required: ['group', 'id', 'name', 'name_en'], other: ['difference', 'default', 'allergens'] },
  item: {
    required: [
      ...['id', 'category', 'name', 'name_en', 'description', 'description_en'],
      ...['price', 'picture', 'colour', 'prep_minutes'],
    ],
    other: [
      ...['groups', 'second', 'photo', 'badges', 'allergens', 'diets'],
      ...['weekdays', 'from', 'until', 'season', 'order_types', 'search'],
    ],
  },
} as const satisfies Columns

type Read<T> = { readonly value: T; readonly cells: Cells }
type ReadItem = Read<Item> & {
  readonly prices: ReadonlyMap<string, number>
  readonly absent: ReadonlySet<string>
}
type Draft = {
  readonly categories: Map<string, Read<Category>>
  readonly groups: Map<string, Read<OptionGroup>>
  readonly options: Map<string, Map<string, Option>>
  readonly items: Map<string, ReadItem>
}

/** The outlets whose prices a file may give, and the seasons that any of them has. */
export type Named = { readonly slugs: readonly string[]; readonly seasons: readonly SeasonName[] }

/** Reads a whole menu file, which may speak of what is `named`. */
export function parseMenuFile(bytes: Uint8Array, named: Named): Result<MenuFile, MenuFileRefusal> {
  const problems = createProblems()
  const rows = readRows(bytes, MENU_COLUMNS, named.slugs, problems)
  const draft: Draft = { categories: new Map(), groups: new Map(), options: new Map(), items: new Map() }
  if (rows) {
    readAll(rows, draft, named, problems)
    checkReferences(rows, draft, problems)
    const nothing = draft.categories.size === 0 || draft.items.size === 0
    if (nothing && problems.total() === 0) problems.add({ line: 1, row: 1, column: null }, 'file.empty')
  }
  if (problems.total() > 0) {
    const lines = problems.list.toSorted((a, b) => a.line - b.line)
    return refuse({ code: 'menu_file.refused', lines, total: problems.total() })
  }
  return ok(finished(draft, named.slugs))
}

function readAll(rows: readonly DataRow[], draft: Draft, named: Named, problems: Problems) {
  const lineById = new Map<string, number>()
  for (const row of rows) {
    const cells = createCells(row, problems)
    const id = cells.slug('id')
    const key = `${row.kind} ${row.kind === 'option' ? cells.raw('group') : ''} ${id}`
    const before = lineById.get(key)
    if (before !== undefined && id !== '') cells.say('id', 'id.twice', id, String(before))
    lineById.set(key, before ?? row.line)
    if (row.kind === 'category') {
      const value = { id, name: cells.bilingual('name', 40) }
      limited(draft.categories, id, { value, cells }, MENU_LIMITS.categories, 'limit.categories')
    } else if (row.kind === 'group') {
      const value = readGroup(id, cells)
      limited(draft.groups, id, { value, cells }, MENU_LIMITS.groups, 'limit.groups')
    } else if (row.kind === 'option') {
      readOption(id, cells, draft)
    } else {
      limited(draft.items, id, readItem(id, cells, named), MENU_LIMITS.items, 'limit.items')
    }
  }
}

function limited<T extends { readonly cells: Cells }>(
  map: Map<string, T>,
  id: string,
  entry: T,
  max: number,
  code: 'limit.categories' | 'limit.groups' | 'limit.items',
): void {
  if (map.size === max && !map.has(id)) entry.cells.say('id', code, id, String(max))
  if (!map.has(id)) map.set(id, entry)
}

function readGroup(id: string, cells: Cells): OptionGroup {
  const min = cells.whole('min', 0, 10)
  const max = cells.whole('max', 1, 10, 10)
  if (min > max) cells.say('min', 'group.min_over_max', String(min), String(max))
  return { id, name: cells.bilingual('name', 40), min, max, options: [] }
}

function readOption(id: string, cells: Cells, draft: Draft): void {
  const groupId = cells.raw('group')
  if (groupId === '') cells.slug('group')
  const options = draft.options.get(groupId) ?? new Map<string, Option>()
  draft.options.set(groupId, options)
  if (options.size === MENU_LIMITS.options && !options.has(id)) {
    cells.say('group', 'group.too_many_options', groupId, String(MENU_LIMITS.options))
  }
  options.set(id, {
    id,
    name: cells.bilingual('name', 40),
    differenceRp: cells.difference('difference'),
    isDefault: cells.answer('default'),
    allergens: cells.words('allergens', LISTS.allergens),
  })
}

function readItem(id: string, cells: Cells, named: Named): ReadItem {
  const prices = new Map<string, number>()
  const absent = new Set<string>()
  for (const outlet of named.slugs) {
    const column = `price:${outlet}`
    if (cells.raw(column) === '-') absent.add(outlet)
    else if (cells.raw(column) !== '') prices.set(outlet, cells.price(column))
  }
  const from = cells.clock('from')
  const until = cells.clock('until')
  if (from === '24:00') cells.say('from', 'time.start', from)
  if (from !== null && from === until) cells.say('until', 'time.same', until)
  const season = cells.season('season', named.seasons)
  const types = cells.words('order_types', LISTS.order_types)
  const kinds = cells.raw('picture') === '' ? [] : cells.words('picture', PICTURE_KINDS)
  if (kinds.length === 0) cells.text('picture', 40, true)
  if (kinds.length > 1) cells.say('picture', 'word.too_many', '', '1')
  const value: Item = {
    id,
    categoryId: cells.raw('category'),
    name: cells.bilingual('name', 60),
    description: cells.bilingual('description', 200),
    priceRp: cells.price('price'),
    groupIds: cells.slugs('groups', 8),
    picture: {
      kind: kinds[0] ?? 'glass',
      colour: cells.colour('colour', true) ?? '#000000',
      second: cells.colour('second', false),
    },
    photo: cells.photo('photo'),
    badges: cells.words('badges', LISTS.badges),
    allergens: cells.words('allergens', LISTS.allergens),
    diets: cells.words('diets', LISTS.diets),
    prepMinutes: cells.whole('prep_minutes', 0, 60),
    availability: {
      weekdays: cells.weekdays('weekdays'),
      from,
      until,
      ...(season ? { season } : {}),
      orderTypes: types.length > 0 ? types : [...ORDER_TYPES],
    },
    searchWords: cells.text('search', 200, false),
  }
  return { value, cells, prices, absent }
}

function checkReferences(rows: readonly DataRow[], draft: Draft, problems: Problems): void {
  const some = (ids: Iterable<string>) => [...ids].filter(isSlug).slice(0, 20).join(', ')
  const [someGroups, someCategories] = [some(draft.groups.keys()), some(draft.categories.keys())]
  const cheapest = cheapestByGroup(draft)
  for (const row of rows) {
    if (row.kind !== 'option') continue
    const groupId = row.cells.get('group') ?? ''
    if (groupId === '' || draft.groups.has(groupId)) continue
    createCells(row, problems).say('group', 'group.unknown', groupId, someGroups)
  }
  for (const { value, cells } of draft.groups.values()) checkGroup(value, cells, draft)
  for (const [index, item] of [...draft.items.values()].entries()) {
    const { value, cells } = item
    if (value.categoryId === '') cells.slug('category')
    else if (draft.categories.size === 0) {
      // Once: every item has the same fault, and one section mends it.
      if (index === 0) cells.say('category', 'category.none', value.categoryId, '')
    } else if (!draft.categories.has(value.categoryId)) {
      cells.say('category', 'category.unknown', value.categoryId, someCategories)
    }
    for (const groupId of value.groupIds) {
      if (!draft.groups.has(groupId)) {
        cells.say('groups', 'group.unknown', groupId, someGroups)
      }
    }
    checkCheapest(item, cheapest)
  }
}

function checkGroup(group: OptionGroup, cells: Cells, draft: Draft): void {
  const options = [...(draft.options.get(group.id)?.values() ?? [])]
  const needed = Math.max(group.min, 1)
  if (options.length < needed) {
    cells.say('min', 'group.too_few_options', String(options.length), String(needed))
  }
  const defaults = options.filter((option) => option.isDefault).length
  if (defaults > group.max) {
    cells.say('max', 'group.too_many_defaults', String(defaults), String(group.max))
  }
}

/** For each group the lowest sum of differences that a guest can choose in it; zero or less where none must be. */
function cheapestByGroup(draft: Draft): ReadonlyMap<string, number> {
  const sums = [...draft.groups.values()].map(({ value: group }): [string, number] => {
    const options = [...(draft.options.get(group.id)?.values() ?? [])]
    const cheapest = options.map((option) => option.differenceRp).toSorted((a, b) => a - b)
    const sum = cheapest
      .slice(0, group.max)
      .reduce((total, rp, place) => (place < group.min || rp < 0 ? total + rp : total), 0)
    return [group.id, sum]
  })
  return new Map(sums)
}

function checkCheapest({ value, cells, prices }: ReadItem, cheapest: ReadonlyMap<string, number>): void {
  const difference = value.groupIds.reduce((sum, id) => sum + (cheapest.get(id) ?? 0), 0)
  const check = (column: string, priceRp: number) => {
    if (priceRp < 0 || priceRp + difference >= 0 || cells.raw(column) === '') return
    cells.say(column, 'item.below_free', formatRp(priceRp), formatRp(priceRp + difference))
  }
  check('price', value.priceRp)
  for (const [outlet, priceRp] of prices) check(`price:${outlet}`, priceRp)
}

function finished(draft: Draft, outlets: readonly string[]): MenuFile {
  const items = [...draft.items.values()]
  const pricesAt = (outlet: string) =>
    new Map(items.flatMap(({ value, prices }) => pair(value.id, prices.get(outlet))))
  const absentAt = (outlet: string) =>
    new Set(items.filter(({ absent }) => absent.has(outlet)).map(({ value }) => value.id))
  return {
    categories: [...draft.categories.values()].map(({ value }) => value),
    groups: [...draft.groups.values()].map(({ value }) => ({
      ...value,
      options: [...(draft.options.get(value.id)?.values() ?? [])],
    })),
    items: items.map(({ value }) => value),
    keepsPhoto: new Set(items.filter(({ cells }) => !cells.has('photo')).map(({ value }) => value.id)),
    priceByOutlet: new Map(outlets.map((outlet) => [outlet, pricesAt(outlet)])),
    notSoldAt: new Map(outlets.map((outlet) => [outlet, absentAt(outlet)])),
  }
}

function pair(id: string, priceRp: number | undefined): [string, number][] {
  return priceRp === undefined ? [] : [[id, priceRp]]
}
