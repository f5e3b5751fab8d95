import { ok, type Result, refuse } from '#shared/kernel/result.ts'
import { cashDue } from '#shared/payment/cash.ts'
import type { Payment } from '#shared/payment/payment.ts'
import type { PartWanted } from '#shared/payment/payment-commands.ts'
import type { PaymentSettings } from '#shared/payment/payment-settings.ts'
import { partByAmount, partByItem, partByShare, type SplitRefusal } from '#shared/payment/split.ts'
import type { CommandRefusal } from '../command.ts'
import type { Account } from './bill-keeping.ts'

export type Chosen = { readonly part: Payment['part']; readonly amountRp: number }

/** The part that is wanted, as it is now; what others pay or are paying is not to be had. */
export function choosePart(account: Account, wanted: PartWanted): Result<Chosen, SplitRefusal> {
  const { openRp } = account.standing
  switch (wanted.kind) {
    case 'rest':
      if (openRp === 0) return refuse({ code: 'bill.nothing_open' })
      return ok({ part: { kind: 'rest' }, amountRp: openRp })
    case 'items': {
      const part = partByItem(account.sheet, account.takenKeys, wanted.units, openRp)
      if (!part.ok) return part
      return ok({ part: { kind: 'items', unitKeys: part.value.unitKeys }, amountRp: part.value.amountRp })
    }
    case 'share': {
      const share = partByShare(openRp, wanted.partsLeft)
      if (!share.ok) return share
      // The last of them pays what is left, which is no share of anything any more.
      const part =
        wanted.partsLeft === 1
          ? ({ kind: 'rest' } as const)
          : ({ kind: 'share', ofParts: wanted.partsLeft } as const)
      return ok({ part, amountRp: share.value })
    }
    case 'amount': {
      const amount = partByAmount(openRp, wanted.amountRp)
      return amount.ok ? ok({ part: { kind: 'amount' }, amountRp: amount.value }) : amount
    }
  }
}

/** More is a slip of the finger, or a way to make numbers too large to count. */
const MAX_TIP_RP = 1_000_000

export type Asked = Pick<Payment, 'amountRp' | 'tipRp' | 'roundingRp' | 'askedRp'>

/** What to ask for in this method: cash is rounded, everything else exact. */
export function askFor(
  amountRp: number,
  tipRp: number,
  method: Payment['method'],
  { cashRounding }: PaymentSettings,
): Asked {
  const exactRp = amountRp + tipRp
  const due = method === 'cash' ? cashDue(exactRp, cashRounding) : { roundingRp: 0, dueRp: exactRp }
  // Less than half a coin cannot be rounded away: nothing would be asked for, and nothing could be paid.
  const { roundingRp, dueRp } = due.dueRp === 0 ? { roundingRp: 0, dueRp: exactRp } : due
  return { amountRp, tipRp, roundingRp, askedRp: dueRp }
}

/** Why this tip is not taken, or null. */
export function refuseTip(tipRp: number, { tips }: PaymentSettings): CommandRefusal | null {
  if (tipRp > 0 && !tips.isOn) return { code: 'payment.tip_off' }
  return tipRp > MAX_TIP_RP ? { code: 'payment.tip_too_large', maxRp: MAX_TIP_RP } : null
}

/** Why this cannot be asked for in this way, or null. */
export function refuseAsking(
  asked: Asked,
  method: Payment['method'],
  shownRp: number,
  settings: PaymentSettings,
): CommandRefusal | null {
  const isQris = method === 'qris' || method === 'qris_static'
  if (isQris && asked.askedRp > settings.maxQrisRp) {
    return { code: 'payment.qris_too_large', maxRp: settings.maxQrisRp }
  }
  return asked.askedRp === shownRp ? null : { code: 'payment.amount_changed', shownRp, ...asked }
}
