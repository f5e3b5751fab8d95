// A bill is the sum of its orders as they were shown. Each order was priced, its charges rounded once,
// and its total agreed to before it was sent; the bill adds those totals and computes nothing anew, so
// no rupiah can drift between the orders on the phone and the bill on the table. (Charges on the bill's
// whole price would differ by up to a rupiah for each charge of each order.)
// A discount given on the bill is shared out over its orders by their price, each order is charged again
// with its share by the same formula, and the bill is still the sum. Cancelled orders owe nothing.
// Source: PBJT after discount and with service (UU 1/2022); what is shown is what is paid (Permendag 35/2013).
import { assert } from '../../kernel/assert.ts'
import { MAX_RP, permilleOf } from '../../kernel/money.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import type { Bilingual } from '../../kernel/schema.ts'
import { quoteFor } from '../../ordering/charges.ts'
import type { Order, Quote } from '../../ordering/order.ts'
import { isOwed } from '../../ordering/order-status.ts'
import type { Charges } from '../../outlet/outlet.ts'
import { apportion } from './apportion.ts'

/** What a bill needs of an order, with the charges that held when it was placed. */
export type BillOrder = Pick<Order, 'id' | 'status' | 'lines' | 'quote'> & { readonly charges: Charges }

/** On the bill's price: a rate of it, or an amount, never more than the price. */
export type Discount =
  | { readonly kind: 'rate'; readonly permille: number }
  | { readonly kind: 'amount'; readonly amountRp: number }

/** price − discount + service + tax = total; `includedTaxRp` is told, not added. Whole rupiah. */
type Sums = Quote & { readonly discountRp: number }

type BilledOrder = Sums & {
  readonly orderId: string
  readonly lines: BillOrder['lines']
  readonly charges: Charges
}

export type BillSheet = { readonly orders: readonly BilledOrder[]; readonly sums: Sums }

type BillRefusal = { readonly code: 'bill.too_expensive'; readonly maxRp: number }

const NOTHING: Sums = {
  subtotalRp: 0,
  discountRp: 0,
  serviceRp: 0,
  taxRp: 0,
  totalRp: 0,
  includedTaxRp: 0,
}

function added(a: Sums, b: Sums): Sums {
  return {
    subtotalRp: a.subtotalRp + b.subtotalRp,
    discountRp: a.discountRp + b.discountRp,
    serviceRp: a.serviceRp + b.serviceRp,
    taxRp: a.taxRp + b.taxRp,
    totalRp: a.totalRp + b.totalRp,
    includedTaxRp: a.includedTaxRp + b.includedTaxRp,
  }
}

/** The rupiah that `discount` takes off a price of `subtotalRp`. */
function discountRpOf(subtotalRp: number, discount: Discount): number {
  const wantedRp = discount.kind === 'rate' ? permilleOf(subtotalRp, discount.permille) : discount.amountRp
  assert(Number.isSafeInteger(wantedRp) && wantedRp >= 0, 'a discount is a whole amount')
  return Math.min(subtotalRp, wantedRp)
}

/** The bill of `orders`; those that are cancelled or rejected are left out. */
export function billOf(
  orders: readonly BillOrder[],
  discount: Discount | null = null,
): Result<BillSheet, BillRefusal> {
  const owed = orders.filter((order) => isOwed(order.status))
  const subtotalRp = owed.reduce((sum, order) => sum + order.quote.subtotalRp, 0)
  if (subtotalRp > MAX_RP / 2) return refuse({ code: 'bill.too_expensive', maxRp: MAX_RP / 2 })
  const discountRp = discount === null ? 0 : discountRpOf(subtotalRp, discount)
  const shares = apportion(
    discountRp,
    owed.map((order) => order.quote.subtotalRp),
  )
  const billed = owed.map((order, index) => {
    const shareRp = shares[index] ?? 0
    // An order that gets no discount keeps the very quote that was shown.
    const quote = shareRp === 0 ? order.quote : quoteFor(order.quote.subtotalRp, order.charges, shareRp)
    return { ...quote, discountRp: shareRp, orderId: order.id, lines: order.lines, charges: order.charges }
  })
  return ok({ orders: billed, sums: billed.reduce<Sums>(added, NOTHING) })
}

