import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url'

/** Reads the first QR code or row of bars in the pixels; null while there is none. */
export type OwnReader = (pixels: ImageData) => Promise<string | null>

/** Our own copy of a reader, fetched when it is first needed: iPads and Firefox have none. */
export async function openOwnReader(): Promise<OwnReader> {
  const { prepareZXingModule, readBarcodes } = await import('zxing-wasm/reader')
  await prepareZXingModule({ overrides: { locateFile: () => wasmUrl }, fireImmediately: true })
  return async (pixels) => {
    const [found] = await readBarcodes(pixels, { formats: ['QRCode', 'Code128'], maxNumberOfSymbols: 1 })
    return found?.text ?? null
  }
}

/** The picture's pixels, made smaller where its longer side is above `maxSide`; null where there is nothing to draw. */
export function pixelsOf(
  source: CanvasImageSource,
  width: number,
  height: number,
  maxSide: number,
): ImageData | null {
  const scale = Math.min(1, maxSide / Math.max(width, height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context || canvas.width === 0 || canvas.height === 0) return null
  context.drawImage(source, 0, 0, canvas.width, canvas.height)
  return context.getImageData(0, 0, canvas.width, canvas.height)
}
