import type { Context as HonoContext } from 'hono'
import { Hono } from 'hono'
import sql from 'sql-template-tag'
import { idPattern } from '#shared/kernel/ids.ts'
import { markOf } from '#shared/outlet/mark.ts'
import { hasRole, type Role } from '#shared/staff/staff.ts'
import type { CallersOf } from '../actors.ts'
import { type Actor, worksAt } from '../command.ts'
import { readOutlet, readOutlets } from '../outlet/outlet.store.ts'
import type { Reader } from '../platform/database/database.ts'
import { readDevice, readPeopleOf } from './staff.store.ts'

type StaffActor = Extract<Actor, { kind: 'staff' }>

/**
 * The signed-in person when they work at the outlet with at least this role; else null. Also for what is no id:
 * an owner works everywhere, and PostgreSQL breaks on a text with a NUL.
 */
export async function staffFor(
  c: HonoContext,
  callers: CallersOf,
  outletId: string,
  needed: Role,
): Promise<StaffActor | null> {
  if (!idPattern('out').test(outletId)) return null
  const actor = (await callers.of(c)).staff?.actor
  if (actor?.kind !== 'staff' || !hasRole(actor.role, needed) || !worksAt(actor, outletId)) return null
  return actor
}

/** The answer to whoever may not see a desk: the same for a foreign outlet and one that does not exist. */
export function deskRefusal(c: HonoContext): Response {
  return c.json({ ok: false, refusal: { code: 'session.not_allowed' } }, 403)
}

/** `GET /api/desk`: what this device is, who may sign in on it, and who has. */
export function staffRoutes(deps: { readonly read: Reader; readonly callers: CallersOf }): Hono {
  const app = new Hono()
  app.get('/', async (c) => {
    const { read } = deps
    const callers = await deps.callers.of(c)
    const owner = await read.get(sql`SELECT 1 FROM staff WHERE role = 'owner' AND is_active = 1 LIMIT 1`)
    const all = await readOutlets(read)
    const outlets = all.map(({ id, name, slug }) => ({ id, name, slug }))
    const staff = callers.staff?.actor
    const actor = callers.device?.actor ?? staff
    const deviceId = actor?.kind === 'device' ? actor.id : actor?.kind === 'staff' ? actor.deviceId : null
    const row = deviceId ? await readDevice(read, deviceId) : undefined
    const outlet = row && (await readOutlet(read, row.outlet_id))
    const shown = outlet ?? all[0]
    return c.json({
      isSetUp: owner !== undefined,
      mark: shown ? markOf(shown) : '',
      device: row ? { id: row.id, label: row.label, outletId: row.outlet_id } : null,
      outlet: outlet ? { id: outlet.id, name: outlet.name, chainName: outlet.chainName } : null,
      people: row ? await readPeopleOf(read, row.outlet_id) : [],
      me:
        staff?.kind === 'staff'
          ? { id: staff.id, name: staff.name, role: staff.role, outletIds: staff.outletIds }
          : null,
      outlets,
    })
  })
  return app
}
