// What a payer has chosen, as the command asks for it and as the same rules of shared/ price it: the amount
// on the button is the one that the server computes, or the server asks again.
import { ok, type Result } from '#shared/kernel/result.ts'
import type { BillSheet } from '#shared/payment/bill/bill.ts'
import {
  MIN_PART_RP,
  partByAmount,
  partByItem,
  partByShare,
  type SplitRefusal,
  type Unit,
  type UnitsWanted,
  unitsOf,
} from '#shared/payment/bill/split.ts'
import { cashDue } from '#shared/payment/cash.ts'
import type { Payment } from '#shared/payment/payment.ts'
import type { PartWanted } from '#shared/payment/payment-commands.ts'
import type { PaymentSettings } from '#shared/payment/payment-settings.ts'
import { amountsOf } from '#shared/payment/payment-status.ts'

export type PartKind = PartWanted['kind']

/** `cups` are keys of units; `amountRp` is null while the field is empty. */
export type PartChoice = {
  readonly kind: PartKind
  readonly cups: readonly string[]
  readonly partsLeft: number
  readonly amountRp: number | null
}

type PlannedPart = {
  readonly wanted: PartWanted
  readonly amountRp: number
  /** What the chosen cups come to, where others leave less than that to pay. */
  readonly cutFromRp?: number
}
type PartProblem = SplitRefusal | { readonly code: 'part.nothing_chosen' }

export type Open = {
  readonly sheet: BillSheet
  readonly takenKeys: ReadonlySet<string>
  readonly openRp: number
}

/** Who takes which cup: those of payments that count or may still be made. */
export function takersOf(payments: readonly Payment[]): ReadonlyMap<string, Payment> {
  const takers = new Map<string, Payment>()
  for (const payment of payments) {
    if (payment.part.kind !== 'items') continue
    if (payment.status !== 'pending' && amountsOf(payment).countingRp === 0) continue
    for (const key of payment.part.unitKeys) takers.set(key, payment)
  }
  return takers
}

/** How many of each line; which cup of a line it is, the server decides alike for everybody. */
function unitsWanted(units: readonly Unit[], keys: ReadonlySet<string>): readonly UnitsWanted[] {
  const wanted = new Map<string, UnitsWanted>()
  for (const { key, orderId, line } of units) {
    if (!keys.has(key)) continue
    const place = `${orderId}/${line}`
    wanted.set(place, { orderId, line, quantity: (wanted.get(place)?.quantity ?? 0) + 1 })
  }
  return [...wanted.values()]
}

/** The part that was chosen, with its amount, or why it cannot be paid so. */
export function planPart(choice: PartChoice, open: Open): Result<PlannedPart, PartProblem> {
  const { sheet, takenKeys, openRp } = open
  if (openRp <= 0) return { ok: false, refusal: { code: 'bill.nothing_open' } }
  switch (choice.kind) {
    case 'rest':
      return ok({ wanted: { kind: 'rest' }, amountRp: openRp })
    case 'items': {
      const free = new Set(choice.cups.filter((key) => !takenKeys.has(key)))
      const units = unitsWanted(unitsOf(sheet), free)
      if (units.length === 0) return { ok: false, refusal: { code: 'part.nothing_chosen' } }
      const part = partByItem(sheet, takenKeys, units, openRp)
      if (!part.ok) return part
      const { amountRp, shareRp } = part.value
      const cut = shareRp > amountRp ? { cutFromRp: shareRp } : {}
      return ok({ wanted: { kind: 'items', units }, amountRp, ...cut })
    }
    case 'share': {
      const { partsLeft } = choice
      const part = partByShare(openRp, partsLeft)
      return part.ok ? ok({ wanted: { kind: 'share', partsLeft }, amountRp: part.value }) : part
    }
    case 'amount': {
      if (choice.amountRp === null) return { ok: false, refusal: { code: 'part.nothing_chosen' } }
      const part = partByAmount(openRp, choice.amountRp)
      return part.ok ? ok({ wanted: { kind: 'amount', amountRp: part.value }, amountRp: part.value }) : part
    }
  }
}

export type Asked = {
  readonly amountRp: number
  readonly tipRp: number
  readonly roundingRp: number
  readonly askedRp: number
}

/** Part + tip, rounded where it is paid in cash. */
export function askedFor(
  amountRp: number,
  tipRp: number,
  method: Payment['method'],
  { cashRounding }: Pick<PaymentSettings, 'cashRounding'>,
): Asked {
  const exactRp = amountRp + tipRp
  const due = method === 'cash' ? cashDue(exactRp, cashRounding) : { roundingRp: 0, dueRp: exactRp }
  // Less than half a coin cannot be rounded away: nothing would be asked for.
  const { roundingRp, dueRp } = due.dueRp === 0 ? { roundingRp: 0, dueRp: exactRp } : due
  return { amountRp, tipRp, roundingRp, askedRp: dueRp }
}

/**
 * The part of a payment that came to nothing, to be tried again in one tap: the same cups as far as they
 * are free, else the same amount as far as it is open, and never a remainder too small for anybody.
 */
export function partAgain(payment: Payment, open: Open): Result<PlannedPart, PartProblem> {
  const { part, amountRp } = payment
  const again = { cups: [] as readonly string[], partsLeft: 1, amountRp: null }
  if (part.kind === 'items') return planPart({ ...again, kind: 'items', cups: part.unitKeys }, open)
  const isRest = part.kind === 'rest' || open.openRp - amountRp < MIN_PART_RP
  return planPart(isRest ? { ...again, kind: 'rest' } : { ...again, kind: 'amount', amountRp }, open)
}
