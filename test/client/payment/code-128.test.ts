import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newPaymentCode } from '#shared/payment/payment-code.ts'
import { code128, QUIET_MODULES } from '../../../client/payment/code/code-128.ts'
import { decodeBars, rasterisePicture } from '../../support/decode.ts'

/** As the page draws it: two pixels a module on white, and as high as a finger. */
function svgOf(digits: string): string {
  const drawing = code128(digits)
  if (!drawing) throw new Error('These digits have a drawing.')
  const bars = drawing.bars.map(({ at, width }) => `M${at} 0h${width}v38h-${width}z`).join('')
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${drawing.modules * 2}" height="76" viewBox="0 0 ${drawing.modules} 38" preserveAspectRatio="none" shape-rendering="crispEdges"><path d="M0 0h${drawing.modules}v38h-${drawing.modules}z" fill="#fff"/><path d="${bars}"/></svg>`
}

/** What a scanner makes of it; a reader of its own kind, which knows nothing of how it was drawn. */
async function read(digits: string): Promise<{ text: string; format: string } | null> {
  return decodeBars(await rasterisePicture(svgOf(digits)))
}

describe('The bars of a payment code', () => {
  it('are read back as the digits, for a hundred codes drawn by lot', async () => {
    const serials = fc.sample(fc.integer({ min: 0, max: 9_999_999 }), 100)
    for (const [index, serial] of [0, 9_999_999, ...serials].entries()) {
      const code = newPaymentCode(index % 1000, serial)
      expect(await read(code)).toEqual({ text: code, format: 'Code128' })
    }
  })

  it('are 101 modules wide, with ten white ones at both ends', () => {
    const drawing = code128('700123456789')
    expect(drawing?.modules).toBe(101 + 2 * QUIET_MODULES)
    expect(drawing?.bars[0]?.at).toBe(QUIET_MODULES)
    const last = drawing?.bars.at(-1)
    expect((last?.at ?? 0) + (last?.width ?? 0)).toBe(101 + QUIET_MODULES)
  })

  it('are not drawn for what they cannot say', () => {
    expect(['', '123', '12a4', '12 34', '-1234'].map(code128)).toEqual([null, null, null, null, null])
  })
})
