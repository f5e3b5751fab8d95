import { recordsOf } from '../../sync/read-records.ts'
import { newest, useLive } from '../../sync/useLive.ts'
import { type MoneyOnItsWay, moneyOnItsWay } from './money-on-its-way.ts'

async function readMoneyOnItsWay(): Promise<readonly MoneyOnItsWay[]> {
  const rowsOf = (kind: 'payment' | 'bill' | 'refund') => recordsOf({ kind })
  const rows = await rowsOf('payment')
  return moneyOnItsWay({
    bills: newest<'bill'>(await rowsOf('bill')),
    payments: newest<'payment'>(rows),
    refunds: newest<'refund'>(await rowsOf('refund')),
    ownIds: new Set(rows.filter(({ stream }) => stream.startsWith('customer:')).map(({ id }) => id)),
  })
}

export function useMoneyBack() {
  return useLive<readonly MoneyOnItsWay[]>(readMoneyOnItsWay, [])
}
