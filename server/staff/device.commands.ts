import { ok, refuse } from '#shared/kernel/result.ts'
import { MAX_PIN_FAILURES } from '#shared/staff/staff.ts'
import { type Context, command, worksAt } from '../command.ts'
import { readOutlet } from '../outlet/outlet.store.ts'
import { isStillSignedIn } from '../platform/session.ts'
import { DEVICE_CODE_MS, hashOneTimeCode, oneTimeCodeOf } from './one-time-code.ts'
import {
  addOneTimeCode,
  clearPinFailures,
  countPinFailure,
  type DeviceRow,
  endWork,
  readDevice,
  readOneTimeCode,
  readStaff,
  saveDevice,
  setDuty,
  useOneTimeCode,
} from './staff.store.ts'

function deviceIdOf(context: Context): string | null {
  const { actor } = context
  return actor.kind === 'device' ? actor.id : actor.kind === 'staff' ? actor.deviceId : null
}

/** What the PIN's check found before the transaction; null for a person who may not sign in here. */
type PinCheck = { readonly isRight: boolean } | null

export const deviceCommandList = [
  command('device.invite', {
    who: 'manager',
    reveal: (commandId, secrets) => ({ code: oneTimeCodeOf(commandId, secrets) }),
    async handle(context, { outletId }) {
      if (!(await readOutlet(context.tx, outletId))) return refuse({ code: 'outlet.unknown' })
      if (!worksAt(context.actor, outletId)) return refuse({ code: 'session.wrong_outlet' })
      const code = oneTimeCodeOf(context.commandId, context.secrets)
      const expiresAtMs = context.nowMs + DEVICE_CODE_MS
      await addOneTimeCode(
        context.tx,
        hashOneTimeCode(code, context.secrets),
        'device',
        outletId,
        expiresAtMs,
      )
      return ok({ expiresAtMs })
    },
  }),

  command('device.enrol', {
    who: 'anyone',
    async handle(context, { code, deviceId, label }) {
      const codeHash = hashOneTimeCode(code, context.secrets)
      const known = await readOneTimeCode(context.tx, codeHash)
      if (known?.purpose !== 'device' || !known.outlet_id) return refuse({ code: 'device.code_unknown' })
      if (known.used_at_ms !== null || context.nowMs >= known.expires_at_ms) {
        return refuse({ code: 'device.code_expired' })
      }
      // An id that is taken would hand over somebody else's device.
      if (await readDevice(context.tx, deviceId)) return refuse({ code: 'device.id_taken' })
      await useOneTimeCode(context.tx, codeHash, context.nowMs)
      await saveDevice(context, {
        id: deviceId,
        outlet_id: known.outlet_id,
        label,
        state: 'active',
        pin_failures: 0,
        enrolled_at_ms: context.nowMs,
      })
      await context.issueSession('device', deviceId, deviceId)
      return ok({ deviceId, outletId: known.outlet_id })
    },
    again: (context, { deviceId }) => context.issueSession('device', deviceId, deviceId),
  }),

  command('device.revoke', {
    who: 'manager',
    async handle(context, { deviceId }) {
      const device = await readDevice(context.tx, deviceId)
      if (!device) return refuse({ code: 'device.unknown' })
      if (!worksAt(context.actor, device.outlet_id)) return refuse({ code: 'session.wrong_outlet' })
      await saveDevice(context, { ...device, state: 'revoked' })
      await endWork(context, deviceId, context.endSessions)
      return ok({ deviceId })
    },
  }),

  command('staff.sign_in', {
    who: 'device',
    async prepare({ staffId, pin }, { read, secrets }): Promise<PinCheck> {
      const row = await readStaff(read, staffId)
      return row && row.is_active === 1 ? { isRight: await secrets.verifyPin(pin, row.pin_hash) } : null
    },
    async handle(context, { staffId }, check) {
      const { tx } = context
      const deviceId = deviceIdOf(context)
      const device = deviceId ? await readDevice(tx, deviceId) : undefined
      const staff = await readStaff(tx, staffId)
      if (device?.state !== 'active') return refuse({ code: 'device.locked' })
      const worksHere =
        staff?.role === 'owner' ||
        (JSON.parse(staff?.outlet_ids ?? '[]') as string[]).includes(device.outlet_id)
      if (staff?.is_active !== 1 || !worksHere) return refuse({ code: 'staff.unknown' })
      if (!check?.isRight) return wrongPin(context, device, staff.id)
      await clearPinFailures(tx, device.id, staff.id)
      await endWork(context, device.id, context.endStaffSessions)
      await context.issueSession('staff', staff.id, device.id)
      await setDuty(context, device.outlet_id, { staffId: staff.id, name: staff.name }, context.nowMs)
      return ok({
        ok: true,
        staffId: staff.id,
        name: staff.name,
        role: staff.role,
        outletId: device.outlet_id,
      })
    },
    // Only while what was begun then goes on: not after a sign-out, another person, or a new PIN.
    async again(context, { staffId }, _result, atMs) {
      const deviceId = deviceIdOf(context)
      if (deviceId && (await isStillSignedIn(context.tx, staffId, deviceId, atMs)))
        await context.issueSession('staff', staffId, deviceId)
    },
  }),

  command('staff.sign_out', {
    who: 'device',
    async handle(context) {
      const deviceId = deviceIdOf(context)
      const device = deviceId ? await readDevice(context.tx, deviceId) : undefined
      if (!device) return refuse({ code: 'device.unknown' })
      await endWork(context, device.id, context.endStaffSessions)
      return ok({})
    },
  }),
]

/** A wrong PIN must be counted, so it is an answer and not a refusal, which would take the count back. */
async function wrongPin(context: Context, device: DeviceRow, staffId: string) {
  const failures = await countPinFailure(context.tx, device.id, staffId)
  if (failures >= MAX_PIN_FAILURES) {
    await saveDevice(context, { ...device, pin_failures: failures, state: 'locked' })
    await endWork(context, device.id, context.endSessions)
    return ok({ ok: false, code: 'device.locked' })
  }
  return ok({ ok: false, code: 'staff.wrong_pin', triesLeft: MAX_PIN_FAILURES - failures })
}
