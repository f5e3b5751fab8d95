import { type ComputedRef, computed, toRaw, watch } from 'vue'
import { endedOrders } from '#shared/payment/bill/ended-orders.ts'
import { recordsOf } from '../../sync/read-records.ts'
import { newest, useLive } from '../../sync/useLive.ts'
import { payerOf } from '../bill/bill-view.ts'
import type { MoneyOfTable } from '../bill/useTableMoney.ts'
import { hasReceipt } from '../paying/payment-state.ts'
import { keepReceipt, readReceipts } from './kept-receipts.ts'
import { type KeptReceipt, renewed } from './receipt.ts'

/** Those that were kept, with the news of their payments that came to this phone since. */
async function readRenewed(): Promise<readonly KeptReceipt[]> {
  const payments = newest<'payment'>(await recordsOf({ kind: 'payment' }))
  const refunds = newest<'refund'>(await recordsOf({ kind: 'refund' }))
  return (await readReceipts()).map((kept) => renewed(kept, payments, refunds))
}

/** The receipts of the visit that goes on, of this phone's payments, from what its stream says. */
function currentReceipts({ money, view, outlet }: MoneyOfTable): readonly KeptReceipt[] {
  const [table, bill, place] = [money.value, view.value, outlet.value]
  if (!table?.bill || !bill?.isWhole || !place) return []
  const { code, orders } = table.bill
  const ended = endedOrders(bill.sheet.sums.totalRp, table.orders, table.payments).map(
    ({ number, status, quote }) => ({ number, isRejected: status === 'rejected', totalRp: quote.totalRp }),
  )
  return table.payments
    .filter((payment) => payerOf(payment.phone, table.ownNumbers) === 'own' && hasReceipt(payment))
    .map((payment) => ({
      payment: toRaw(payment),
      refunds: table.refunds.filter((refund) => refund.paymentId === payment.id),
      sheet: bill.sheet,
      ended,
      numbers: Object.fromEntries(orders.map(({ orderId, number }) => [orderId, number])),
      outlet: { name: place.name, chainName: place.chainName, address: place.address, zone: place.zone },
      tableLabel: table.tableLabel,
      pickupCode: table.pickup?.code ?? null,
      code,
    }))
}

/** This phone's receipts, the newest first: of this visit as it is now, of earlier ones as they were kept. */
export function useReceipts(table: MoneyOfTable): {
  readonly isRead: ComputedRef<boolean>
  readonly receipts: ComputedRef<readonly KeptReceipt[]>
} {
  const kept = useLive<readonly KeptReceipt[] | null>(readRenewed, null)
  const current = computed(() => currentReceipts(table))
  const isElsewhere = ({ payment }: KeptReceipt) =>
    !current.value.some((each) => each.payment.id === payment.id)
  watch(
    () => [...current.value, ...(kept.value ?? []).filter(isElsewhere)],
    async (receipts) => {
      for (const receipt of receipts) await keepReceipt(receipt)
    },
    { immediate: true },
  )
  return {
    isRead: computed(() => kept.value !== null && table.isRead.value),
    receipts: computed(() => {
      const all = [...current.value, ...(kept.value ?? []).filter(isElsewhere)]
      return all.sort((a, b) => b.payment.createdAtMs - a.payment.createdAtMs)
    }),
  }
}
