import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainText, spread, wrapped } from '../../../../server/payment/receipt/plain-text.ts'

describe('Text for a printer', () => {
  it.each([
    ['Caffè Latte “besar”', 'Caffe Latte "besar"'],
    ['2× Teh – es…', '2x Teh - es...'],
    ['Rp\u00a025.000', 'Rp 25.000'],
    ['Smørrebrød ½ porsi', 'Smorrebrod 1/2 porsi'],
    ['咖啡', '??'],
    ['Kopi\u001bm\u0000\u001dV', 'Kopi?m??V'],
  ])('%j is printed as %j', (text, printed) => {
    expect(plainText(text)).toBe(printed)
  })

  it('never holds anything that a printer could take for an order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength: 60 }), (points) => {
        expect(plainText(String.fromCodePoint(...points))).toMatch(/^[\x20-\x7e]*$/)
      }),
    )
  })

  it('keeps every line within the paper, and the amount whole at its right edge', () => {
    const words = fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'é', '×'), maxLength: 90 })
    fc.assert(
      fc.property(
        words,
        fc.integer({ min: 0, max: 99_999_999 }),
        fc.constantFrom(32, 42),
        (text, rp, width) => {
          const lines = spread(text, String(rp), width)
          for (const line of lines) expect(line.length).toBeLessThanOrEqual(width)
          expect(lines.at(-1)).toHaveLength(width)
          expect(lines.at(-1)?.endsWith(String(rp))).toBe(true)
          for (const line of wrapped(text, width)) expect(line.length).toBeLessThanOrEqual(width)
        },
      ),
    )
  })
})
