import { createWords } from '../useLanguage.ts'
import { closedVisitEn } from './closed-visit.en.ts'
import { closedVisitId } from './closed-visit.id.ts'

/** Both languages come along: the pages of the orders and of the bill open without a signal too. */
export const useClosedVisitWords = createWords(closedVisitId, async () => closedVisitEn)
