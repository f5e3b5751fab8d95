/** "25.000", "Rp 25000" or "25 000" as whole rupiah; null for anything that could mean something else. */
export function parseRupiah(text: string): number | null {
  const digits = text.trim().replace(/^rp\.?\s*/i, '')
  if (!/^\d{1,9}$|^\d{1,3}([. ]\d{3}){1,2}$/.test(digits)) return null
  return Number(digits.replace(/[. ]/g, ''))
}
