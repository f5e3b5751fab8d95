import { isRp } from '#shared/kernel/money.ts'

/** Whole rupiah from what a person types: "22000", "22.000", "Rp 22.000". Null when it is no such amount. */
export function parsePrice(text: string): number | null {
  const plain = text.trim().replace(/^rp\.?\s*/i, '')
  if (!/^\d+$|^\d{1,3}([.,]\d{3})+$/.test(plain)) return null
  const amountRp = Number(plain.replace(/[.,]/g, ''))
  return isRp(amountRp) ? amountRp : null
}
