import { markShape } from '#shared/kernel/mark-shape.ts'
import { formatRp } from '#shared/kernel/money.ts'
import { formatClock, localMoment } from '#shared/kernel/time.ts'
import { isOffSeason } from '#shared/menu/availability.ts'
import { type ItemStatus, isSoldOut } from '#shared/menu/item-status.ts'
import type { Item, Menu } from '#shared/menu/menu.ts'
import { markOf } from '#shared/outlet/mark.ts'
import { isOpenAllDay, openState } from '#shared/outlet/opening-hours.ts'
import type { Outlet } from '#shared/outlet/outlet.ts'
import type { Change } from '#shared/protocol.ts'
import type { Boot } from '#shared/tables/boot.ts'

/** As many items as any first screen shows, and a few more. */
const FIRST_ITEMS = 12

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** JSON that cannot end the script element it stands in. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(/</g, '\\u003c')
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029')
}

function bodies<Body>(changes: readonly Change[], kind: string): Body[] {
  return changes.filter((change) => change.kind === kind).map((change) => change.body as Body)
}

const words = {
  id: {
    hello: ['Pagi Kak,', 'Siang Kak,', 'Sore Kak,', 'Malam Kak,'],
    question: 'mau ngopi apa?',
    search: 'Cari kopi, teh, camilan…',
    favourites: 'Favorit',
    favourite: 'favorit',
    soldOut: 'habis',
    closed: 'Sedang tutup',
    openAllDay: 'Buka 24 jam',
    open: (clock: string) => `Buka sampai ${clock}`,
    table: (label: string) => `Meja ${label}`,
  },
  en: {
    hello: ['Good morning,', 'Hello there,', 'Good afternoon,', 'Good evening,'],
    question: 'what can we make you?',
    search: 'Search coffee, tea, snacks…',
    favourites: 'Favourites',
    favourite: 'favourite',
    soldOut: 'sold out',
    closed: 'Closed now',
    openAllDay: 'Open 24 hours',
    open: (clock: string) => `Open until ${clock.replace('.', ':')}`,
    table: (label: string) => `Table ${label}`,
  },
} as const

function itemRow(item: Item, isOut: boolean, language: 'id' | 'en'): string {
  const badge = isOut
    ? words[language].soldOut
    : item.badges.includes('favourite')
      ? words[language].favourite
      : ''
  const tag = badge && ` <span class="tag">${badge}</span>`
  return `<li class="item${isOut ? ' is-out' : ''}"><span class="item-pic"></span><div><h3 class="item-name">${escapeHtml(item.name[language])}${tag}</h3><p class="item-text">${escapeHtml(item.description[language])}</p><span class="price">${formatRp(item.priceRp)}</span></div><span class="add" aria-hidden="true">+</span></li>`
}

function markTile(mark: string): string {
  return `<span class="mark is-${markShape(mark)}" aria-hidden="true">${escapeHtml(mark)}</span>`
}

/** The outlet whose menu the page opens with. */
export function outletOf(boot: Boot): Outlet | null {
  return bodies<Outlet>(boot.changes, 'outlet')[0] ?? null
}

function head(boot: Boot, outlet: Outlet, language: 'id' | 'en'): string {
  const say = words[language]
  const hour = Math.floor(localMoment(boot.nowMs, outlet.zone).minutes / 60)
  const part = hour >= 4 && hour < 11 ? 0 : hour >= 11 && hour < 15 ? 1 : hour >= 15 && hour < 18 ? 2 : 3
  const state = openState(outlet, boot.nowMs)
  const openHours = state.isOpen ? say.open(formatClock(state.untilMs, outlet.zone)) : say.closed
  const hours = isOpenAllDay(state, boot.nowMs) ? say.openAllDay : openHours
  const place = boot.table ? `${say.table(boot.table.label)} · ${outlet.name}` : outlet.name
  return `<header class="head"><div class="row">${markTile(markOf(outlet))}<span class="pill">${escapeHtml(place)}</span></div><h1 class="headline">${say.hello[part]}<br>${say.question}</h1><p class="sub">${hours}</p></header>`
}

/**
 * The menu as plain HTML with the app's own classes and words, so that a scan can be read before the
 * app is there. The app replaces it whole, in the same place.
 */
export function firstPaint(boot: Boot, language: 'id' | 'en'): string {
  const outlet = outletOf(boot)
  const menu = bodies<Menu>(boot.changes, 'menu')[0]
  if (!outlet || !menu) return ''
  const statuses = new Map(bodies<ItemStatus>(boot.changes, 'item_status').map((each) => [each.itemId, each]))
  const isFavourite = (item: Item) => item.badges.includes('favourite')
  const moment = localMoment(boot.nowMs, outlet.zone)
  const sold = menu.items.filter((item) => !isOffSeason(item, moment, 'table'))
  const first = [...sold.filter(isFavourite), ...sold.filter((item) => !isFavourite(item))]
  const items = first
    .slice(0, FIRST_ITEMS)
    .map((item) => itemRow(item, isSoldOut(statuses.get(item.id), boot.nowMs), language))
  const filled = menu.categories.filter(({ id }) => sold.some((item) => item.categoryId === id))
  const categories = filled.map(
    (category) => `<span class="cat">${escapeHtml(category.name[language])}</span>`,
  )
  const say = words[language]
  return `<main class="page">${head(boot, outlet, language)}<div class="search" aria-hidden="true">${say.search}</div><div class="cats" aria-hidden="true"><span class="cat" aria-current="true">${say.favourites}</span>${categories.join('')}</div><ul>${items.join('')}</ul></main>`
}
