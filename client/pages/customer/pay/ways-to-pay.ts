import { isAwaitingPayment } from '#shared/ordering/order.ts'
import { methodsFromAfar, methodsHere } from '#shared/payment/from-afar.ts'
import type { PaymentSettingsRecord } from '#shared/payment/payment-settings.ts'
import type { TableMoney } from '../../../payment/bill/bill-view.ts'

type Method = ReturnType<typeof methodsHere>[number]

/** `atCounter`: ways that somebody has to come for, where not all are offered; `untilMs`: until when they may. */
export type WaysToPay = {
  readonly methods: readonly Method[]
  readonly atCounter: { readonly untilMs: number; readonly isOnlyWay: boolean } | null
}

/** The ways to pay from where the payer is; the server takes no others (`from-afar.ts`). */
export function waysToPay(
  settings: PaymentSettingsRecord | null | undefined,
  money: Pick<TableMoney, 'pickup' | 'orders'> | null,
): WaysToPay {
  const methods = settings ? methodsHere(settings) : []
  const order = money?.pickup ? money.orders.find(isAwaitingPayment) : undefined
  const fromAfar = settings ? methodsFromAfar(settings) : []
  if (!order?.payFirst || fromAfar.length === methods.length) return { methods, atCounter: null }
  const { untilMs } = order.payFirst
  if (fromAfar.length === 0) return { methods, atCounter: { untilMs, isOnlyWay: true } }
  return { methods: fromAfar, atCounter: { untilMs, isOnlyWay: false } }
}
