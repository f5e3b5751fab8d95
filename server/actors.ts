import type { Context as HonoContext } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import sql from 'sql-template-tag'
import type { Role } from '#shared/staff/staff.ts'
import type { Actor } from './command.ts'
import type { Reader } from './platform/database/database.ts'
import { SESSION_MS, type Session, type SessionKind, type Sessions } from './platform/session.ts'

/** Who a request speaks for: one browser may be a customer's phone and a staff device at once. */
export type Callers = {
  readonly customer: { readonly session: Session; readonly actor: Actor } | null
  readonly device: { readonly session: Session; readonly actor: Actor } | null
  readonly staff: { readonly session: Session; readonly actor: Actor } | null
}

const cookieNames: Readonly<Record<SessionKind, string>> = {
  customer: 'meja_phone',
  device: 'meja_device',
  staff: 'meja_staff',
}

/** `__Host-` wants https; on plain http (a first try on one's own machine) browsers would drop it. */
function cookieName(kind: SessionKind, isSecure: boolean): string {
  return isSecure ? `__Host-${cookieNames[kind]}` : cookieNames[kind]
}

export function writeSessionCookie(
  c: HonoContext,
  kind: SessionKind,
  secret: string,
  isSecure: boolean,
): void {
  setCookie(c, cookieName(kind, isSecure), secret, {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    secure: isSecure,
    maxAge: Math.floor(SESSION_MS[kind] / 1000),
  })
}

type StaffRow = { id: string; name: string; role: Role; outlet_ids: string }

async function staffActor(read: Reader, session: Session): Promise<Actor | null> {
  const row = await read.get<StaffRow>(sql`
    SELECT staff.id AS id, staff.name AS name, staff.role AS role, staff.outlet_ids AS outlet_ids
    FROM staff JOIN devices ON devices.id = ${session.deviceId}
    WHERE staff.id = ${session.subjectId} AND staff.is_active = 1 AND devices.state = 'active'`)
  if (!row || session.deviceId === null) return null
  const outletIds = JSON.parse(row.outlet_ids) as string[]
  return { kind: 'staff', id: row.id, name: row.name, role: row.role, outletIds, deviceId: session.deviceId }
}

async function deviceActor(read: Reader, session: Session): Promise<Actor | null> {
  const row = await read.get<{ id: string; outlet_id: string }>(
    sql`SELECT id, outlet_id FROM devices WHERE id = ${session.subjectId} AND state = 'active'`,
  )
  return row ? { kind: 'device', id: row.id, outletId: row.outlet_id } : null
}

/** Reads the three cookies and looks each session up. */
export function createCallers(read: Reader, sessions: Sessions, isSecure: boolean) {
  const find = async (
    c: HonoContext,
    kind: SessionKind,
    toActor: (session: Session) => Promise<Actor | null> | Actor | null,
  ) => {
    const secret = getCookie(c, cookieName(kind, isSecure))
    const session = secret === undefined ? null : await sessions.find(secret, kind)
    const actor = session && (await toActor(session))
    return session && actor ? { session, actor } : null
  }
  return {
    async of(c: HonoContext): Promise<Callers> {
      return {
        customer: await find(c, 'customer', (session) => ({ kind: 'customer', id: session.subjectId })),
        device: await find(c, 'device', (session) => deviceActor(read, session)),
        staff: await find(c, 'staff', (session) => staffActor(read, session)),
      }
    },
  }
}
export type CallersOf = ReturnType<typeof createCallers>
