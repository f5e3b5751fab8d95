// Cash may be rounded to coins that circulate, as a line of its own ("Pembulatan") that the guest is told
// before paying; cashless payments are exact to the rupiah. Rounding belongs to the payment, not to the
// bill: of a bill split between cash and QRIS only the cash part is rounded.
// Source: Permendag 35/2013 (prices may be rounded with regard to the money in circulation).
import * as v from 'valibot'
import { assert } from '../kernel/assert.ts'
import { isRp } from '../kernel/money.ts'
import { ok, type Result, refuse } from '../kernel/result.ts'

/** `stepRp` 1 does not round. `nearest` rounds halves up; `down` is always in the guest's favour. */
export const cashRoundingSchema = v.strictObject({
  stepRp: v.picklist([1, 100, 500, 1000]),
  direction: v.picklist(['nearest', 'down']),
})
type CashRounding = v.InferOutput<typeof cashRoundingSchema>

/** The most that rounding can add or take, in rupiah. */
export const MAX_ROUNDING_RP = 999

/** What to ask for in cash: exact + rounding = due. */
type CashDue = { readonly exactRp: number; readonly roundingRp: number; readonly dueRp: number }

/** `exactRp` as it is asked for in cash. */
export function cashDue(exactRp: number, { stepRp, direction }: CashRounding): CashDue {
  assert(isRp(exactRp), 'cashDue takes a whole amount')
  const half = direction === 'nearest' ? Math.floor(stepRp / 2) : 0
  const dueRp = Math.floor((exactRp + half) / stepRp) * stepRp
  return { exactRp, roundingRp: dueRp - exactRp, dueRp }
}

type TooLittleCash = { readonly code: 'payment.too_little_cash'; readonly missingRp: number }

/** The change for `tenderedRp`, or what is missing. */
export function changeFor(dueRp: number, tenderedRp: number): Result<number, TooLittleCash> {
  assert(isRp(dueRp) && isRp(tenderedRp), 'changeFor takes whole amounts')
  if (tenderedRp < dueRp) return refuse({ code: 'payment.too_little_cash', missingRp: dueRp - tenderedRp })
  return ok(tenderedRp - dueRp)
}
