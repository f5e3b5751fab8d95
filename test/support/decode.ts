import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { PDFiumLibrary } from '@hyzyla/pdfium'
import jsqr from 'jsqr'
import sharp from 'sharp'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

/** A picture as the decoders take it: four bytes a pixel. */
export type Raster = { width: number; height: number; data: Uint8ClampedArray<ArrayBuffer> }
export type Area = { x: number; y: number; width: number; height: number }
/** `level` is the error correction: L, M, Q or H. */
export type FoundCode = { text: string; level: string; area: Area }

const require = createRequire(import.meta.url)
let zxingReady: Promise<unknown> | undefined

/** Without this the reader would fetch its program from a public server. */
function prepareZxing(): Promise<unknown> {
  zxingReady ??= readFile(require.resolve('zxing-wasm/reader/zxing_reader.wasm')).then((file) =>
    prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(file).buffer }, fireImmediately: true }),
  )
  return zxingReady
}

let pdfiumReady: Promise<PDFiumLibrary> | undefined

function preparePdfium(): Promise<PDFiumLibrary> {
  pdfiumReady ??= PDFiumLibrary.init()
  return pdfiumReady
}

export async function rasterisePdf(pdf: Uint8Array, dotsPerInch: number): Promise<Raster[]> {
  const library = await preparePdfium()
  const document = await library.loadDocument(pdf)
  const pages: Raster[] = []
  for (const page of document.pages()) {
    const { width, height, data } = await page.render({ scale: dotsPerInch / 72, render: 'bitmap' })
    pages.push({ width, height, data: new Uint8ClampedArray(data) })
  }
  document.destroy()
  return pages
}

/** Everything that the PDF says, in one line: what a person could select and copy. */
export async function readPdfText(pdf: Uint8Array): Promise<string> {
  const library = await preparePdfium()
  const document = await library.loadDocument(pdf)
  const texts = [...document.pages()].map((page) => page.getText())
  document.destroy()
  return texts.join(' ').replace(/\s+/g, ' ')
}

/** Any picture that sharp reads (PNG, SVG); a transparent ground counts as white paper. */
export async function rasterisePicture(picture: Uint8Array | string, width?: number): Promise<Raster> {
  const image = sharp(typeof picture === 'string' ? Buffer.from(picture) : picture, { density: 300 })
  const sized = width === undefined ? image : image.resize({ width })
  const { data, info } = await sized.flatten({ background: '#fff' }).ensureAlpha().raw().toBuffer({
    resolveWithObject: true,
  })
  return { width: info.width, height: info.height, data: new Uint8ClampedArray(data) }
}

/** jsQR finds one code at a time: give it a cell that holds one. */
export function decodeWithJsqr({ data, width, height }: Raster): string | null {
  return jsqr(data, width, height, { inversionAttempts: 'dontInvert' })?.data ?? null
}

function imageOf({ data, width, height }: Raster): ImageData {
  return { data, width, height, colorSpace: 'srgb', pixelFormat: 'rgba-unorm8' } as ImageData
}

/** The bars in the picture, read as Code 128; null when there are none. */
export async function decodeBars(raster: Raster): Promise<{ text: string; format: string } | null> {
  await prepareZxing()
  const [found] = await readBarcodes(imageOf(raster), { formats: ['Code128'], maxNumberOfSymbols: 1 })
  return found ? { text: found.text, format: found.format } : null
}

/** Every QR code in the picture, from the top down, then from the left. */
export async function decodeWithZxing(raster: Raster): Promise<FoundCode[]> {
  await prepareZxing()
  const found = await readBarcodes(imageOf(raster), {
    formats: ['QRCode'],
    tryInvert: false,
    maxNumberOfSymbols: 0xff,
  })
  const codes = found.map(({ text, ecLevel, position }) => ({
    text,
    level: ecLevel,
    area: areaOf(Object.values(position)),
  }))
  return codes.sort((left, right) => left.area.y - right.area.y || left.area.x - right.area.x)
}

/** Every code that both decoders read alike; throws when jsQR reads another text, or none, at the same place. */
export async function decodeWithBoth(raster: Raster): Promise<FoundCode[]> {
  const codes = await decodeWithZxing(raster)
  for (const { text, area } of codes) {
    const border = area.width * 0.12
    const [width, height] = [area.width + 2 * border, area.height + 2 * border]
    const other = decodeWithJsqr(crop(raster, { x: area.x - border, y: area.y - border, width, height }))
    if (other !== text) throw new Error(`The decoders disagree: ${text} and ${other ?? 'nothing'}.`)
  }
  return codes
}

function areaOf(corners: readonly { x: number; y: number }[]): Area {
  const xs = corners.map(({ x }) => x)
  const ys = corners.map(({ y }) => y)
  const [x, y] = [Math.min(...xs), Math.min(...ys)]
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y }
}

export function crop(raster: Raster, area: Area): Raster {
  const left = Math.max(0, Math.round(area.x))
  const top = Math.max(0, Math.round(area.y))
  const width = Math.min(raster.width - left, Math.round(area.width))
  const height = Math.min(raster.height - top, Math.round(area.height))
  const data = new Uint8ClampedArray(width * height * 4)
  for (let row = 0; row < height; row += 1) {
    const start = ((top + row) * raster.width + left) * 4
    data.set(raster.data.subarray(start, start + width * 4), row * width * 4)
  }
  return { width, height, data }
}

export function isDark(raster: Raster, x: number, y: number): boolean {
  const start = (y * raster.width + x) * 4
  const sum = (raster.data[start] ?? 255) + (raster.data[start + 1] ?? 255) + (raster.data[start + 2] ?? 255)
  return sum < 3 * 160
}

/** The smallest area around all dark pixels of the part of the picture that is asked for. */
export function darkArea(raster: Raster, within: Area): Area {
  let [left, top, right, bottom] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, -1, -1]
  for (
    let y = Math.max(0, Math.floor(within.y));
    y < Math.min(raster.height, within.y + within.height);
    y += 1
  ) {
    for (
      let x = Math.max(0, Math.floor(within.x));
      x < Math.min(raster.width, within.x + within.width);
      x += 1
    ) {
      if (!isDark(raster, x, y)) continue
      left = Math.min(left, x)
      top = Math.min(top, y)
      right = Math.max(right, x + 1)
      bottom = Math.max(bottom, y + 1)
    }
  }
  return { x: left, y: top, width: right - left, height: bottom - top }
}
