// A hand scanner types: each character within milliseconds of the last, then Enter. No person types ten
// characters that fast, so the keys of a code can be told from typing without a field that waits for them.

type WedgeKey = { readonly key: string; readonly atMs: number }

/** The slowest that a wireless scanner types, on average and between two keys. */
const MAX_MEAN_MS = 50
const MAX_GAP_MS = 120
/** Shorter than any code, longer than what falls out of a hand on the keyboard. */
const MIN_LENGTH = 8
const MAX_LENGTH = 200

export type Burst = { readonly text: string; readonly startedAtMs: number; readonly lastAtMs: number }

type WedgeStep =
  /** Whatever came before was typing; this key may be a code's first. */
  | { readonly kind: 'began'; readonly burst: Burst }
  | { readonly kind: 'grew'; readonly burst: Burst }
  | { readonly kind: 'scanned'; readonly text: string }
  | { readonly kind: 'nothing' }

/** What `pressed` makes of the keys before it. Keys with a name longer than a character are no part of a code. */
export function wedgeStep(before: Burst | null, { key, atMs }: WedgeKey): WedgeStep {
  const isFast = before !== null && atMs - before.lastAtMs <= MAX_GAP_MS
  if (key === 'Enter' || key === 'Tab') {
    if (!isFast || before.text.length < MIN_LENGTH) return { kind: 'nothing' }
    const meanMs = (atMs - before.startedAtMs) / before.text.length
    return meanMs <= MAX_MEAN_MS ? { kind: 'scanned', text: before.text } : { kind: 'nothing' }
  }
  // A scanner holds Shift for capitals; that belongs to the next key.
  if (key === 'Shift' && isFast) return { kind: 'grew', burst: { ...before, lastAtMs: atMs } }
  if (key.length !== 1) return { kind: 'nothing' }
  if (!isFast || before.text.length >= MAX_LENGTH) {
    return { kind: 'began', burst: { text: key, startedAtMs: atMs, lastAtMs: atMs } }
  }
  return { kind: 'grew', burst: { ...before, text: before.text + key, lastAtMs: atMs } }
}
