import { openOwnReader, pixelsOf } from './own-reader.ts'

/** Reads the code in a picture of the camera; null while there is none. */
export type CameraReader = (video: HTMLVideoElement) => Promise<string | null>

type Detected = { readonly rawValue: string }
type Detector = { detect(source: HTMLVideoElement): Promise<readonly Detected[]> }
type DetectorMaker = {
  new (options: { formats: readonly string[] }): Detector
  getSupportedFormats(): Promise<readonly string[]>
}

/** Sharp enough for bars that fill half of the picture, and quick on an old tablet. */
const MAX_SIDE_PIXELS = 960

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
  if (!formats.every((format) => known.includes(format))) return null
  const detector = new Maker({ formats })
  return async (video) => (await detector.detect(video))[0]?.rawValue ?? null
}

async function openOwn(): Promise<CameraReader> {
  const read = await openOwnReader()
  return async (video) => {
    const pixels = pixelsOf(video, video.videoWidth, video.videoHeight, MAX_SIDE_PIXELS)
    return pixels && read(pixels)
  }
}

export async function openCameraReader(): Promise<CameraReader> {
  return (await openNative()) ?? openOwn()
}
