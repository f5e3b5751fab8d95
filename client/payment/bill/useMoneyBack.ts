import { standingOf } from '#shared/payment/bill/standing.ts'
import { amountsOf } from '#shared/payment/payment-status.ts'
import { database } from '../../sync/db.ts'
import { newest, useLive } from '../../sync/useLive.ts'
import { moneyBackOf } from './money-back.ts'

/** Money of this phone's payments that is to go back, is on its way, or has gone back, by bill. */
type MoneyOnItsWay = {
  readonly billId: string
  /** Named in the address of a pick-up's bill. */
  readonly pickupVisitId: string | null
  readonly state: 'due' | 'returning' | 'returned'
  readonly amountRp: number
}

async function readMoneyOnItsWay(): Promise<readonly MoneyOnItsWay[]> {
  const { records } = database()
  const paymentRows = await records.where('kind').equals('payment').toArray()
  const bills = newest<'bill'>(await records.where('kind').equals('bill').toArray())
  const ownIds = new Set(
    paymentRows.filter(({ stream }) => stream.startsWith('customer:')).map(({ id }) => id),
  )
  const payments = newest<'payment'>(paymentRows)
  return bills.flatMap(({ id: billId, visitId, tableLabel, sums }) => {
    const ofBill = payments.filter((payment) => payment.billId === billId)
    const own = ofBill.filter(({ id }) => ownIds.has(id)).map((payment) => amountsOf(payment))
    const ownRp = own.reduce((sum, { receivedRp }) => sum + receivedRp, 0)
    if (ownRp === 0) return []
    const standing = standingOf(sums.totalRp, ofBill)
    const { dueRp, undecidedRp } = moneyBackOf(standing)
    const returnedRp = own.reduce((sum, one) => sum + one.returnedRp, 0)
    const steps = [
      { state: 'due', amountRp: Math.min(ownRp, dueRp + undecidedRp) },
      { state: 'returning', amountRp: standing.returningRp },
      { state: 'returned', amountRp: returnedRp },
    ] as const
    const step = steps.find(({ amountRp }) => amountRp > 0)
    return step ? [{ billId, pickupVisitId: tableLabel === null ? visitId : null, ...step }] : []
  })
}

export function useMoneyBack() {
  return useLive<readonly MoneyOnItsWay[]>(readMoneyOnItsWay, [])
}
