// Shares of a sum that add up to the sum. Each share is its exact part rounded down; the rupiah left
// over go one each to the largest remainders, and of equal remainders to the earlier share. The same
// arguments give the same shares on every phone, and nobody's share depends on who asks first.
// (Hamilton's method of largest remainders.)
import { assert } from '../../kernel/assert.ts'
import { isRp } from '../../kernel/money.ts'

/** `amountRp` divided in proportion to `weights`; without any weight the first share takes all. Whole rupiah. */
export function apportion(amountRp: number, weights: readonly number[]): readonly number[] {
  assert(isRp(amountRp) && weights.every(isRp), 'apportion takes whole amounts')
  assert(weights.length > 0 || amountRp === 0, 'apportion needs somebody to share with')
  // BigInt, because a billion times a billion is more than a number holds exactly.
  const whole = weights.reduce((sum, weight) => sum + BigInt(weight), 0n)
  if (whole === 0n) return weights.map((_, index) => (index === 0 ? amountRp : 0))
  const amount = BigInt(amountRp)
  const parts = weights.map((weight, index) => {
    const exact = amount * BigInt(weight)
    return { index, share: Number(exact / whole), rest: exact % whole }
  })
  let left = amountRp - parts.reduce((sum, part) => sum + part.share, 0)
  const byRest = [...parts].sort((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest < b.rest ? 1 : -1))
  for (const part of byRest) {
    if (left === 0) break
    part.share += 1
    left -= 1
  }
  return parts.map((part) => part.share)
}

/** `amountRp` in `parts` shares that differ by at most one rupiah, the larger ones first. */
export function equalShares(amountRp: number, parts: number): readonly number[] {
  assert(Number.isSafeInteger(parts) && parts >= 1 && parts <= 1000, 'equalShares takes 1 to 1000 parts')
  return apportion(
    amountRp,
    Array.from({ length: parts }, () => 1),
  )
}
