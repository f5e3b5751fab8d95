// What a payment's state means, in one sentence for whoever pays. Pure.
import { formatRp } from '#shared/kernel/money.ts'
import type { Payment } from '#shared/payment/payment.ts'
import { amountsOf } from '#shared/payment/payment-status.ts'
import type { PaymentWords } from '../../i18n/payment/payment-words.ts'
import type { PaymentState } from './payment-state.ts'

type Told = {
  readonly payment: Payment
  readonly state: PaymentState
  readonly serverNowMs: number
  /** Owed and not paid of the bill; null where the bill is not known. */
  readonly leftRp: number | null
  /** Whoever looks sits at no table: nobody is called, and nothing shown. */
  readonly isAway: boolean
}

const LONG_MS = 20_000

/** Nobody can promise that no money comes any more; what is known is said, and what to do if it does. */
function endedSaid({ method, askedRp, isOutdated }: Payment, { ended }: PaymentWords['state']): string {
  const known = method === 'qris' ? ended.gateway : method === 'qris_static' ? ended.static : ended.till
  if (!isOutdated) return known
  const why = ended.outdated(formatRp(askedRp))
  return method === 'cash' || method === 'card' ? why : `${why} ${known}`
}

/** True where all that went back was handed back, and no bank has to show it. */
function isBackInCash({ method, facts }: Payment): boolean {
  const done = facts.refunds.filter(({ stage }) => stage === 'succeeded')
  return method === 'cash' || done.every(({ isByHand }) => isByHand)
}

function backSaid(
  payment: Payment,
  state: 'partly_refunded' | 'refunded',
  said: PaymentWords['state'],
): string {
  const { countingRp, returnedRp } = amountsOf(payment)
  const way = isBackInCash(payment) ? 'cash' : 'text'
  return said[state][way](formatRp(returnedRp), formatRp(countingRp))
}

/** What somebody at the café has to decide; the sum is what waits for that. */
function undecidedSaid(
  { payment, isAway, leftRp }: Told,
  state: 'short' | 'late' | 'over' | 'twice' | 'disputed',
  said: PaymentWords['state'],
): string {
  const { receivedRp, excessRp, returningRp } = amountsOf(payment)
  const waiting = formatRp(excessRp - returningRp)
  switch (state) {
    case 'short':
      return (isAway ? said.away.short : said.short.text)(formatRp(receivedRp), formatRp(payment.askedRp))
    case 'late':
      return isAway ? said.away.late(waiting, (leftRp ?? 0) > 0) : said.late.text(waiting)
    case 'over':
    case 'twice':
      return isAway ? said.away.excess(waiting) : said[state].text(waiting)
    case 'disputed':
      return isAway ? said.away.disputed : said.disputed.text
  }
}

function cashierSaid({ method, askedRp, wasAskedRp }: Payment, { code, state }: PaymentWords): string {
  const next = method === 'card' ? code.next.card : code.next.cash
  if (wasAskedRp === undefined) return next
  return `${state.cashier.changed(formatRp(wasAskedRp), formatRp(askedRp))} ${next}`
}

export function paymentSaid(told: Told, words: PaymentWords): string {
  const { payment, state, serverNowMs } = told
  const said = words.state
  switch (state) {
    case 'making':
      return serverNowMs - payment.createdAtMs > LONG_MS ? said.makingLong : said.making.text
    case 'short':
    case 'late':
    case 'over':
    case 'twice':
    case 'disputed':
      return undecidedSaid(told, state, said)
    case 'expired':
    case 'cancelled':
      return endedSaid(payment, said)
    case 'returning':
      return said.returning.text(formatRp(amountsOf(payment).returningRp))
    case 'partly_refunded':
    case 'refunded':
      return backSaid(payment, state, said)
    case 'cashier':
      return cashierSaid(payment, words)
    default:
      return said[state].text
  }
}
