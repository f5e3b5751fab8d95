import { isPractice, type Payment } from '#shared/payment/payment.ts'

/** How much of what a sentence speaks of moved no money. */
export type Played = 'none' | 'some' | 'all'

export function playedOf(payments: readonly Pick<Payment, 'provider' | 'isTest'>[]): Played {
  const count = payments.filter(isPractice).length
  if (count === 0) return 'none'
  return count === payments.length ? 'all' : 'some'
}

type PlayedWords = Readonly<Record<Exclude<Played, 'none'>, (text: string) => string>>

/** The sentence, with its mark in front where the money that it speaks of is only played. */
export function marked(text: string, played: Played, words: PlayedWords): string {
  return played === 'none' ? text : words[played](text)
}
