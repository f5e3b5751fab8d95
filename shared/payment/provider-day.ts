// A business day's payments at providers, our books beside their word. A provider is asked about each payment
// that was begun here, one by one; money that no code of ours asked for is seen in its own pages alone. What
// nobody has an answer for yet is no difference and no agreement: it waits, and is named as waiting.
// Practice money is reported apart from real money, never added to it.
import type { Payment } from './payment.ts'

/** One payment, as booked over all days and as its provider told it last. */
export type ProviderPayment = {
  readonly paymentId: string
  readonly provider: Payment['provider']
  readonly isPractice: boolean
  readonly providerRef: string | null
  readonly status: Payment['status']
  readonly askedRp: number
  /** Received less refunded. */
  readonly bookedRp: number
  /** The same by the provider's last answer; null before the first. */
  readonly providerRp: number | null
  readonly createdAtMs: number
  readonly askedAtMs: number | null
  /** A question to the provider is still open. */
  readonly isAwaited: boolean
  /** A refund is on its way: the provider may be ahead of our books, or behind. */
  readonly isReturning: boolean
  readonly wasMoved: boolean
}

/** `nothing` came to nothing on both sides; `unanswered` is booked by a person and never told by the provider. */
type ProviderLineState = 'same' | 'nothing' | 'waiting' | 'returning' | 'unanswered' | 'differs'

export type ProviderLine = ProviderPayment & { readonly state: ProviderLineState }

export type ProviderDay = {
  readonly provider: Payment['provider']
  readonly isPractice: boolean
  /** Payments that moved money on the day. */
  readonly payments: number
  readonly expectedRp: number
  /** By the provider's own answers; what it has not answered adds nothing. */
  readonly settledRp: number
  /** When the oldest of these answers was given; null without any. */
  readonly answeredSinceMs: number | null
  readonly differing: readonly ProviderLine[]
  readonly waiting: readonly ProviderLine[]
}

export function stateOfLine(payment: ProviderPayment): ProviderLineState {
  const { bookedRp, providerRp, status, isAwaited, isReturning, wasMoved } = payment
  if (providerRp !== null && providerRp !== bookedRp) return isReturning ? 'returning' : 'differs'
  if (wasMoved) return providerRp === null ? 'unanswered' : 'same'
  const isOpen = status === 'pending' || isAwaited || providerRp === null
  return isOpen ? 'waiting' : 'nothing'
}

/** The day of each provider, real money first. */
export function providerDays(payments: readonly ProviderPayment[]): readonly ProviderDay[] {
  const groups = Map.groupBy(payments, ({ provider, isPractice }) => `${isPractice ? 1 : 0} ${provider}`)
  return [...groups.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, ofProvider]) => {
      const lines = ofProvider.map((payment) => ({ ...payment, state: stateOfLine(payment) }))
      const [first] = lines
      return first ? [dayOf(first, lines)] : []
    })
}

function dayOf({ provider, isPractice }: ProviderPayment, lines: readonly ProviderLine[]): ProviderDay {
  const counted = lines.filter(({ state }) => state !== 'nothing' && state !== 'waiting')
  const answers = counted.flatMap(({ askedAtMs }) => (askedAtMs === null ? [] : [askedAtMs]))
  const sumOf = (rpOf: (line: ProviderLine) => number) => counted.reduce((sum, line) => sum + rpOf(line), 0)
  return {
    provider,
    isPractice,
    payments: lines.filter(({ wasMoved }) => wasMoved).length,
    expectedRp: sumOf(({ bookedRp }) => bookedRp),
    settledRp: sumOf(({ providerRp }) => providerRp ?? 0),
    answeredSinceMs: answers.length === 0 ? null : Math.min(...answers),
    differing: lines.filter(({ state }) => state === 'differs' || state === 'unanswered'),
    waiting: lines.filter(({ state }) => state === 'waiting' || state === 'returning'),
  }
}
