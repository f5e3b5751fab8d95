/** Reads the code in a picture of the camera; null while there is none. */
export type CameraReader = (video: HTMLVideoElement) => Promise<string | null>

type Detected = { readonly rawValue: string }
type Detector = { detect(source: HTMLVideoElement): Promise<readonly Detected[]> }
type DetectorMaker = {
  new (options: { formats: readonly string[] }): Detector
  getSupportedFormats(): Promise<readonly string[]>
}

/** Sharp enough for a code that fills a third of the picture, and quick on an old tablet. */
const MAX_SIDE_PIXELS = 720

function nativeMaker(): DetectorMaker | null {
  return (globalThis as { BarcodeDetector?: DetectorMaker }).BarcodeDetector ?? null
}

/** The browser's own reader, where it knows both kinds of code. */
async function openNative(): Promise<CameraReader | null> {
  const Maker = nativeMaker()
  if (!Maker) return null
  const formats = ['qr_code', 'code_128']
  // Some builds have the name but no reader behind it.
  const known: readonly string[] = await Maker.getSupportedFormats().catch(() => [])
  const usable = formats.filter((format) => known.includes(format))
  if (!usable.includes('qr_code')) return null
  const detector = new Maker({ formats: usable })
  return async (video) => (await detector.detect(video))[0]?.rawValue ?? null
}

/** Our own copy of a reader, fetched now; it reads the QR beside the bars, not the bars. */
async function openOwn(): Promise<CameraReader> {
  const { default: jsQr } = await import('jsqr')
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })
  return async (video) => {
    const scale = Math.min(1, MAX_SIDE_PIXELS / Math.max(video.videoWidth, video.videoHeight))
    canvas.width = Math.round(video.videoWidth * scale)
    canvas.height = Math.round(video.videoHeight * scale)
    if (!context || canvas.width === 0 || canvas.height === 0) return null
    context.drawImage(video, 0, 0, canvas.width, canvas.height)
    const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height)
    return jsQr(data, width, height, { inversionAttempts: 'dontInvert' })?.data ?? null
  }
}

export type OpenedReader = { readonly read: CameraReader; readonly readsBars: boolean }

export async function openCameraReader(): Promise<OpenedReader> {
  const native = await openNative()
  return native ? { read: native, readsBars: true } : { read: await openOwn(), readsBars: false }
}
