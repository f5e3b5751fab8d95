import { ok, refuse } from '#shared/kernel/result.ts'
import type { ItemStatus } from '#shared/menu/item-status.ts'
import { MAX_MENU_FILE_BYTES } from '#shared/menu/menu-commands.ts'
import { openState } from '#shared/outlet/opening-hours.ts'
import type { Outlet } from '#shared/outlet/outlet.ts'
import { type Context, command, worksAt } from '../command.ts'
import { readOutlet, readOutlets } from '../outlet/outlet.store.ts'
import { readMenu, saveItemStatus, saveMenu } from './menu.store.ts'
import { menuForOutlet, parseMenuFile } from './menu-file.ts'

async function menuAt(context: Context, outletId: string) {
  const outlet = await readOutlet(context.tx, outletId)
  const menu = await readMenu(context.tx, outletId)
  if (!outlet || !menu) return refuse({ code: 'outlet.unknown' })
  if (!worksAt(context.actor, outletId)) return refuse({ code: 'session.wrong_outlet' })
  return ok({ outlet, menu })
}

/** When a sold-out that was asked for now will end; null means when somebody says so. */
function endOf(
  until: NonNullable<ItemStatus['soldOut']>['until'],
  minutes: number | null,
  outlet: Outlet,
  nowMs: number,
): number | null {
  if (until === 'told') return null
  if (until === 'time') return nowMs + (minutes ?? 60) * 60_000
  const state = openState(outlet, nowMs)
  return state.isOpen ? state.untilMs : state.opensAtMs
}

export const menuCommandList = [
  command('menu.import', {
    who: 'manager',
    // JSON escapes may double the text; the schema holds the exact limit.
    maxBytes: MAX_MENU_FILE_BYTES * 2,
    async handle(context, { csv }) {
      const outlets = await readOutlets(context.tx)
      if (!outlets.every((outlet) => worksAt(context.actor, outlet.id))) {
        return refuse({ code: 'session.wrong_outlet' })
      }
      if (outlets.length === 0) return refuse({ code: 'outlet.unknown' })
      const slugs = outlets.map((outlet) => outlet.slug)
      const file = parseMenuFile(new TextEncoder().encode(csv), slugs)
      if (!file.ok) return refuse({ ...file.refusal, code: 'menu.file_refused' })
      const atOutlets: { name: string; items: number }[] = []
      for (const outlet of outlets) {
        const menu = menuForOutlet(file.value, outlet.slug)
        const before = await readMenu(context.tx, outlet.id)
        await saveMenu(context, {
          id: outlet.id,
          rev: (before?.rev ?? 0) + 1,
          version: (before?.version ?? 0) + 1,
          ...menu,
        })
        atOutlets.push({ name: outlet.name, items: menu.items.length })
      }
      return ok({ items: file.value.items.length, outlets: outlets.length, atOutlets })
    },
  }),

  command('menu.set_price', {
    who: 'manager',
    async handle(context, { outletId, itemId, priceRp }) {
      const found = await menuAt(context, outletId)
      if (!found.ok) return found
      const { menu } = found.value
      if (!menu.items.some((item) => item.id === itemId)) return refuse({ code: 'menu.item_unknown' })
      const items = menu.items.map((item) => (item.id === itemId ? { ...item, priceRp } : item))
      await saveMenu(context, { ...menu, items, rev: menu.rev + 1, version: menu.version + 1 })
      return ok({ itemId })
    },
  }),

  command('menu.sold_out', {
    who: 'barista',
    async handle(context, { outletId, itemId, until, minutes }) {
      const found = await menuAt(context, outletId)
      if (!found.ok) return found
      if (!found.value.menu.items.some((item) => item.id === itemId))
        return refuse({ code: 'menu.item_unknown' })
      const endsAtMs = endOf(until, minutes, found.value.outlet, context.nowMs)
      await saveItemStatus(context, outletId, itemId, { until, endsAtMs })
      return ok({ itemId, endsAtMs })
    },
  }),

  command('menu.back_on', {
    who: 'barista',
    async handle(context, { outletId, itemId }) {
      const found = await menuAt(context, outletId)
      if (!found.ok) return found
      await saveItemStatus(context, outletId, itemId, null)
      return ok({ itemId })
    },
  }),
]
