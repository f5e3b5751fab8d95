import { formatRp } from '#shared/kernel/money.ts'
import { spread, wrapped } from './plain-text.ts'

/** One line of paper. `large` is twice as high, and as wide as ever. */
export type PaperLine = { readonly text: string; readonly look?: 'centred' | 'large' | 'banner' }

export function plain(texts: readonly string[]): readonly PaperLine[] {
  return texts.map((text) => ({ text }))
}

export function centred(
  text: string,
  columns: number,
  look: 'centred' | 'banner' = 'centred',
): readonly PaperLine[] {
  return wrapped(text, columns).map((line) => ({ text: line, look }))
}

export function rule(columns: number): PaperLine {
  return { text: '-'.repeat(columns) }
}

/** Without the currency's mark, which only the sums bear. */
export function amount(rp: number): string {
  return formatRp(rp).replace('Rp', '')
}

/** Words on the left, their amount on the right. */
export function row(words: string, rp: number, columns: number): readonly PaperLine[] {
  return plain(spread(words, amount(rp), columns))
}

export function largeRow(words: string, rp: number, columns: number): readonly PaperLine[] {
  return spread(words, formatRp(rp), columns).map((text) => ({ text, look: 'large' as const }))
}
