import { ok, type Result, refuse } from '#shared/kernel/result.ts'
import { namedOrders } from '#shared/payment/bill/apart.ts'
import { coversFor } from '#shared/payment/bill/covering.ts'
import {
  type ItemPart,
  partByAmount,
  partByItem,
  partByShare,
  type SplitRefusal,
  unitsOf,
} from '#shared/payment/bill/split.ts'
import { cashDue } from '#shared/payment/cash.ts'
import type { Cover, Payment } from '#shared/payment/payment.ts'
import type { PartWanted } from '#shared/payment/payment-commands.ts'
import type { PaymentSettings } from '#shared/payment/payment-settings.ts'
import type { CommandRefusal } from '../../command.ts'
import { type Account, owedOf } from './bill-keeping.ts'

export type Chosen = { readonly part: Payment['part']; readonly amountRp: number }

type Units = Extract<PartWanted, { kind: 'items' }>['units']

/** Cups of orders apart from the table's: each such order whole, at its own price, whatever the table has paid. */
function chooseApart({ apart, takenKeys }: Account, units: Units): Result<ItemPart, SplitRefusal> {
  if (units.length === 0) return ok({ unitKeys: [], amountRp: 0, shareRp: 0 })
  const part = partByItem(apart, takenKeys, units, apart.sums.totalRp)
  if (!part.ok) return part
  const keys = new Set(part.value.unitKeys)
  const named = new Set(units.map(({ orderId }) => orderId))
  const isMissing = unitsOf(apart).some(({ key, orderId }) => named.has(orderId) && !keys.has(key))
  if (!isMissing) return part
  const whole = apart.orders.filter(({ orderId }) => named.has(orderId))
  return refuse({ code: 'bill.part_too_small', minRp: whole.reduce((sum, { totalRp }) => sum + totalRp, 0) })
}

function chooseItems(account: Account, units: Units): Result<ItemPart, SplitRefusal> {
  const ids = apartIds(account)
  const apart = chooseApart(
    account,
    units.filter(({ orderId }) => ids.has(orderId)),
  )
  const ofParty = units.filter(({ orderId }) => !ids.has(orderId))
  if (!apart.ok || ofParty.length === 0) return apart
  const part = partByItem(account.sheet, account.takenKeys, ofParty, account.openRp)
  if (!part.ok) return part
  return ok({
    unitKeys: [...apart.value.unitKeys, ...part.value.unitKeys],
    amountRp: apart.value.amountRp + part.value.amountRp,
    shareRp: apart.value.shareRp + part.value.shareRp,
  })
}

/** The orders that are apart from the table's; see apart.ts. */
export function apartIds({ apart }: Account): ReadonlySet<string> {
  return new Set(apart.orders.map(({ orderId }) => orderId))
}

/** What a phone prepared, as far as it is still open: the whole of its orders apart, and of the rest what is left. */
export function choosePrepared(account: Account, { part, amountRp }: Payment): Result<Chosen, SplitRefusal> {
  const named = namedOrders({ part })
  const apart = account.apart.orders.filter(({ orderId }) => named.has(orderId))
  const isTaken = part.kind === 'items' && part.unitKeys.some((key) => account.takenKeys.has(key))
  if (apart.length > 0 && isTaken) return refuse({ code: 'bill.nothing_open' })
  const apartRp = apart.reduce((sum, { totalRp }) => sum + totalRp, 0)
  const takenRp = apartRp + Math.min(Math.max(0, amountRp - apartRp), account.openRp)
  return takenRp === 0 ? refuse({ code: 'bill.nothing_open' }) : ok({ part, amountRp: takenRp })
}

/** The part that is wanted, as it is now; what others pay or are paying is not to be had. */
export function choosePart(account: Account, wanted: PartWanted): Result<Chosen, SplitRefusal> {
  const { openRp } = account
  switch (wanted.kind) {
    case 'rest':
      if (openRp === 0) return refuse({ code: 'bill.nothing_open' })
      return ok({ part: { kind: 'rest' }, amountRp: openRp })
    case 'items': {
      const part = chooseItems(account, wanted.units)
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

/** Of each order the share of the cups that are named, of the bill and of phones apart. */
export function namedShares(account: Account, unitKeys: readonly string[]): ReadonlyMap<string, number> {
  const units = new Map(
    [...unitsOf(account.apart), ...unitsOf(account.sheet)].map((unit) => [unit.key, unit]),
  )
  const named = new Map<string, number>()
  for (const key of unitKeys) {
    const unit = units.get(key)
    if (unit) named.set(unit.orderId, (named.get(unit.orderId) ?? 0) + unit.shareRp)
  }
  return named
}

/** Which orders the part pays for, by those of the bill and of phones apart. */
export function coversOf(
  account: Account,
  { part, amountRp }: Chosen,
  phone: number | null,
): readonly Cover[] {
  const named = namedShares(account, part.kind === 'items' ? part.unitKeys : [])
  return coversFor({ amountRp, phone, named }, owedOf(account), account.payments)
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
