import type { Bilingual } from '#shared/kernel/schema.ts'
import { useLanguage } from './useLanguage.ts'

/** Picks the reader's language from words that are data: `say(item.name)`. Reactive where it is called. */
export function useSpoken(): (words: Bilingual) => string {
  const { language } = useLanguage()
  return (words) => words[language.value]
}
