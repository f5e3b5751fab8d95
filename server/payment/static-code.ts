import { ok, type Result, refuse } from '#shared/kernel/result.ts'
import type { PaymentSettingsRecord } from '#shared/payment/payment-settings.ts'
import { parseQris, toDynamic } from '#shared/payment/qris.ts'
import type { CommandRefusal, Context } from '../command.ts'
import { isApproved } from './settings.store.ts'

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
  if (staticQris === null) return refuse({ code: 'qris.static_missing' })
  const limits = { maxRp: maxQrisRp }
  const read = parseQris(staticQris, limits)
  if (!read.ok || !(await isApproved(context.tx, settings, context.secrets))) {
    return refuse({ code: 'qris.static_changed' })
  }
  if (!convertsStaticQris) return ok(staticQris)
  const made = toDynamic(staticQris, { amountRp: askedRp, reference }, limits)
  return made.ok ? made : refuse({ code: 'qris.static_refused', why: made.refusal.code })
}
