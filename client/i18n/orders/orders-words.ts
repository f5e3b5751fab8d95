// `const w = useOrdersWords()` on the page after ordering. Both languages come in its own file, so that it never
// opens in the wrong one, also without signal.
import type { Translation } from '../dictionary.ts'
import { createWords } from '../useLanguage.ts'
import { ordersEn } from './orders.en.ts'
import { ordersId } from './orders.id.ts'

type OrdersWords = Translation<typeof ordersId>

export const useOrdersWords = createWords<OrdersWords>(ordersId, async () => ordersEn)
