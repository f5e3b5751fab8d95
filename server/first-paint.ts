import { formatRp } from '#shared/kernel/money.ts'
import { formatClock } from '#shared/kernel/time.ts'
import { type ItemStatus, isSoldOut } from '#shared/menu/item-status.ts'
import type { Item, Menu } from '#shared/menu/menu.ts'
import { openState } from '#shared/outlet/opening-hours.ts'
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

function itemRow(item: Item, isOut: boolean, isEnglish: boolean): string {
  const language = isEnglish ? 'en' : 'id'
  const tag = isOut ? ` <span class="tag">${isEnglish ? 'sold out' : 'habis'}</span>` : ''
  return `<li class="item${isOut ? ' is-out' : ''}"><span class="item-pic"></span><div><h3 class="item-name">${escapeHtml(item.name[language])}${tag}</h3><p class="item-text">${escapeHtml(item.description[language])}</p><span class="price num">${formatRp(item.priceRp)}</span></div></li>`
}

/**
 * The menu as plain HTML with the app's own classes, so that a scan can be read before the app is
 * there. The app replaces it whole.
 */
export function firstPaint(boot: Boot, isEnglish: boolean): string {
  const outlet = bodies<Outlet>(boot.changes, 'outlet')[0]
  const menu = bodies<Menu>(boot.changes, 'menu')[0]
  if (!outlet || !menu) return ''
  const statuses = new Map(bodies<ItemStatus>(boot.changes, 'item_status').map((each) => [each.itemId, each]))
  const state = openState(outlet, boot.nowMs)
  const hours = state.isOpen
    ? `${isEnglish ? 'Open until' : 'Buka sampai'} ${formatClock(state.untilMs, outlet.zone)}`
    : isEnglish
      ? 'Closed now'
      : 'Sedang tutup'
  const place = boot.table
    ? `${isEnglish ? 'Table' : 'Meja'} ${boot.table.label} · ${outlet.name}`
    : outlet.name
  const items = menu.items
    .toSorted((a, b) => Number(b.badges.includes('favourite')) - Number(a.badges.includes('favourite')))
    .slice(0, FIRST_ITEMS)
    .map((item) => itemRow(item, isSoldOut(statuses.get(item.id), boot.nowMs), isEnglish))
  const greeting = isEnglish ? 'Hello, what would you like?' : 'Halo Kak, mau ngopi apa?'
  return `<main class="page"><header class="head"><div class="row"><span class="mark">;</span><span class="pill">${escapeHtml(place)}</span></div><h1 class="headline">${greeting}</h1><p class="sub">${escapeHtml(hours)}</p></header><ul class="items">${items.join('')}</ul></main>`
}
