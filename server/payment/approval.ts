import { ok, refuse } from '#shared/kernel/result.ts'
import type { Deed } from '#shared/payment/payment.ts'
import { hasRole, MAX_PIN_FAILURES } from '#shared/staff/staff.ts'
import type { CommandResult, Context, PrepareDeps } from '../command.ts'
import {
  clearPinFailures,
  countPinFailure,
  endWork,
  readDevice,
  readStaff,
  type StaffRow,
  saveDevice,
} from '../staff/staff.store.ts'

type Approval = { readonly staffId: string; readonly pin: string }

/** What the PIN's check found before the transaction; null where nobody of this id may approve. */
export type PinCheck = { readonly isRight: boolean } | null

/** Checks the manager's PIN before the transaction; the PIN goes no further. */
export async function checkPin(
  { approval }: { readonly approval: Approval },
  { read, secrets }: PrepareDeps,
): Promise<PinCheck> {
  const row = await readStaff(read, approval.staffId)
  return row?.is_active === 1 ? { isRight: await secrets.verifyPin(approval.pin, row.pin_hash) } : null
}

export type Approved = { readonly staffId: string; readonly name: string }

function worksHere(row: StaffRow, outletId: string): boolean {
  return row.role === 'owner' || (JSON.parse(row.outlet_ids) as string[]).includes(outletId)
}

/**
 * Whether a manager of the outlet stands behind it. A wrong PIN is counted like one at signing in, with the
 * same lock; so it is an answer and not a refusal, which would take the count back.
 */
export async function approve(
  context: Context,
  approval: Approval,
  check: PinCheck,
  outletId: string,
): Promise<{ readonly by: Approved } | { readonly answer: CommandResult }> {
  const { actor, tx } = context
  if (actor.kind !== 'staff') return { answer: refuse({ code: 'session.not_allowed' }) }
  const device = await readDevice(tx, actor.deviceId)
  if (device?.state !== 'active') return { answer: refuse({ code: 'device.locked' }) }
  const row = await readStaff(tx, approval.staffId)
  if (row?.is_active !== 1 || !worksHere(row, outletId)) return { answer: refuse({ code: 'staff.unknown' }) }
  if (check?.isRight) {
    if (!hasRole(row.role, 'manager')) {
      return { answer: refuse({ code: 'session.not_allowed', needs: 'manager' }) }
    }
    await clearPinFailures(tx, device.id, row.id)
    return { by: { staffId: row.id, name: row.name } }
  }
  const failures = await countPinFailure(tx, device.id, row.id)
  if (failures < MAX_PIN_FAILURES) {
    return { answer: ok({ ok: false, code: 'staff.wrong_pin', triesLeft: MAX_PIN_FAILURES - failures }) }
  }
  await saveDevice(context, { ...device, pin_failures: failures, state: 'locked' })
  await endWork(context, device.id, context.endSessions)
  return { answer: ok({ ok: false, code: 'device.locked' }) }
}

/** The deed of the manager who approved, on the device where it was done. */
export function deedOf(context: Context, by: Approved, reason: string): Deed {
  const deviceId = context.actor.kind === 'staff' ? context.actor.deviceId : null
  return { ...by, deviceId, reason, atMs: context.nowMs }
}
