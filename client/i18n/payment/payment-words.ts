// `const w = usePaymentWords()` on the pages of paying. Both languages come in their own file, so that a bill
// never opens in the wrong one, also without signal.
import type { Translation } from '../dictionary.ts'
import { createWords } from '../useLanguage.ts'
import { paymentEn } from './payment.en.ts'
import { paymentId } from './payment.id.ts'

export type PaymentWords = Translation<typeof paymentId>

export const usePaymentWords = createWords<PaymentWords>(paymentId, async () => paymentEn)
