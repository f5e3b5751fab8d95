// A business day's payments at providers, our books beside their word. A provider is asked about each payment
// that was begun here, one by one; money that no code of ours asked for is seen in its own pages alone. What
// nobody has an answer for yet is no difference and no agreement: it waits, named as waiting and not counted.
// What is counted differs by exactly what is listed: the differences of all listed lines are the day's difference.
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
  /** Refunds on their way: the provider may have returned these before our books, or not yet; 0 without any. */
  readonly returningRp: number
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
  /** Counted too: what of the difference is a refund on its way. */
  readonly returning: readonly ProviderLine[]
  /** Not counted. */
  readonly waiting: readonly ProviderLine[]
}

export function stateOfLine(payment: ProviderPayment): ProviderLineState {
  const { bookedRp, providerRp, status, isAwaited, returningRp, wasMoved } = payment
  if (providerRp !== null && returningRp > 0) {
    // A refund explains its own amount; whatever else is missing must not hide behind it.
    const isAhead = bookedRp - providerRp === returningRp
    return isAhead || providerRp === bookedRp ? 'returning' : 'differs'
  }
  if (providerRp !== null && providerRp !== bookedRp) return 'differs'
  if (wasMoved) return providerRp === null ? 'unanswered' : 'same'
  const isOpen = status === 'pending' || isAwaited || providerRp === null
  return isOpen ? 'waiting' : 'nothing'
}

/** What our books have beyond what the provider has told. */
export function differenceRp({
  bookedRp,
  providerRp,
}: Pick<ProviderPayment, 'bookedRp' | 'providerRp'>): number {
  return bookedRp - (providerRp ?? 0)
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
    returning: lines.filter(({ state }) => state === 'returning'),
    waiting: lines.filter(({ state }) => state === 'waiting'),
  }
}
