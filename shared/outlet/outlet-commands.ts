// What may be asked of an outlet.
import * as v from 'valibot'
import { id } from '../kernel/schema.ts'
import { loadSchema, outletSettingsSchema } from './outlet.ts'

export const outletCommands = {
  'outlet.open': v.strictObject({ outletId: id('out'), settings: outletSettingsSchema }),
  'outlet.change': v.strictObject({ outletId: id('out'), settings: outletSettingsSchema }),
  'outlet.set_load': v.strictObject({ outletId: id('out'), load: loadSchema }),
} as const
