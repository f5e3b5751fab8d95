// `const s = useOrderStatusWords()` wherever an order's state is said, on the menu page too. In a file of its own with
// both languages: the first scan waits for neither, and the page after ordering never opens in the wrong one.
import type { Translation } from '../dictionary.ts'
import { createWords } from '../useLanguage.ts'
import { orderStatusEn } from './order-status.en.ts'
import { orderStatusId } from './order-status.id.ts'

export type OrderStatusWords = Translation<typeof orderStatusId>

export const useOrderStatusWords = createWords<OrderStatusWords>(orderStatusId, async () => orderStatusEn)
