import { ok, refuse } from '#shared/kernel/result.ts'
import { businessDayEndMs } from '#shared/kernel/time.ts'
import type { ItemStatus } from '#shared/menu/item-status.ts'
import { MAX_MENU_FILE_BYTES, MAX_PHOTO_CHARACTERS } from '#shared/menu/menu-commands.ts'
import { openState } from '#shared/outlet/opening-hours.ts'
import type { Outlet } from '#shared/outlet/outlet.ts'
import { type Context, command, worksAt } from '../command.ts'
import { readOutlet, readOutlets } from '../outlet/outlet.store.ts'
import { BusyError } from '../platform/database/writer.ts'
import { heavyWork } from '../platform/heavy/heavy-work.ts'
import { addPhoto, readMenu, saveItemStatus, saveMenu } from './menu.store.ts'
import { menuForOutlet } from './menu-at-outlet.ts'
import type { Named, parseMenuFile } from './menu-file.ts'

const MENU_FILE = new URL('./menu-file.ts', import.meta.url)

async function menuAt(context: Context, outletId: string) {
  const outlet = await readOutlet(context.tx, outletId)
  const menu = await readMenu(context.tx, outletId)
  if (!outlet || !menu) return refuse({ code: 'outlet.unknown' })
  if (!worksAt(context.actor, outletId)) return refuse({ code: 'session.wrong_outlet' })
  return ok({ outlet, menu })
}

/** What a menu file for these outlets may speak of. */
function namedBy(outlets: readonly Outlet[]): Named {
  const seasons = outlets.flatMap((outlet) => outlet.seasons.map(({ name }) => ({ name })))
  return { slugs: outlets.map((outlet) => outlet.slug), seasons }
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
  if (!state.isOpen) return state.opensAtMs
  // Who never closes has a new day all the same.
  return Math.min(state.untilMs, businessDayEndMs(nowMs, outlet.zone, outlet.dayEndsAt))
}

export const menuCommandList = [
  command('menu.import', {
    who: 'manager',
    // JSON escapes may double the text; the schema holds the exact limit.
    maxBytes: MAX_MENU_FILE_BYTES * 2,
    // Read before the transaction and in another thread: no file, however odd, may keep the orders waiting.
    async prepare({ csv }, { read, actor }) {
      const outlets = await readOutlets(read)
      // Of no use to somebody who will be refused.
      if (!outlets.every((outlet) => worksAt(actor, outlet.id))) return null
      const named = namedBy(outlets)
      const file = await heavyWork('quick', (run) =>
        run<typeof parseMenuFile>(MENU_FILE, 'parseMenuFile', new TextEncoder().encode(csv), named),
      )
      return { named, file }
    },
    async handle(context, _args, prepared) {
      const outlets = await readOutlets(context.tx)
      if (!outlets.every((outlet) => worksAt(context.actor, outlet.id))) {
        return refuse({ code: 'session.wrong_outlet' })
      }
      if (outlets.length === 0) return refuse({ code: 'outlet.unknown' })
      // An outlet was opened or a season named meanwhile, of which the file may speak: thrown, so that it is
      // not remembered and the same command is tried again.
      if (JSON.stringify(prepared?.named) !== JSON.stringify(namedBy(outlets)))
        throw new BusyError('The outlets have changed.')
      const file = prepared?.file
      if (!file) return refuse({ code: 'session.wrong_outlet' })
      if (!file.ok) return refuse({ ...file.refusal, code: 'menu.file_refused' })
      const atOutlets: { name: string; items: number }[] = []
      for (const outlet of outlets) {
        const before = await readMenu(context.tx, outlet.id)
        const photoById = new Map(before?.items.map((item) => [item.id, item.photo]))
        const menu = menuForOutlet(file.value, outlet, photoById)
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

  command('menu.set_photo', {
    who: 'manager',
    maxBytes: MAX_PHOTO_CHARACTERS + 1024,
    async prepare({ imageBase64 }) {
      if (imageBase64 === null) return null
      // Loaded by the first who uploads: a server that never does need not carry it.
      const { encodePhoto } = await import('./photo.ts')
      return encodePhoto(imageBase64)
    },
    async handle(context, { itemId }, photo) {
      if (photo && !photo.ok) return photo
      const outlets = (await readOutlets(context.tx)).filter((outlet) => worksAt(context.actor, outlet.id))
      let count = 0
      if (photo) await addPhoto(context.tx, photo.value, context.nowMs)
      for (const outlet of outlets) {
        const menu = await readMenu(context.tx, outlet.id)
        if (!menu?.items.some((item) => item.id === itemId)) continue
        const items = menu.items.map((item) =>
          item.id === itemId ? { ...item, photo: photo?.value.id ?? null } : item,
        )
        await saveMenu(context, { ...menu, items, rev: menu.rev + 1, version: menu.version + 1 })
        count++
      }
      return count > 0 ? ok({ outlets: count }) : refuse({ code: 'menu.item_unknown' })
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
