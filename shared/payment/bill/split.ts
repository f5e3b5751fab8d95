// Several people pay one bill. By item: every single cup has its share of the bill's total, charges and
// discount included, fixed by the bill and not by who picks it first; all cups together are the total.
// By equal share: what is still open divided by those still to pay, the larger share first. By amount:
// any sum that leaves nobody a remainder too small to pay. A part never exceeds what is open.
import { assert } from '../../kernel/assert.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { apportion } from './apportion.ts'
import type { BillSheet } from './bill.ts'

/** The smallest part by amount, and the smallest remainder it may leave: below, cash rounding would eat it. */
export const MIN_PART_RP = 1000
/** As many payers as phones in a visit. */
export const MAX_PARTS = 30

/** One cup, by order, line and number within the line: `ord_…/0/1`. */
export type Unit = {
  readonly key: string
  readonly orderId: string
  readonly line: number
  readonly shareRp: number
}

export type UnitsWanted = { readonly orderId: string; readonly line: number; readonly quantity: number }

export type SplitRefusal =
  | { readonly code: 'bill.item_unknown'; readonly orderId: string; readonly line: number }
  | {
      readonly code: 'bill.item_taken'
      readonly orderId: string
      readonly line: number
      readonly left: number
    }
  | { readonly code: 'bill.part_too_small'; readonly minRp: number }
  | { readonly code: 'bill.part_too_large'; readonly openRp: number }
  | { readonly code: 'bill.remainder_too_small'; readonly minRp: number; readonly openRp: number }
  | { readonly code: 'bill.parts_malformed'; readonly max: number }
  | { readonly code: 'bill.nothing_open' }

/** Every unit of the bill with its share; the shares of an order's units add up to the order's total. */
export function unitsOf(sheet: BillSheet): readonly Unit[] {
  return sheet.orders.flatMap((order) => {
    const units = order.lines.flatMap((line, index) =>
      Array.from({ length: line.quantity }, (_, number) => ({
        key: `${order.orderId}/${index}/${number}`,
        orderId: order.orderId,
        line: index,
        weight: line.unitRp,
      })),
    )
    const shares = apportion(
      order.totalRp,
      units.map((unit) => unit.weight),
    )
    return units.map(({ key, orderId, line }, index) => ({ key, orderId, line, shareRp: shares[index] ?? 0 }))
  })
}

export type ItemPart = {
  readonly unitKeys: readonly string[]
  readonly amountRp: number
  /** What the units come to; more than `amountRp` where less than that is open. */
  readonly shareRp: number
}

/**
 * The units `wanted`, lowest free number first, and their share. `takenKeys` are those of parts paid or
 * being paid. Where others have paid or are paying by amount, so that less than the share is open, the part is
 * cut to `openRp`: nobody pays what is paid for already. `shareRp` tells it, and the payer is to be told.
 */
export function partByItem(
  sheet: BillSheet,
  takenKeys: ReadonlySet<string>,
  wanted: readonly UnitsWanted[],
  openRp: number,
): Result<ItemPart, SplitRefusal> {
  if (openRp <= 0) return refuse({ code: 'bill.nothing_open' })
  const units = unitsOf(sheet)
  const chosen = new Map<string, Unit>()
  for (const { orderId, line, quantity } of wanted) {
    assert(Number.isSafeInteger(quantity) && quantity > 0, 'a part takes whole units')
    const ofLine = units.filter((unit) => unit.orderId === orderId && unit.line === line)
    if (ofLine.length === 0) return refuse({ code: 'bill.item_unknown', orderId, line })
    const free = ofLine.filter((unit) => !takenKeys.has(unit.key) && !chosen.has(unit.key))
    if (free.length < quantity) return refuse({ code: 'bill.item_taken', orderId, line, left: free.length })
    for (const unit of free.slice(0, quantity)) chosen.set(unit.key, unit)
  }
  const shareRp = [...chosen.values()].reduce((sum, unit) => sum + unit.shareRp, 0)
  if (shareRp === 0) return refuse({ code: 'bill.part_too_small', minRp: 1 })
  return ok({ unitKeys: [...chosen.keys()], amountRp: Math.min(shareRp, openRp), shareRp })
}

/**
 * One share of `openRp` when `partsLeft` payers are still to come, this one included. Asked in turn, the
 * shares are those of `equalShares`, and the last one closes the bill exactly.
 */
export function partByShare(openRp: number, partsLeft: number): Result<number, SplitRefusal> {
  if (!Number.isSafeInteger(partsLeft) || partsLeft < 1 || partsLeft > MAX_PARTS) {
    return refuse({ code: 'bill.parts_malformed', max: MAX_PARTS })
  }
  if (openRp <= 0) return refuse({ code: 'bill.nothing_open' })
  return ok(Math.ceil(openRp / partsLeft))
}

/** `amountRp` of `openRp`: all of it, or a part such that part and remainder are at least `MIN_PART_RP`. */
export function partByAmount(openRp: number, amountRp: number): Result<number, SplitRefusal> {
  if (openRp <= 0) return refuse({ code: 'bill.nothing_open' })
  if (amountRp === openRp) return ok(amountRp)
  if (!Number.isSafeInteger(amountRp) || amountRp < MIN_PART_RP) {
    return refuse({ code: 'bill.part_too_small', minRp: MIN_PART_RP })
  }
  if (amountRp > openRp) return refuse({ code: 'bill.part_too_large', openRp })
  if (openRp - amountRp < MIN_PART_RP) {
    return refuse({ code: 'bill.remainder_too_small', minRp: MIN_PART_RP, openRp })
  }
  return ok(amountRp)
}
