import type { RefusalSentence } from '../dictionary.ts'

/** The sentence for a table that stayed open; `orders` is "#007, #012". The notice is headed by the table. */
export function newOrders(sentence: (orders: string) => string): RefusalSentence {
  return ({ numbers }) => {
    const known = Array.isArray(numbers) ? numbers : []
    return sentence(known.map((each) => `#${String(each).padStart(3, '0')}`).join(', '))
  }
}
