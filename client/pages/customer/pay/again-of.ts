import type { Payment } from '#shared/payment/payment.ts'
import type { PaymentSettingsRecord } from '#shared/payment/payment-settings.ts'
import type { BillView, TableMoney } from '../../../payment/bill/bill-view.ts'
import { askedFor, partAgain, takersOf } from '../../../payment/part/pay-part.ts'
import type { PayWish } from '../../../payment/paying/usePaying.ts'

/** The same part to be paid again in the same way, at what it comes to now; null when it is not to be had. */
export function againOf(
  payment: Payment | null,
  view: BillView | null,
  money: TableMoney | null,
  settings: PaymentSettingsRecord | undefined,
): PayWish | null {
  if (!payment || !view?.isWhole || !settings || !money) return null
  const { method, billId } = payment
  const takenKeys = new Set(takersOf(money.payments).keys())
  const part = partAgain(payment, { sheet: view.sheet, takenKeys, openRp: view.standing.openRp })
  if (!part.ok || !settings.methods.includes(method)) return null
  const tipRp = settings.tips.isOn ? payment.tipRp : 0
  const { askedRp } = askedFor(part.value.amountRp, tipRp, method, settings)
  return { part: part.value.wanted, tipRp, shownRp: askedRp, method, billId }
}
