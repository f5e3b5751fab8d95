/** Enough for a code photographed from an arm's length; more only takes longer. */
const MAX_SIDE_PIXELS = 1600

/** The QR code in a picture from this device; null when there is none to be read. The picture goes nowhere. */
export async function readQrPicture(file: Blob): Promise<string | null> {
  const [{ default: jsQr }, bitmap] = await Promise.all([import('jsqr'), createImageBitmap(file)])
  const scale = Math.min(1, MAX_SIDE_PIXELS / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(bitmap.width * scale))
  canvas.height = Math.max(1, Math.round(bitmap.height * scale))
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) return null
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height)
  return jsQr(data, width, height, { inversionAttempts: 'dontInvert' })?.data ?? null
}
