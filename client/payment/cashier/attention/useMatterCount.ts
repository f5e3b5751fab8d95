import { type ComputedRef, computed } from 'vue'
import { recordsOf } from '../../../sync/read-records.ts'
import { newest, useLive } from '../../../sync/useLive.ts'
import { matterCount } from './matter-count.ts'

/** Payments of one desk that a person must look at: for the door to the till, which loads nothing more. */
export function useMatterCount(outletId: () => string | null): ComputedRef<number> {
  const money = useLive(
    async () => {
      const stream = `desk:${outletId() ?? ''}`
      const rowsOf = (kind: string) => recordsOf({ stream, kind })
      const [bills, payments] = await Promise.all([rowsOf('bill'), rowsOf('payment')])
      return { bills: newest<'bill'>(bills), payments: newest<'payment'>(payments) }
    },
    { bills: [], payments: [] },
  )
  return computed(() => matterCount(money.value.bills, money.value.payments))
}
