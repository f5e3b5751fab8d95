import type { OrderStatusWords } from '../i18n/orders/order-status-words.ts'
import type { RequestAnswer } from './order-news.ts'
import type { OrderView, Situation } from './order-views.ts'

type Headlines = OrderStatusWords['headline']

/** What the guest has to know first: an answer that was not read yet, else the situation in a few words. */
export function headlineOf(
  words: Headlines,
  view: OrderView,
  situation: Situation,
  answer: RequestAnswer | null,
): string {
  if (answer !== null) return words.answer[answer]
  if (situation === 'ready' && view.kind === 'sent' && view.order.pickup) return words.readyPickup
  if (situation !== 'preparing') return words[situation]
  // Who makes it is named when the board said so.
  const madeBy = view.kind === 'sent' ? view.order.madeBy : null
  return madeBy ? words.preparingBy(madeBy) : words.preparing
}

/** "#042", as the board and the barista call it. */
export function orderNumber(number: number): string {
  return `#${String(number).padStart(3, '0')}`
}
