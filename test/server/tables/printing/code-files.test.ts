import { unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { type CodeLabel, codeMatrix, codeRectangles } from '../../../../server/tables/printing/code-label.ts'
import { MAX_PNG_PIXELS, renderPng, renderSvg } from '../../../../server/tables/printing/code-svg.ts'
import { fileNames, renderZip } from '../../../../server/tables/printing/code-zip.ts'
import { decodeWithBoth, type Raster, rasterisePicture } from '../../../support/decode.ts'

const brand = { name: 'Titik Koma', mark: ';' }
const label: CodeLabel = {
  url: 'https://titikkoma.example/t/Zk3v9QpL2sXa0007',
  outletName: 'Mojopahit',
  label: 'A7',
  areaName: 'Teras',
  shortCode: 'K3F9',
  kind: 'table',
}
const hostileTexts = [
  '<script>alert(1)</script>',
  '"/><image href="https://evil.example/x"/>',
  ']]>&amp;<!--',
  '../../x',
  'W'.repeat(200),
  '☕🪑',
  'شاي‮بالنعناع',
  'A\u0000\ud8007\n',
]

async function expectBothRead(raster: Raster, url: string): Promise<void> {
  expect((await decodeWithBoth(raster)).map(({ text }) => text)).toEqual([url])
}

describe('a code as a picture file', () => {
  it('reads alike from SVG and from PNG', async () => {
    await expectBothRead(await rasterisePicture(renderSvg(label, brand), 700), label.url)
    const picture = await rasterisePicture(await renderPng(label, 900, brand))
    expect(picture.width).toBe(900)
    await expectBothRead(picture, label.url)
    await expectBothRead(await rasterisePicture(await renderPng(label, 400)), label.url)
  })

  it('names the table and the link for those who cannot see it', () => {
    const svg = renderSvg(label)
    expect(svg).toContain('<title id="name">A7 · Teras · Mojopahit</title>')
    expect(svg).toContain(`${label.url} (K3F9)</desc>`)
  })

  it.each(hostileTexts)('keeps %j as words, never as markup', async (text) => {
    const hostile = { ...label, label: text, outletName: text, areaName: text, shortCode: text }
    const svg = renderSvg(hostile, { name: text, mark: text })
    const tags = new Set([...svg.matchAll(/<\/?([^\s/>]+)/g)].map(([, tag]) => tag))
    expect([...tags].toSorted()).toEqual(['desc', 'g', 'path', 'rect', 'svg', 'title'])
    expect(svg.replaceAll(/&(amp|lt|gt|quot|apos);/g, '')).not.toContain('&')
    expect(svg.isWellFormed()).toBe(true)
    await expectBothRead(await rasterisePicture(svg, 700), label.url)
  })

  it('refuses a picture without size or too large', async () => {
    await expect(renderPng(label, 0)).rejects.toThrow(RangeError)
    await expect(renderPng(label, MAX_PNG_PIXELS + 1)).rejects.toThrow(String(MAX_PNG_PIXELS))
  })
})

describe('all codes in one ZIP', () => {
  it('lists one SVG and one PNG for each label, each with its own code', async () => {
    const labels = [
      label,
      { ...label, url: `${label.url}b`, label: 'A8' },
      { ...label, url: `${label.url}c` },
    ]
    const files = unzipSync(await renderZip(labels, brand))
    expect(Object.keys(files).toSorted()).toEqual([
      'Mojopahit-A7-K3F9-2.png',
      'Mojopahit-A7-K3F9-2.svg',
      'Mojopahit-A7-K3F9.png',
      'Mojopahit-A7-K3F9.svg',
      'Mojopahit-A8-K3F9.png',
      'Mojopahit-A8-K3F9.svg',
    ])
    await expectBothRead(await rasterisePicture(files['Mojopahit-A8-K3F9.png']!), labels[1]!.url)
    await expectBothRead(await rasterisePicture(files['Mojopahit-A7-K3F9-2.svg']!, 700), labels[2]!.url)
  })

  it('gives hostile labels names that every file system takes', () => {
    const labels = hostileTexts.map((text) => ({ ...label, label: text, outletName: text, shortCode: text }))
    const names = fileNames([...labels, ...labels])
    for (const name of names) expect(name).toMatch(/^[A-Za-z0-9][A-Za-z0-9-]{0,124}$/)
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length)
  })

  it('refuses an empty list', async () => {
    await expect(renderZip([])).rejects.toThrow(RangeError)
  })
})

describe('the code itself', () => {
  it('draws each dark module exactly once', () => {
    const matrix = codeMatrix(label.url)
    const drawn = new Uint8Array(matrix.size ** 2)
    for (const { x, y, width, height } of codeRectangles(matrix)) {
      for (let row = y; row < y + height; row += 1) {
        for (let column = x; column < x + width; column += 1) drawn[row * matrix.size + column]! += 1
      }
    }
    expect([...drawn]).toEqual([...matrix.modules])
  })
})
