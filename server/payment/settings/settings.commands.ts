import { ok, refuse } from '#shared/kernel/result.ts'
import type { PaymentSettings } from '#shared/payment/payment-settings.ts'
import { parseQris } from '#shared/payment/qris.ts'
import { actorKey, type CommandRefusal, command, worksAt } from '../../command.ts'
import { readOutlet } from '../../outlet/outlet.store.ts'
import { saveSettings } from './settings.store.ts'

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
    async handle(context, { outletId, settings }) {
      if (!(await readOutlet(context.tx, outletId))) return refuse({ code: 'outlet.unknown' })
      if (!worksAt(context.actor, outletId)) return refuse({ code: 'session.wrong_outlet' })
      const refusal = refuseSettings(settings)
      if (refusal) return refuse(refusal)
      await saveSettings(context, outletId, settings, actorKey(context.actor))
      return ok({ outletId })
    },
  }),
]
