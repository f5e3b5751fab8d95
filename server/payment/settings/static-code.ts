import { ok, type Result, refuse } from '#shared/kernel/result.ts'
import type { PaymentSettingsRecord } from '#shared/payment/payment-settings.ts'
import { parseQris, toDynamic } from '#shared/payment/qris.ts'
import type { CommandRefusal, Context } from '../../command.ts'
import { isApproved } from './settings.store.ts'

/** Why nobody may pay by the outlet's static code now, or null: read anew each time, as it stands in the database. */
export async function refuseStatic(
  context: Context,
  settings: PaymentSettingsRecord,
): Promise<CommandRefusal | null> {
  const { staticQris, maxQrisRp, isStaticQrisDoubtful } = settings
  if (staticQris === null) return { code: 'qris.static_missing' }
  const isSound = !isStaticQrisDoubtful && parseQris(staticQris, { maxRp: maxQrisRp }).ok
  if (isSound && (await isApproved(context.tx, settings, context.secrets))) return null
  return { code: 'qris.static_changed' }
}

/**
 * The text to draw for a payment by the outlet's static code: as its acquirer issued it, or made for this
 * amount where the owner chose so. Read anew before each drawing, because a code that somebody changed
 * in the database would pay somebody else.
 */
export async function staticCode(
  context: Context,
  settings: PaymentSettingsRecord,
  askedRp: number,
  reference: string,
): Promise<Result<string, CommandRefusal>> {
  const { staticQris, convertsStaticQris, maxQrisRp } = settings
  const refusal = await refuseStatic(context, settings)
  if (staticQris === null || refusal) return refuse(refusal ?? { code: 'qris.static_missing' })
  if (!convertsStaticQris) return ok(staticQris)
  const made = toDynamic(staticQris, { amountRp: askedRp, reference }, { maxRp: maxQrisRp })
  return made.ok ? made : refuse({ code: 'qris.static_refused', why: made.refusal.code })
}
