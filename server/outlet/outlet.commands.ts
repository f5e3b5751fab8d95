import { ok, refuse } from '#shared/kernel/result.ts'
import type { Outlet } from '#shared/outlet/outlet.ts'
import { type Context, command, worksAt } from '../command.ts'
import { deskStream, isSlugFree, outletStream, readOutlet, saveOutletRow } from './outlet.store.ts'

async function save(context: Context, outlet: Outlet): Promise<void> {
  await saveOutletRow(context.tx, outlet.id, outlet.slug)
  await context.put('outlet', outlet, [outletStream(outlet.id), deskStream(outlet.id)])
}

export const outletCommandList = [
  command('outlet.open', {
    who: 'owner',
    async handle(context, { outletId, settings }) {
      if (!(await isSlugFree(context.tx, settings.slug, outletId)))
        return refuse({ code: 'outlet.slug_taken' })
      const before = await readOutlet(context.tx, outletId)
      if (before) return refuse({ code: 'outlet.slug_taken' })
      const load = { mode: 'normal', addMinutes: 0, message: null } as const
      await save(context, { id: outletId, rev: 1, ...settings, load })
      context.emit({ type: 'outlet.opened', outletId })
      return ok({ outletId })
    },
  }),

  command('outlet.change', {
    who: 'manager',
    async handle(context, { outletId, settings }) {
      const outlet = await readOutlet(context.tx, outletId)
      if (!outlet) return refuse({ code: 'outlet.unknown' })
      if (!worksAt(context.actor, outletId)) return refuse({ code: 'session.wrong_outlet' })
      if (!(await isSlugFree(context.tx, settings.slug, outletId)))
        return refuse({ code: 'outlet.slug_taken' })
      await save(context, { ...outlet, ...settings, rev: outlet.rev + 1 })
      context.emit({ type: 'outlet.changed', outletId })
      return ok({ outletId })
    },
  }),

  command('outlet.set_load', {
    who: 'barista',
    async handle(context, { outletId, load }) {
      const outlet = await readOutlet(context.tx, outletId)
      if (!outlet) return refuse({ code: 'outlet.unknown' })
      if (!worksAt(context.actor, outletId)) return refuse({ code: 'session.wrong_outlet' })
      await save(context, { ...outlet, load, rev: outlet.rev + 1 })
      return ok({ outletId })
    },
  }),
]
