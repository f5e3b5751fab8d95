import { unitsOf } from '#shared/payment/bill/split.ts'
import type { Open, PartChoice } from '../../../payment/part/pay-part.ts'

/** The cups of one order that nobody has taken; null when there are none, or, unless `isAlone`, when nothing else is open anyway. */
export function orderPart(
  { sheet, takenKeys }: Open,
  orderId: unknown,
  isAlone: boolean,
): Pick<PartChoice, 'kind' | 'cups'> | null {
  const free = unitsOf(sheet).filter(({ key }) => !takenKeys.has(key))
  const own = free.filter((unit) => unit.orderId === orderId)
  if (own.length === 0 || (!isAlone && own.length === free.length)) return null
  return { kind: 'items', cups: own.map(({ key }) => key) }
}
