// `const w = useStorageWords()`. Both languages come in its own file, which most people never need.
import type { Translation } from '../dictionary.ts'
import { createWords } from '../useLanguage.ts'
import { storageEn } from './storage.en.ts'
import { storageId } from './storage.id.ts'

export const useStorageWords = createWords<Translation<typeof storageId>>(storageId, async () => storageEn)
