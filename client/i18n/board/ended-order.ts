import type { RefusalFacts, RefusalSentence } from '../dictionary.ts'

/** How an order had ended before a move of the board reached the server. */
export type EndedOrderWords = Readonly<
  Record<'asked' | 'unpaid' | 'cancelled' | 'visitClosed' | 'rejected', string>
>

/** A refused move's sentence: how the order had ended where it had, else what is said of any other. */
export function unlessEnded(words: EndedOrderWords, otherwise: string): RefusalSentence {
  return (facts) => {
    const ended = endOf(facts)
    return ended === null ? otherwise : words[ended]
  }
}

/** A refusal names the status that it met: as `from` where the table of moves refused. */
function endOf({ status, from, reason }: RefusalFacts): keyof EndedOrderWords | null {
  const met = status ?? from
  if (met === 'rejected') return reason === 'visit_closed' ? 'visitClosed' : 'rejected'
  if (met !== 'cancelled') return null
  return reason === 'asked' || reason === 'unpaid' ? reason : 'cancelled'
}
