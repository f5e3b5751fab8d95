// `const words = useUiWords()` in the widgets of client/ui; the same pattern as customer-words.ts.
import type { Translation } from '../dictionary.ts'
import { createWords } from '../useLanguage.ts'
import { uiId } from './ui.id.ts'

export const useUiWords = createWords<Translation<typeof uiId>>(uiId, () =>
  import('./ui.en.ts').then((module) => module.uiEn),
)
