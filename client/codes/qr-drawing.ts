/** The quiet zone that scanners need around a code, in modules. */
const QUIET = 4

/** A code as path data: dark modules, on a square of `side` units with its quiet zone. */
export type QrDrawing = { readonly side: number; readonly path: string }

/** The QR code of `text`; its maker is fetched only when a code is first drawn. */
export async function qrDrawing(text: string): Promise<QrDrawing> {
  const { create } = await import('qrcode')
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  let path = ''
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (modules.get(row, column)) path += `M${column + QUIET} ${row + QUIET}h1v1h-1z`
    }
  }
  return { side: modules.size + 2 * QUIET, path }
}
