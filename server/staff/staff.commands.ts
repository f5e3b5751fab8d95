import { ok, refuse } from '#shared/kernel/result.ts'
import { hasRole, isWeakPin, type Role, type Staff } from '#shared/staff/staff.ts'
import { type Actor, type Context, command, worksAt } from '../command.ts'
import { readOutlet, readOutlets } from '../outlet/outlet.store.ts'
import { readRecord } from '../platform/database/records.ts'
import { hashOneTimeCode } from './one-time-code.ts'
import {
  countActiveOwners,
  endWork,
  forgetPinFailures,
  readDevice,
  readOneTimeCode,
  readStaff,
  saveDevice,
  saveStaff,
  setDuty,
  useOneTimeCode,
} from './staff.store.ts'

/** Nobody makes or changes somebody who may do more than they may themselves. */
function mayGive(actor: Actor, role: Role): boolean {
  return actor.kind === 'house' || (actor.kind === 'staff' && hasRole(actor.role, role))
}

async function mayChange(context: Context, staff: Staff): Promise<boolean> {
  if (!mayGive(context.actor, staff.role)) return false
  return context.actor.kind === 'house' || staff.outletIds.length === 0
    ? mayGive(context.actor, 'owner')
    : staff.outletIds.every((outletId) => worksAt(context.actor, outletId))
}

/** True when each of them is an outlet of this shop; a person of none could be seen on no desk. */
async function areOutlets(context: Context, outletIds: readonly string[]): Promise<boolean> {
  const known = new Set((await readOutlets(context.tx)).map((outlet) => outlet.id))
  return outletIds.every((id) => known.has(id))
}

const weakPin = refuse({ code: 'staff.weak_pin' })

export const staffCommandList = [
  command('setup.complete', {
    who: 'anyone',
    // The slow hash is for those who hold the code: a flood of wrong ones must cost no more than a look-up.
    async prepare({ pin, code }, { read, secrets }) {
      const known = await readOneTimeCode(read, hashOneTimeCode(code, secrets))
      return known?.purpose === 'setup' && known.used_at_ms === null ? secrets.hashPin(pin) : null
    },
    async handle(context, args, pinHash) {
      const { tx, nowMs, secrets } = context
      const codeHash = hashOneTimeCode(args.code, secrets)
      const code = await readOneTimeCode(tx, codeHash)
      if (code?.purpose !== 'setup' || nowMs >= code.expires_at_ms)
        return refuse({ code: 'setup.wrong_code' })
      if (code.used_at_ms !== null) return refuse({ code: 'setup.done' })
      // Printed between the look before and this one: good for the next try.
      if (pinHash === null) return refuse({ code: 'setup.wrong_code' })
      if (isWeakPin(args.pin)) return weakPin
      if (!(await readOutlet(tx, args.outletId))) return refuse({ code: 'outlet.unknown' })
      if (await readDevice(tx, args.deviceId)) return refuse({ code: 'device.id_taken' })
      if (await readStaff(tx, args.staffId)) return refuse({ code: 'staff.id_taken' })
      await useOneTimeCode(tx, codeHash, nowMs)
      const outletIds = (await readOutlets(tx)).map((outlet) => outlet.id)
      await saveStaff(
        context,
        { id: args.staffId, rev: 1, name: args.name, role: 'owner', outletIds, isActive: true },
        pinHash,
      )
      await saveDevice(context, {
        id: args.deviceId,
        outlet_id: args.outletId,
        label: args.deviceLabel,
        state: 'active',
        pin_failures: 0,
        enrolled_at_ms: nowMs,
      })
      await context.issueSession('device', args.deviceId, args.deviceId)
      await context.issueSession('staff', args.staffId, args.deviceId)
      await setDuty(context, args.outletId, args, nowMs)
      return ok({ staffId: args.staffId, deviceId: args.deviceId })
    },
    async again(context, { staffId, deviceId }) {
      await context.issueSession('device', deviceId, deviceId)
      await context.issueSession('staff', staffId, deviceId)
    },
  }),

  command('staff.add', {
    who: 'manager',
    prepare: ({ pin }, { secrets }) => secrets.hashPin(pin),
    async handle(context, { staffId, name, role, pin, outletIds }, pinHash) {
      const staff: Staff = { id: staffId, rev: 1, name, role, outletIds, isActive: true }
      if (isWeakPin(pin)) return weakPin
      if (await readStaff(context.tx, staffId)) return refuse({ code: 'staff.id_taken' })
      if (!(await mayChange(context, staff))) return refuse({ code: 'staff.role_too_high' })
      if (!(await areOutlets(context, outletIds))) return refuse({ code: 'outlet.unknown' })
      await saveStaff(context, staff, pinHash)
      return ok({ staffId })
    },
  }),

  command('staff.change', {
    who: 'manager',
    async handle(context, { staffId, ...wish }) {
      const row = await readStaff(context.tx, staffId)
      const before = await readRecord<Staff>(context.tx, 'staff', staffId)
      if (!row || !before) return refuse({ code: 'staff.unknown' })
      const after: Staff = { ...before, ...wish, rev: before.rev + 1 }
      if (!(await mayChange(context, before)) || !(await mayChange(context, after))) {
        return refuse({ code: 'staff.role_too_high' })
      }
      if (!(await areOutlets(context, after.outletIds))) return refuse({ code: 'outlet.unknown' })
      const losesOwner =
        before.role === 'owner' && before.isActive && !(after.role === 'owner' && after.isActive)
      if (losesOwner && (await countActiveOwners(context.tx, staffId)) === 0) {
        return refuse({ code: 'staff.last_owner' })
      }
      await saveStaff(context, after, row.pin_hash)
      // Rights change at once: whoever is signed in as this person signs in again.
      if (!after.isActive || after.role !== before.role || `${after.outletIds}` !== `${before.outletIds}`) {
        await endWork(context, staffId, context.endSessions)
      }
      return ok({ staffId })
    },
  }),

  command('staff.set_pin', {
    who: 'manager',
    prepare: ({ pin }, { secrets }) => secrets.hashPin(pin),
    async handle(context, { staffId, pin }, pinHash) {
      const before = await readRecord<Staff>(context.tx, 'staff', staffId)
      if (!before) return refuse({ code: 'staff.unknown' })
      if (isWeakPin(pin)) return weakPin
      if (!(await mayChange(context, before))) return refuse({ code: 'staff.role_too_high' })
      await saveStaff(context, { ...before, rev: before.rev + 1 }, pinHash)
      await forgetPinFailures(context.tx, staffId)
      await endWork(context, staffId, context.endSessions)
      return ok({ staffId })
    },
  }),
]
