import { describe, expect, it } from 'vitest'
import {
  isPickable,
  MAX_PICKED,
  naturally,
  type PrintableCode,
  printUrl,
} from '../../../client/codes/print-choice.ts'
import { qrDrawing } from '../../../client/codes/qr-drawing.ts'
import { pagesOf } from '../../../client/codes/sheet-layouts.ts'
import { pinProblem } from '../../../client/pages/manager/people/pin-problem.ts'

const id = (number: number) => `tbl_${String(number).padStart(26, '0')}`
const table = (number: number, isActive = true) => ({
  id: id(number),
  rev: 1,
  outletId: 'out_00000000000000000000000000',
  areaId: 'teras',
  label: `A${number}`,
  seats: 2,
  shortCode: 'K7PM',
  isActive,
})
const code = (number: number): PrintableCode => ({ ...table(number), kind: 'table', place: 'Teras' })

describe('what is printed', () => {
  it('fills pages of ten stickers, two tents or one label', () => {
    expect(['sticker-grid', 'table-tent', 'single'].map((layout) => pagesOf(layout as 'single', 21))).toEqual(
      [3, 11, 21],
    )
  })

  it('asks for every table without naming them, so that the address stays short', () => {
    const all = [table(1), table(2), table(3, false)]
    expect(printUrl('out_x', 'codes.pdf', 'single', [code(1), code(2)], all)).toBe(
      '/api/desk/out_x/codes.pdf?layout=single&ids=',
    )
    expect(printUrl('out_x', 'codes.zip', 'single', [code(1)], all)).toBe(
      `/api/desk/out_x/codes.zip?ids=${id(1)}`,
    )
  })

  it('refuses a selection whose address would be too long, unless it is everything', () => {
    const all = Array.from({ length: MAX_PICKED + 5 }, (_, index) => table(index))
    const most = all.slice(0, MAX_PICKED + 1).map((_, index) => code(index))
    expect(isPickable(most, all)).toBe(false)
    expect(
      isPickable(
        all.map((_, index) => code(index)),
        all,
      ),
    ).toBe(true)
    expect(isPickable([], all)).toBe(false)
  })

  it('counts labels as people do', () => {
    expect([{ label: 'A10' }, { label: 'A2' }].toSorted(naturally).map(({ label }) => label)).toEqual([
      'A2',
      'A10',
    ])
  })

  it('draws a code with its quiet zone', async () => {
    const { side, path } = await qrDrawing('https://meja.example/staff/enrol')
    expect(side).toBeGreaterThanOrEqual(33)
    expect(path.startsWith('M4 4h1v1h-1z')).toBe(true)
  })
})

describe('a PIN typed twice', () => {
  it.each([
    ['12345', '12345', 'digits'],
    ['123456', '123456', 'weak'],
    ['482913', '482914', 'different'],
    ['482913', '482913', null],
  ])('%s and %s: %s', (pin, again, problem) => {
    expect(pinProblem(pin, again)).toBe(problem)
  })
})
