import { formatRp } from '#shared/kernel/money.ts'
import type { DayBooks } from './day-books.ts'

type UnsettledWords = {
  readonly payments: (count: number) => string
  readonly bills: (count: number) => string
  readonly dueBack: (amount: string, bills: number) => string
  readonly text: (list: string) => string
}

/** What whoever closes the day should know to be unsettled, money owed to guests with it; empty when nothing is. */
export function unsettledText(
  { providers, openBills }: Pick<DayBooks, 'providers' | 'openBills'>,
  words: UnsettledWords,
  language: string,
): string {
  const payments = providers
    .filter(({ isPractice }) => !isPractice)
    .flatMap(({ differing, returning, waiting }) => [...differing, ...returning, ...waiting]).length
  const bills = openBills.count + openBills.unbilled.visits
  const { dueBack } = openBills
  const dueBackRp = dueBack.reduce((sum, bill) => sum + bill.dueBackRp, 0)
  const list = [
    payments > 0 && words.payments(payments),
    bills > 0 && words.bills(bills),
    dueBackRp > 0 && words.dueBack(formatRp(dueBackRp), dueBack.length),
  ].filter((each) => each !== false)
  return list.length === 0 ? '' : words.text(new Intl.ListFormat(language).format(list))
}