type Shared = Sums & Pick<BilledOrder, 'orderId' | 'charges'>

/** The orders of a kept bill that are left when others end: they share its discount out anew among those that had a share. */
export function sharedAnew<O extends Shared>(orders: readonly O[], discount: Discount | null): readonly O[] {
  const sharing = discount === null ? [] : orders.filter(({ discountRp }) => discountRp > 0)
  const subtotals = sharing.map(({ subtotalRp }) => subtotalRp)
  const subtotalRp = subtotals.reduce((sum, rp) => sum + rp, 0)
  const shares = apportion(discount === null ? 0 : discountRpOf(subtotalRp, discount), subtotals)
  return orders.map((order) => {
    const shareRp = shares[sharing.indexOf(order)]
    if (shareRp === undefined) return order
    return { ...order, ...quoteFor(order.subtotalRp, order.charges, shareRp), discountRp: shareRp }
  })
}

/** Both on one bill, each with the sums that it has alone. */
export function joinedBill(a: BillSheet, b: BillSheet): BillSheet {
  return { orders: [...a.orders, ...b.orders], sums: added(a.sums, b.sums) }
}

/** A line of the bill as it is printed. `informative` lines are told and not added. */
export type BillLine =
  | { readonly kind: 'item'; readonly orderId: string; readonly line: number; readonly amountRp: number }
  | { readonly kind: 'discount' | 'rounding'; readonly amountRp: number }
  | {
      readonly kind: 'service' | 'tax'
      readonly label: Bilingual
      readonly permille: number
      readonly amountRp: number
    }
  | {
      readonly kind: 'included_tax'
      readonly label: Bilingual
      readonly permille: number
      readonly informativeRp: number
    }

type ChargeLine = Extract<BillLine, { kind: 'service' | 'tax' | 'included_tax' }>

function chargesOf(order: BilledOrder): readonly ChargeLine[] {
  const { service, tax } = order.charges
  return [
    { kind: 'service' as const, label: service.label, permille: service.permille, amountRp: order.serviceRp },
    { kind: 'tax' as const, label: tax.label, permille: tax.permille, amountRp: order.taxRp },
    {
      kind: 'included_tax' as const,
      label: tax.label,
      permille: tax.permille,
      informativeRp: order.includedTaxRp,
    },
  ]
}

/** One line for each charge; two of a kind only when label or rate changed between the orders. */
function chargeLines(sheet: BillSheet): readonly ChargeLine[] {
  const lines = new Map<string, ChargeLine>()
  for (const line of sheet.orders.flatMap(chargesOf)) {
    const key = `${line.kind} ${line.permille} ${line.label.id} ${line.label.en}`
    const before = lines.get(key)
    if (line.kind === 'included_tax') {
      const soFarRp = before?.kind === 'included_tax' ? before.informativeRp : 0
      lines.set(key, { ...line, informativeRp: soFarRp + line.informativeRp })
    } else {
      const soFarRp = before && before.kind !== 'included_tax' ? before.amountRp : 0
      lines.set(key, { ...line, amountRp: soFarRp + line.amountRp })
    }
  }
  const order: readonly ChargeLine['kind'][] = ['service', 'tax', 'included_tax']
  return [...lines.values()]
    .filter((line) => (line.kind === 'included_tax' ? line.informativeRp : line.amountRp) !== 0)
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
}

/** The bill line by line, service before tax, rounding last; the amounts add up to total + rounding. */
export function billLines(sheet: BillSheet, roundingRp = 0): readonly BillLine[] {
  const items = sheet.orders.flatMap(({ orderId, lines }) =>
    lines.map((line, index) => ({
      kind: 'item' as const,
      orderId,
      line: index,
      amountRp: line.unitRp * line.quantity,
    })),
  )
  const { discountRp } = sheet.sums
  return [
    ...items,
    ...(discountRp === 0 ? [] : [{ kind: 'discount' as const, amountRp: -discountRp }]),
    ...chargeLines(sheet),
    ...(roundingRp === 0 ? [] : [{ kind: 'rounding' as const, amountRp: roundingRp }]),
  ]
}
