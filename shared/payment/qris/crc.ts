// CRC-16/CCITT-FALSE: polynomial 1021, start FFFF, no reflection, no final XOR, over the UTF-8 bytes of
// the text. The check value of "123456789" is 29B1. It finds every burst of up to 16 damaged bits, so
// any one wrong character. Written without TextEncoder, which this folder's types do not have.
// Source: EMV QRCPS Merchant-Presented Mode 1.1, which cites ISO/IEC 13239.

const POLYNOMIAL = 0x1021

function add(crc: number, byte: number): number {
  let rest = crc ^ (byte << 8)
  for (let bit = 0; bit < 8; bit++) {
    rest = (rest & 0x8000) === 0 ? rest << 1 : (rest << 1) ^ POLYNOMIAL
  }
  return rest & 0xffff
}

/** The UTF-8 bytes of one code point. */
function utf8Of(point: number): number[] {
  if (point < 0x80) return [point]
  if (point < 0x800) return [0xc0 | (point >> 6), 0x80 | (point & 63)]
  if (point < 0x10000) return [0xe0 | (point >> 12), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63)]
  return [0xf0 | (point >> 18), 0x80 | ((point >> 12) & 63), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63)]
}

/** Four upper-case hexadecimal digits, padded with zeroes. */
export function crcOf(text: string): string {
  let crc = 0xffff
  for (const character of text) {
    for (const byte of utf8Of(character.codePointAt(0) ?? 0)) crc = add(crc, byte)
  }
  return crc.toString(16).toUpperCase().padStart(4, '0')
}
