import sql from 'sql-template-tag'
import { type Device, type Duty, dutyIdOf, type Role, type Staff } from '#shared/staff/staff.ts'
import type { Context } from '../command.ts'
import { deskStream, readOutlets } from '../outlet/outlet.store.ts'
import type { Reader, Tx } from '../platform/database/database.ts'
import { readRecord } from '../platform/database/records.ts'

export type StaffRow = {
  id: string
  name: string
  role: Role
  outlet_ids: string
  pin_hash: string
  is_active: number
}

export async function readStaff(reader: Reader, staffId: string): Promise<StaffRow | undefined> {
  return reader.get<StaffRow>(sql`SELECT * FROM staff WHERE id = ${staffId}`)
}

/** People who may sign in at this outlet: id and name only, for the sign-in page. */
export async function readPeopleOf(
  reader: Reader,
  outletId: string,
): Promise<{ id: string; name: string; role: Role }[]> {
  const rows = await reader.all<StaffRow>(sql`SELECT * FROM staff WHERE is_active = 1 ORDER BY name`)
  return rows
    .filter((row) => row.role === 'owner' || (JSON.parse(row.outlet_ids) as string[]).includes(outletId))
    .map(({ id, name, role }) => ({ id, name, role }))
}

export async function countActiveOwners(reader: Reader, exceptId: string): Promise<number> {
  const row = await reader.get<{ n: number }>(
    sql`SELECT COUNT(*) AS n FROM staff WHERE role = 'owner' AND is_active = 1 AND id <> ${exceptId}`,
  )
  return row?.n ?? 0
}

/** Writes the person and shows the record on the desks of their outlets (an owner's on all). */
export async function saveStaff(context: Context, staff: Staff, pinHash: string): Promise<void> {
  await context.tx.run(sql`
    INSERT INTO staff (id, name, role, outlet_ids, pin_hash, is_active)
    VALUES (${staff.id}, ${staff.name}, ${staff.role}, ${JSON.stringify(staff.outletIds)}, ${pinHash}, ${staff.isActive ? 1 : 0})
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role,
      outlet_ids = excluded.outlet_ids, pin_hash = excluded.pin_hash, is_active = excluded.is_active`)
  const before = await readRecord<Staff>(context.tx, 'staff', staff.id)
  const outlets = (await readOutlets(context.tx)).map((outlet) => outlet.id)
  const concerned = new Set(
    staff.role === 'owner' || before?.role === 'owner'
      ? outlets
      : [...staff.outletIds, ...(before?.outletIds ?? [])],
  )
  await context.put('staff', staff, [...concerned].filter((id) => outlets.includes(id)).map(deskStream))
}

export type DeviceRow = {
  id: string
  outlet_id: string
  label: string
  state: Device['state']
  pin_failures: number
  enrolled_at_ms: number
}

export async function readDevice(reader: Reader, deviceId: string): Promise<DeviceRow | undefined> {
  return reader.get<DeviceRow>(sql`SELECT * FROM devices WHERE id = ${deviceId}`)
}

/** Writes the device and its record on its outlet's desk. */
export async function saveDevice(context: Context, row: DeviceRow): Promise<void> {
  await context.tx.run(sql`
    INSERT INTO devices (id, outlet_id, label, state, pin_failures, enrolled_at_ms)
    VALUES (${row.id}, ${row.outlet_id}, ${row.label}, ${row.state}, ${row.pin_failures}, ${row.enrolled_at_ms})
    ON CONFLICT (id) DO UPDATE SET state = excluded.state, pin_failures = excluded.pin_failures`)
  const before = await readRecord<Device>(context.tx, 'device', row.id)
  if (before?.state === row.state) return
  const device: Device = {
    id: row.id,
    rev: (before?.rev ?? 0) + 1,
    outletId: row.outlet_id,
    label: row.label,
    enrolledAtMs: row.enrolled_at_ms,
    state: row.state,
  }
  await context.put('device', device, [deskStream(row.outlet_id)])
}

/**
 * Counts a wrong PIN, for the device and for the person on it, and answers the higher count: a colleague's
 * own right PIN between the guesses starts only the device's anew.
 */
export async function countPinFailure(tx: Tx, deviceId: string, staffId: string): Promise<number> {
  await tx.run(sql`UPDATE devices SET pin_failures = pin_failures + 1 WHERE id = ${deviceId}`)
  await tx.run(sql`
    INSERT INTO pin_failures (device_id, staff_id, failures) VALUES (${deviceId}, ${staffId}, 1)
    ON CONFLICT (device_id, staff_id) DO UPDATE SET failures = pin_failures.failures + 1`)
  const row = await tx.get<{ of_device: number; of_person: number }>(sql`
    SELECT devices.pin_failures AS of_device, pin_failures.failures AS of_person
    FROM devices JOIN pin_failures ON pin_failures.device_id = devices.id
    WHERE devices.id = ${deviceId} AND pin_failures.staff_id = ${staffId}`)
  return Math.max(row?.of_device ?? 1, row?.of_person ?? 1)
}

/** The person's right PIN starts both counts anew. */
export async function clearPinFailures(tx: Tx, deviceId: string, staffId: string): Promise<void> {
  await tx.run(sql`UPDATE devices SET pin_failures = 0 WHERE id = ${deviceId}`)
  await tx.run(sql`DELETE FROM pin_failures WHERE device_id = ${deviceId} AND staff_id = ${staffId}`)
}

