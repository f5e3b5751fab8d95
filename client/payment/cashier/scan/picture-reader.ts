import { openOwnReader, pixelsOf } from './own-reader.ts'

/** Enough for a code photographed from an arm's length; more only takes longer. */
const MAX_SIDE_PIXELS = 1600

/** The code in a picture from this device; null when there is none to be read. The picture goes nowhere. */
export async function readQrPicture(file: Blob): Promise<string | null> {
  const [read, bitmap] = await Promise.all([openOwnReader(), createImageBitmap(file)])
  const pixels = pixelsOf(bitmap, bitmap.width, bitmap.height, MAX_SIDE_PIXELS)
  bitmap.close()
  return pixels && read(pixels)
}
