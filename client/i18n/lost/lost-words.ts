// `const w = useLostWords()`. Both languages come in its own file, which most people never need.
import type { Translation } from '../dictionary.ts'
import { createWords } from '../useLanguage.ts'
import { lostEn } from './lost.en.ts'
import { lostId } from './lost.id.ts'

export const useLostWords = createWords<Translation<typeof lostId>>(lostId, async () => lostEn)
