import { formatRp } from '#shared/kernel/money.ts'
import { dueBackRpOf } from '#shared/payment/bill/refunding/refund-plan.ts'
import { amountsOf } from '#shared/payment/payment-status.ts'
import { marked, playedOf } from '../../paying/played.ts'
import type { Entry } from '../money/cashier-view.ts'

type Owing = Pick<Entry, 'view' | 'apart'>
type ListWords = {
  readonly closed: string
  readonly closedOwing: (amount: string) => string
  readonly paid: string
  readonly undecided: string
  readonly giveBack: (amount: string) => string
  readonly left: (amount: string) => string
}
type PlayedWords = Parameters<typeof marked>[2]

/** True where the table itself owes nothing, and only a phone that nobody has let in waits with an order. */
export function isApartOnly({ view, apart }: Owing): boolean {
  return view.standing.remainderRp === 0 && apart.orders.length > 0
}

/** By whose money the table's bill is paid: a bill that only practice has paid is not simply paid. */
export function paidBy({ payments }: Pick<Entry, 'payments'>) {
  return playedOf(payments.filter((payment) => amountsOf(payment).countingRp > 0))
}

/** What was paid there for what is no longer owed, and is to be handed back. */
export function dueBackRp({ view, payments }: Pick<Entry, 'view' | 'payments'>): number {
  return dueBackRpOf(view.standing.overRp, payments)
}

/** One guest gets money back, while another may still owe: neither pays for the other. */
export function giveBackAndTake(
  backRp: number,
  leftRp: number,
  words: Pick<ListWords, 'giveBack' | 'left'>,
): string {
  const back = words.giveBack(formatRp(backRp))
  return leftRp > 0 ? `${back} · ${words.left(formatRp(leftRp))}` : back
}

/** Money went back that nobody has decided about: nothing is asked for, and it is not simply paid. */
export function isUndecided({ view }: Pick<Entry, 'view'>): boolean {
  return view.standing.undecidedRp > 0
}

/** How an entry stands in the list, in a few words or an amount. "Rp0" is never owed by anybody. */
export function entryHeadline(
  entry: Owing & Pick<Entry, 'payments' | 'closedAtMs' | 'isOwing'>,
  words: ListWords,
  played: PlayedWords,
): string {
  const backRp = dueBackRp(entry)
  const leftRp = entry.view.standing.remainderRp
  if (backRp > 0) return giveBackAndTake(backRp, leftRp, words)
  if (entry.closedAtMs !== null && !entry.isOwing) {
    return leftRp > 0 ? words.closedOwing(formatRp(leftRp)) : words.closed
  }
  if (isApartOnly(entry)) return formatRp(entry.apart.sums.totalRp)
  if (entry.isOwing) return formatRp(leftRp)
  return isUndecided(entry) ? words.undecided : marked(words.paid, paidBy(entry), played)
}
