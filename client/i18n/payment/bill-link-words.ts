import { createWords } from '../useLanguage.ts'
import { billLinkEn } from './bill-link.en.ts'
import { billLinkId } from './bill-link.id.ts'

/** Both languages come along: the page with the orders never waits for them. */
export const useBillLinkWords = createWords(billLinkId, async () => billLinkEn)
