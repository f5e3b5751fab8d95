import { ok, refuse } from '#shared/kernel/result.ts'
import type { PaymentSettings } from '#shared/payment/payment-settings.ts'
import { parseQris } from '#shared/payment/qris.ts'
import { actorKey, type CommandRefusal, command, worksAt } from '../../command.ts'
import { readOutlet } from '../../outlet/outlet.store.ts'
import { approve, checkPin } from '../approval.ts'
import { approveStored, ensureSettings, readSettings, saveSettings } from './settings.store.ts'

/** Why these settings cannot work, or null. */
function refuseSettings({
  methods,
  provider,
  staticQris,
  maxQrisRp,
}: PaymentSettings): CommandRefusal | null {
  if (methods.includes('qris') && provider === 'manual') return { code: 'settings.qris_needs_provider' }
  if (methods.includes('qris_static') && staticQris === null) return { code: 'settings.static_needs_code' }
  if (staticQris === null) return null
  const read = parseQris(staticQris, { maxRp: maxQrisRp })
  if (!read.ok) return { code: 'qris.static_refused', why: read.refusal.code }
  return read.value.point === 'dynamic' ? { code: 'qris.static_refused', why: 'qris.already_dynamic' } : null
}

export const paymentSettingsCommandList = [
  command('outlet.set_payment', {
    who: 'manager',
    async handle(context, { outletId, settings, ...args }) {
      if (!(await readOutlet(context.tx, outletId))) return refuse({ code: 'outlet.unknown' })
      if (!worksAt(context.actor, outletId)) return refuse({ code: 'session.wrong_outlet' })
      const before = await ensureSettings(context, outletId)
      const givesStatic = args.givesStatic ?? settings.staticQris !== before.staticQris
      const refusal = refuseSettings({
        ...settings,
        staticQris: givesStatic ? settings.staticQris : before.staticQris,
      })
      if (refusal) return refuse(refusal)
      await saveSettings(context, before, settings, { givesStatic, by: actorKey(context.actor) })
      return ok({ outletId })
    },
  }),

  command('outlet.approve_static', {
    who: 'manager',
    prepare: checkPin,
    async handle(context, args, check) {
      const { outletId, staticQris } = args
      if (!worksAt(context.actor, outletId)) return refuse({ code: 'session.wrong_outlet' })
      const approved = await approve(context, args.approval, check, outletId)
      if ('answer' in approved) return approved.answer
      const record = await readSettings(context.tx, outletId)
      // It may have been swapped once more since the page was read.
      if (!record || record.staticQris !== staticQris) return refuse({ code: 'qris.static_changed' })
      const refusal = refuseSettings(record)
      if (refusal) return refuse(refusal)
      await approveStored(context, record, approved.by.staffId)
      return ok({ ok: true, outletId })
    },
  }),
]
