import { type ComputedRef, computed } from 'vue'
import { attentionTo } from '#shared/payment/payment-status.ts'
import { database } from '../../../sync/db.ts'
import { newest, useLive } from '../../../sync/useLive.ts'

/** Payments of one desk that a person must look at: for the door to the till, which loads nothing more. */
export function useMatterCount(outletId: () => string | null): ComputedRef<number> {
  const payments = useLive(async () => {
    const rows = database().records.where({ stream: `desk:${outletId() ?? ''}`, kind: 'payment' })
    return newest<'payment'>(await rows.toArray())
  }, [])
  return computed(() => payments.value.filter((payment) => attentionTo(payment).length > 0).length)
}
