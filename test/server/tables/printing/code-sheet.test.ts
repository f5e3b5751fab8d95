import { describe, expect, it } from 'vitest'
import { type CodeLabel, codeMatrix, MAX_LABELS } from '../../../../server/tables/printing/code-label.ts'
import { renderPdf } from '../../../../server/tables/printing/code-sheet.ts'
import { SHEET_LAYOUTS, type SheetLayout } from '../../../../server/tables/printing/sheet-layouts.ts'
import {
  darkArea,
  decodeWithBoth,
  type FoundCode,
  type Raster,
  rasterisePdf,
  readPdfText,
} from '../../../support/decode.ts'

const DOTS_PER_INCH = 200
const PIXELS_PER_MILLIMETRE = DOTS_PER_INCH / 25.4
const brand = { name: 'Titik Koma', mark: ';' }
const longText = 'Teras belakang dekat kolam ikan '.repeat(7).slice(0, 200)

function tableLabel(number: number, changes: Partial<CodeLabel> = {}): CodeLabel {
  return {
    url: `https://titikkoma.example/t/Zk3v9QpL2sXa${String(number).padStart(4, '0')}`,
    outletName: 'Mojopahit',
    label: `A${number}`,
    areaName: 'Teras',
    shortCode: `K3F${number}`,
    kind: 'table',
    ...changes,
  }
}

async function printPages(labels: readonly CodeLabel[], layout: SheetLayout): Promise<Raster[]> {
  return rasterisePdf(await renderPdf(labels, { layout, brand }), DOTS_PER_INCH)
}

/** Millimetres from edge to edge of the dark modules, and light modules around them, taken from the picture. */
function measure(page: Raster, { text, area }: FoundCode): { side: number; quiet: number } {
  const { size } = codeMatrix(text)
  const module = area.width / size
  const exact = darkArea(page, {
    x: area.x - module,
    y: area.y - module,
    width: area.width + 2 * module,
    height: area.height + 2 * module,
  })
  const side = Math.min(exact.width, exact.height)
  const pixelsPerModule = side / size
  const isQuiet = (modules: number) => {
    const reach = modules * pixelsPerModule
    const around = darkArea(page, {
      x: exact.x - reach,
      y: exact.y - reach,
      width: exact.width + 2 * reach,
      height: exact.height + 2 * reach,
    })
    return around.width === exact.width && around.height === exact.height
  }
  // To a tenth of a module: what comes into view stays in view, so that halving finds where it does.
  let [quiet, loud] = [0, 8]
  while (loud - quiet > 0.1) {
    const middle = (quiet + loud) / 2
    if (isQuiet(middle)) quiet = middle
    else loud = middle
  }
  return { side: side / PIXELS_PER_MILLIMETRE, quiet }
}