/** Guesses at a PIN that was replaced say nothing about the new one. */
export async function forgetPinFailures(tx: Tx, staffId: string): Promise<void> {
  await tx.run(sql`DELETE FROM pin_failures WHERE staff_id = ${staffId}`)
}

type OneTimeCode = {
  code_hash: string
  purpose: string
  outlet_id: string | null
  expires_at_ms: number
  used_at_ms: number | null
}

export async function readOneTimeCode(reader: Reader, codeHash: string): Promise<OneTimeCode | undefined> {
  return reader.get<OneTimeCode>(sql`SELECT * FROM one_time_codes WHERE code_hash = ${codeHash}`)
}

export async function addOneTimeCode(
  tx: Tx,
  codeHash: string,
  purpose: 'setup' | 'device',
  outletId: string | null,
  expiresAtMs: number,
): Promise<void> {
  await tx.run(sql`
    INSERT INTO one_time_codes (code_hash, purpose, outlet_id, expires_at_ms)
    VALUES (${codeHash}, ${purpose}, ${outletId}, ${expiresAtMs})`)
}

/** Replaces every unused set-up code by a new one; a restart prints a fresh code, the old one is void. */
export async function replaceSetupCode(tx: Tx, codeHash: string, expiresAtMs: number): Promise<void> {
  await tx.run(sql`DELETE FROM one_time_codes WHERE purpose = 'setup' AND used_at_ms IS NULL`)
  await addOneTimeCode(tx, codeHash, 'setup', null, expiresAtMs)
}

export async function useOneTimeCode(tx: Tx, codeHash: string, nowMs: number): Promise<void> {
  await tx.run(sql`UPDATE one_time_codes SET used_at_ms = ${nowMs} WHERE code_hash = ${codeHash}`)
}

/** Says on the outlet's desk that a person began (`sinceMs`) or ended (null) their work there. */
export async function setDuty(
  context: Context,
  outletId: string,
  { staffId, name }: { readonly staffId: string; readonly name: string },
  sinceMs: number | null,
): Promise<void> {
  const id = dutyIdOf(outletId, staffId)
  const before = await readRecord<Duty>(context.tx, 'duty', id)
  const duty: Duty = {
    id,
    rev: (before?.rev ?? 0) + 1,
    name,
    isOn: sinceMs !== null,
    sinceMs: sinceMs ?? context.nowMs,
  }
  const isSaid = duty.isOn ? before?.isOn === true && before.sinceMs === sinceMs : before?.isOn !== true
  if (isSaid) return
  await context.put('duty', duty, [deskStream(outletId)])
}

/**
 * How many people are signed in at the outlet now: those whom its board shows on duty. By its few devices, which
 * CROSS JOIN makes SQLite begin with: by what stands of sessions it would read those of all phones.
 */
export async function countBaristas(reader: Reader, outletId: string, nowMs: number): Promise<number> {
  const row = await reader.get<{ n: number }>(sql`
    SELECT COUNT(DISTINCT sessions.subject_id) AS n
    FROM devices CROSS JOIN sessions
    WHERE devices.outlet_id = ${outletId} AND devices.state = 'active'
      AND sessions.device_id = devices.id AND sessions.kind = 'staff'
      AND sessions.revoked_at_ms IS NULL AND sessions.expires_at_ms > ${nowMs}`)
  return Number(row?.n ?? 0)
}

type SignedIn = { staff_id: string; name: string; outlet_id: string }

/** Who is signed in on this device, or where this person is; those whose shift ran out by itself too. */
async function readSignedIn(reader: Reader, deviceOrStaffId: string): Promise<SignedIn[]> {
  return reader.all<SignedIn>(sql`
    SELECT DISTINCT staff.id AS staff_id, staff.name AS name, devices.outlet_id AS outlet_id
    FROM sessions JOIN staff ON staff.id = sessions.subject_id JOIN devices ON devices.id = sessions.device_id
    WHERE sessions.kind = 'staff' AND sessions.revoked_at_ms IS NULL
      AND (sessions.subject_id = ${deviceOrStaffId} OR sessions.device_id = ${deviceOrStaffId})`)
}

/** Since when the person is signed in on a device of the outlet, by the newest session there; null when on none. */
async function signedInSince(context: Context, { staff_id, outlet_id }: SignedIn): Promise<number | null> {
  const row = await context.tx.get<{ since_ms: number | null }>(sql`
    SELECT MAX(sessions.created_at_ms) AS since_ms
    FROM sessions JOIN devices ON devices.id = sessions.device_id
    WHERE sessions.subject_id = ${staff_id} AND sessions.kind = 'staff' AND sessions.revoked_at_ms IS NULL
      AND sessions.expires_at_ms > ${context.nowMs} AND devices.outlet_id = ${outlet_id}`)
  return row?.since_ms ?? null
}

/**
 * Ends sessions of a device or person by `end` and the duty of everybody who thereby left; the board would
 * else divide its queue by people who are gone. Who is signed in on another device there stays on duty, for
 * as long as that session lasts.
 */
export async function endWork(
  context: Context,
  deviceOrStaffId: string,
  end: (deviceOrStaffId: string) => Promise<void>,
): Promise<void> {
  const leaving = await readSignedIn(context.tx, deviceOrStaffId)
  await end(deviceOrStaffId)
  for (const person of leaving) {
    const { outlet_id, staff_id: staffId, name } = person
    await setDuty(context, outlet_id, { staffId, name }, await signedInSince(context, person))
  }
}
