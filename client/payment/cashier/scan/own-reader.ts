import workerUrl from './reader-worker.ts?worker&url'

/** Reads the first QR code or row of bars in the pixels; null while there is none. */
type OwnReader = (pixels: ImageData) => Promise<string | null>

let opened: Promise<Worker> | null = null
let trustedUrl: unknown = null

/** A reader reads its own few files and compiles one of them: beside the page, which is allowed neither. */
function openWorker(): Promise<Worker> {
  // A policy can be made once for each page.
  trustedUrl ??=
    window.trustedTypes
      ?.createPolicy('meja-reader', { createScriptURL: () => workerUrl })
      .createScriptURL('') ?? workerUrl
  const worker = new Worker(trustedUrl as string, { type: 'module' })
  return new Promise((resolve, reject) => {
    worker.addEventListener('error', () => reject(new Error('The reader of codes cannot be loaded.')))
    worker.addEventListener('message', ({ data }) => (data === 'ready' ? resolve(worker) : reject(data)), {
      once: true,
    })
  })
}

/** Our own copy of a reader, fetched when it is first needed: iPads and Firefox have none. */
export async function openOwnReader(): Promise<OwnReader> {
  opened ??= openWorker()
  const worker = await opened.catch((error: unknown) => {
    // The next try fetches it again: there may be a connection by then.
    opened = null
    throw error
  })
  return (pixels) =>
    new Promise((resolve) => {
      worker.addEventListener('message', ({ data }) => resolve(data), { once: true })
      worker.postMessage(pixels, [pixels.data.buffer])
    })
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