describe('a printed sheet of table codes', () => {
  it('fills an A4 page with ten stickers that two unrelated decoders read alike', async () => {
    const labels = Array.from({ length: 13 }, (_, index) => tableLabel(index))
    const pages = await printPages(labels, 'sticker-grid')
    expect(pages).toHaveLength(2)
    expect(pages[0]!.width / PIXELS_PER_MILLIMETRE).toBeCloseTo(210, 0)
    expect(pages[0]!.height / PIXELS_PER_MILLIMETRE).toBeCloseTo(297, 0)
    const first = await decodeWithBoth(pages[0]!)
    const read = [...first, ...(await decodeWithBoth(pages[1]!))].map(({ text }) => text)
    expect(read.toSorted()).toEqual(labels.map(({ url }) => url))
    expect(first.every(({ level }) => level === 'Q')).toBe(true)
  })

  it('shows each tent to both sides of the table, two tents on a page', async () => {
    const labels = [tableLabel(1), tableLabel(2), tableLabel(3)]
    const pages = await printPages(labels, 'table-tent')
    expect(pages).toHaveLength(2)
    const read = (await decodeWithBoth(pages[0]!)).map(({ text }) => text)
    expect(read.toSorted()).toEqual([labels[0], labels[0], labels[1], labels[1]].map((label) => label!.url))
    expect((await decodeWithBoth(pages[1]!)).map(({ text }) => text)).toEqual([
      labels[2]!.url,
      labels[2]!.url,
    ])
  })

  it('gives a single label an A6 page of its own', async () => {
    const labels = [tableLabel(7), tableLabel(8, { kind: 'instagram', label: 'Instagram', areaName: null })]
    const pages = await printPages(labels, 'single')
    expect(pages).toHaveLength(2)
    expect(pages[0]!.width / PIXELS_PER_MILLIMETRE).toBeCloseTo(105, 0)
    for (const [index, page] of pages.entries()) {
      expect((await decodeWithBoth(page)).map(({ text }) => text)).toEqual([labels[index]!.url])
    }
  })

  it.each([
    ['table', 'Pindai untuk pesan dan panggil barista', 'Scan to order and call the barista'],
    ['counter', 'Pindai untuk lihat menu, pesan di kasir', 'Scan for the menu, then order here'],
    ['instagram', 'Pindai untuk lihat menu kami', 'Scan to see our menu'],
    ['maps', 'Pindai untuk lihat menu sebelum datang', 'Scan for the menu before you come'],
    ['merchandise', 'Pindai untuk buka menu kami', 'Scan to open our menu'],
    ['other', 'Pindai untuk lihat menu', 'Scan to see the menu'],
  ] as const)('promises on a %s code only what the phone can do there', async (kind, indonesian, english) => {
    const labels = [tableLabel(1, { kind, label: 'Kode', areaName: null })]
    for (const layout of SHEET_LAYOUTS) {
      const words = await readPdfText(await renderPdf(labels, { layout, brand }))
      expect(words).toContain(indonesian)
      expect(words).toContain(english)
      if (kind !== 'table') expect(words).not.toMatch(/panggil|call|Scan to order/)
    }
  })

  it.each([
    ['sticker-grid', 35],
    ['table-tent', 45],
    ['single', 70],
  ] as const)(
    'prints the codes of a %s at least %i mm wide, with nothing in their quiet zone',
    async (layout, least) => {
      const urls = ['https://a.id/t/x', tableLabel(1).url, `https://pesan.kedai.example/t/${'k'.repeat(60)}`]
      const texts = ['A7', longText, 'Wgjpqy()']
      const labels = urls.map((url, index) =>
        tableLabel(index, { url, label: texts[index]!, areaName: longText }),
      )
      for (const page of await printPages(labels, layout)) {
        const codes = await decodeWithBoth(page)
        expect(codes.length).toBeGreaterThan(0)
        for (const code of codes) {
          const { side, quiet } = measure(page, code)
          expect(side).toBeGreaterThanOrEqual(least)
          expect(quiet).toBeGreaterThanOrEqual(4 - 0.15)
        }
      }
    },
  )

  it.each([
    ['markup', '<script>alert(1)</script>'],
    ['a path', '../../etc/passwd'],
    ['two hundred letters', longText],
    ['one endless word', 'W'.repeat(200)],
    ['emoji only', '☕🪑'],
    ['letters read from the right', 'شاي بالنعناع'],
    ['control characters', 'A\u0000\u202e7\n\r'],
    ['nothing', ''],
  ])('keeps %s inside the label, away from its edges', async (_, text) => {
    const label = tableLabel(1, { label: text, outletName: text, areaName: text, shortCode: text })
    const [page] = await printPages([label], 'sticker-grid')
    expect((await decodeWithBoth(page!)).map(({ text: url }) => url)).toEqual([label.url])
    const millimetres = (x: number, y: number, width: number, height: number) => ({
      x: x * PIXELS_PER_MILLIMETRE,
      y: y * PIXELS_PER_MILLIMETRE,
      width: width * PIXELS_PER_MILLIMETRE,
      height: height * PIXELS_PER_MILLIMETRE,
    })
    // Right of the sticker's inner margin and below it, between the cut marks.
    expect(darkArea(page!, millimetres(100, 15, 100, 46)).width).toBe(-Infinity)
    expect(darkArea(page!, millimetres(15, 61, 85, 200)).width).toBe(-Infinity)
  })

  it('holds lines and letters only, no picture', async () => {
    const pdf = Buffer.from(await renderPdf([tableLabel(1)], { layout: 'single', brand })).toString('latin1')
    expect(pdf).not.toContain('/Subtype /Image')
    expect(pdf).toContain('PlusJakartaSans-800')
  })

  it('refuses an empty list, and more labels than one call may print', async () => {
    await expect(renderPdf([], { layout: 'single', brand })).rejects.toThrow(RangeError)
    const tooMany = Array.from({ length: MAX_LABELS + 1 }, () => tableLabel(1))
    await expect(renderPdf(tooMany, { layout: 'single', brand })).rejects.toThrow(String(MAX_LABELS))
  })

  it('refuses a link too long to print well', async () => {
    const label = tableLabel(1, { url: `https://a.example/${'x'.repeat(300)}` })
    await expect(renderPdf([label], { layout: 'single', brand })).rejects.toThrow(RangeError)
  })
})
