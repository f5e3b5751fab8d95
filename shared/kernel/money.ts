// Money is integer rupiah: there are no sen in circulation, and integers add up.
// Rates are permille (100 = 10 %), so that 7.5 % is still an integer.
// Rounding is half up, once per amount (Permendag 35/2013 leaves the method to the shop).
import { assert } from './assert.ts'

/** The largest amount the house handles, in rupiah; far below 2^53, above any bill of a café. */
export const MAX_RP = 1_000_000_000

/** True for an integer amount from 0 to MAX_RP. */
export function isRp(amount: number): boolean {
  return Number.isSafeInteger(amount) && amount >= 0 && amount <= MAX_RP
}

/** `permille` thousandths of `amountRp`, rounded half up. Both must be non-negative integers. */
export function permilleOf(amountRp: number, permille: number): number {
  assert(isRp(amountRp) && Number.isSafeInteger(permille) && permille >= 0, 'permilleOf takes whole amounts')
  return Math.floor((amountRp * permille + 500) / 1000)
}

/**
 * The part of a tax-inclusive `grossRp` that is tax at `permille`, rounded half up.
 * Rp110,000 at 100 permille holds Rp10,000.
 */
export function taxWithin(grossRp: number, permille: number): number {
  assert(isRp(grossRp) && Number.isSafeInteger(permille) && permille >= 0, 'taxWithin takes whole amounts')
  return Math.floor((grossRp * permille * 2 + (1000 + permille)) / (2 * (1000 + permille)))
}

/** "Rp18.000": the way Indonesian menus print it, the same in both languages; "-Rp500" below zero. */
export function formatRp(amountRp: number): string {
  const digits = String(Math.abs(amountRp)).replace(/\B(?=(\d{3})+$)/g, '.')
  return `${amountRp < 0 ? '-' : ''}Rp${digits}`
}

/** "+Rp5.000" for an option that costs extra, "-Rp2.000" for one that costs less, "" for none. */
export function formatDifferenceRp(amountRp: number): string {
  if (amountRp === 0) return ''
  return amountRp > 0 ? `+${formatRp(amountRp)}` : formatRp(amountRp)
}
