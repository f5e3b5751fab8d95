import type { CustomerWords } from '../i18n/customer/customerWords.ts'
import type { OrderView, Situation } from './order-views.ts'

type Headlines = CustomerWords['orders']['headline']

/** The situation in a few words; who makes it is named when the board said so. */
export function headlineOf(words: Headlines, view: OrderView, situation: Situation): string {
  if (situation !== 'preparing') return words[situation]
  const madeBy = view.kind === 'sent' ? view.order.madeBy : null
  return madeBy ? words.preparingBy(madeBy) : words.preparing
}

/** "#042", as the board and the barista call it. */
export function orderNumber(number: number): string {
  return `#${String(number).padStart(3, '0')}`
}
