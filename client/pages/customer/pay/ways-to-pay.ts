import { isAwaitingPayment } from '#shared/ordering/order.ts'
import { openMethods, type PaymentSettingsRecord } from '#shared/payment/payment-settings.ts'
import type { TableMoney } from '../../../payment/bill/bill-view.ts'

type Method = ReturnType<typeof openMethods>[number]

/** `atCounter`: ways that somebody has to come for, where not all are offered; `untilMs`: until when they may. */
export type WaysToPay = {
  readonly methods: readonly Method[]
  readonly atCounter: { readonly untilMs: number; readonly isOnlyWay: boolean } | null
}

/**
 * The ways to pay from where the payer is. Whoever orders for pick-up and pays first sits at home: cash and
 * cards are taken at the counter, and are offered there only where there is nothing else.
 */
export function waysToPay(
  settings: PaymentSettingsRecord | null | undefined,
  money: Pick<TableMoney, 'pickup' | 'orders'> | null,
): WaysToPay {
  // A gateway's code needs a gateway.
  const methods = (settings ? openMethods(settings) : []).filter(
    (each) => each !== 'qris' || settings?.provider !== 'manual',
  )
  const order = money?.pickup ? money.orders.find(isAwaitingPayment) : undefined
  const fromAfar = methods.filter((each) => each === 'qris' || each === 'qris_static')
  if (!order?.payFirst || fromAfar.length === methods.length) return { methods, atCounter: null }
  const { untilMs } = order.payFirst
  if (fromAfar.length === 0) return { methods, atCounter: { untilMs, isOnlyWay: true } }
  return { methods: fromAfar, atCounter: { untilMs, isOnlyWay: false } }
}
