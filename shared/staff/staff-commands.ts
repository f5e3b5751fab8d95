// What may be asked about people and devices.
import * as v from 'valibot'
import { id, list, text, words } from '../kernel/schema.ts'
import { pinSchema, ROLES } from './staff.ts'

/** A one-time code as it is read aloud: letters and digits, dashes and spaces are ignored. */
const oneTimeCode = text(40)

export const staffCommands = {
  /** The very first step of a shop: the code is printed once on the server's console. */
  'setup.complete': v.strictObject({
    code: oneTimeCode,
    outletId: id('out'),
    staffId: id('stf'),
    deviceId: id('dev'),
    name: words(40),
    pin: pinSchema,
    deviceLabel: words(40),
  }),
  'device.invite': v.strictObject({ outletId: id('out') }),
  'device.enrol': v.strictObject({ code: oneTimeCode, deviceId: id('dev'), label: words(40) }),
  'device.revoke': v.strictObject({ deviceId: id('dev') }),
  'staff.add': v.strictObject({
    staffId: id('stf'),
    name: words(40),
    role: v.picklist(ROLES),
    pin: pinSchema,
    outletIds: list(id('out'), 100),
  }),
  'staff.change': v.strictObject({
    staffId: id('stf'),
    name: words(40),
    role: v.picklist(ROLES),
    outletIds: list(id('out'), 100),
    isActive: v.boolean(),
  }),
  'staff.set_pin': v.strictObject({ staffId: id('stf'), pin: pinSchema }),
  'staff.sign_in': v.strictObject({ staffId: id('stf'), pin: pinSchema }),
  'staff.sign_out': v.strictObject({}),
} as const
