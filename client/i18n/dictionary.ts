/** The same keys with the same arguments: what a translation must offer. Refusals may need their facts or not. */
export type Translation<Source> = {
  readonly [Key in keyof Source]: Key extends 'refusal'
    ? { readonly [Code in keyof Source[Key]]: RefusalSentence }
    : Source[Key] extends string
      ? string
      : Source[Key] extends (...facts: infer Facts) => string
        ? (...facts: Facts) => string
        : Translation<Source[Key]>
}

/** A refusal as it comes from the server or from a pure rule: a code and the facts that explain it. */
export interface RefusalFacts {
  readonly code: string
  readonly [fact: string]: unknown
}

export type RefusalSentence = string | ((facts: RefusalFacts) => string)

/** Code → sentence. `unknown` answers for a code that this build does not know yet. */
export interface RefusalWords {
  readonly unknown: RefusalSentence
  readonly [code: string]: RefusalSentence
}

/** What somebody at the café wrote, which a refusal may carry in both languages; null without it. */
export function saidIn(language: 'id' | 'en', said: unknown): string | null {
  if (typeof said !== 'object' || said === null) return null
  const text = language === 'id' ? 'id' in said && said.id : 'en' in said && said.en
  return typeof text === 'string' && text.trim() !== '' ? text : null
}

export function refusalSentence(words: RefusalWords, refusal: RefusalFacts): string {
  const sentence = Object.hasOwn(words, refusal.code) ? words[refusal.code] : undefined
  const spoken = sentence ?? words.unknown
  return typeof spoken === 'string' ? spoken : spoken(refusal)
}
