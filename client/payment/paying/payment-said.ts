// What a payment's state means, in one sentence for whoever pays. Pure.
import { formatRp } from '#shared/kernel/money.ts'
import { uncountedRpOf } from '#shared/payment/bill/refunding/uncounted.ts'
import { leavingOf, partsOf, usesOf } from '#shared/payment/bill/standing.ts'
import type { Payment } from '#shared/payment/payment.ts'
import { amountsOf } from '#shared/payment/payment-status.ts'
import type { PaymentWords } from '../../i18n/payment/payment-words.ts'
import type { PaymentState, UndecidedState } from './payment-state.ts'

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

/** What of it stays, when all that is to go back has gone: for the bill, and as the tip, which goes with the whole. */
function stayingOf(payment: Payment): { readonly billRp: number; readonly tipRp: number } {
  const { towardsBillRp, roundingRp, tipRp } = partsOf(payment)
  const leaving = leavingOf(payment)
  const hereRp = towardsBillRp + roundingRp
  const billRp = Math.max(0, hereRp - Math.max(usesOf(payment).freedRp, leaving.billRp))
  return { billRp, tipRp: billRp === 0 && hereRp > 0 ? 0 : tipRp - leaving.tipRp }
}

function partlyBackSaid(payment: Payment, { partly_refunded: said }: PaymentWords['state']): string {
  const back = said[isBackInCash(payment) ? 'cash' : 'text'](formatRp(amountsOf(payment).returnedRp))
  const { billRp, tipRp } = stayingOf(payment)
  const stays = [billRp > 0 && said.stays(formatRp(billRp)), tipRp > 0 && said.tip(formatRp(tipRp))]
  return [back, ...stays.filter((text) => text !== false)].join(' ')
}

function allBackSaid(payment: Payment, { refunded: said }: PaymentWords['state']): string {
  const { receivedRp, returnedRp } = amountsOf(payment)
  if (returnedRp > receivedRp) return said.more(formatRp(returnedRp), formatRp(receivedRp))
  return said[isBackInCash(payment) ? 'cash' : 'text'](formatRp(returnedRp))
}

/** What came of it, and what of that has gone back or is about to. */
function shortSaid({ payment, isAway }: Told, said: PaymentWords['state']): string {
  const { receivedRp, returnedRp, returningRp } = amountsOf(payment)
  const { partly_refunded: back, returning } = said
  const came = (isAway ? said.away.short : said.short.text)(formatRp(receivedRp), formatRp(payment.askedRp))
  const gone = [
    returnedRp > 0 && back[isBackInCash(payment) ? 'cash' : 'text'](formatRp(returnedRp)),
    returningRp > 0 && returning.text(formatRp(returningRp)),
  ]
  return [came, ...gone.filter((text) => text !== false)].join(' ')
}

/** What somebody at the café has to decide; the sum is what waits for that. */
function undecidedSaid(told: Told, state: UndecidedState, said: PaymentWords['state']): string {
  const { payment, isAway, leftRp } = told
  const waiting = formatRp(uncountedRpOf([payment]))
  switch (state) {
    case 'short':
      return shortSaid(told, said)
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
  // Rounded to coins, it may come to the same.
  if (wasAskedRp === undefined || wasAskedRp === askedRp) return next
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
      return partlyBackSaid(payment, said)
    case 'refunded':
      return allBackSaid(payment, said)
    case 'cashier':
      return cashierSaid(payment, words)
    default:
      return said[state].text
  }
}
