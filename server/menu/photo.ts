import { createHash } from 'node:crypto'
import { ok, type Result, refuse } from '#shared/kernel/result.ts'
import { sharp } from '../platform/heavy/picture.ts'
import { createTurns } from '../platform/heavy/turns.ts'

const SIDE_PIXELS = 640
/** sharp's own limit lets a picture of 0.6 MB take 0.8 GB when it is decoded. */
const MAX_PIXELS = 24_000_000
const WITHIN_S = 30
const FORMATS = new Set(['jpeg', 'png', 'webp', 'avif', 'heif'])

export type Photo = { readonly id: string; readonly webpBase64: string }
type PhotoRefusal = {
  readonly code: 'menu.photo_refused'
  readonly why: 'unreadable' | 'format' | 'too_large'
}

const inTurn = createTurns()

/**
 * Makes a square WebP of 640 pixels from a picture that somebody uploaded. Always decoded and encoded
 * anew: what else was in the file (place, camera, scripts) does not survive. One photo at a time; rejects
 * with BusyError when too many wait.
 */
export function encodePhoto(imageBase64: string): Promise<Result<Photo, PhotoRefusal>> {
  return inTurn('quick', () => encode(imageBase64))
}

async function encode(imageBase64: string): Promise<Result<Photo, PhotoRefusal>> {
  const bytes = Buffer.from(imageBase64, 'base64')
  try {
    const image = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error', pages: 1 })
    const { format, width, height } = await image.metadata()
    if (!FORMATS.has(format ?? '')) return refuse({ code: 'menu.photo_refused', why: 'format' })
    if (width * height > MAX_PIXELS) return refuse({ code: 'menu.photo_refused', why: 'too_large' })
    const webp = await image
      .autoOrient()
      .resize(SIDE_PIXELS, SIDE_PIXELS, { fit: 'cover', position: 'attention' })
      .webp({ quality: 76 })
      .timeout({ seconds: WITHIN_S })
      .toBuffer()
    const id = `${createHash('sha256').update(webp).digest('hex').slice(0, 32)}.webp`
    return ok({ id, webpBase64: webp.toString('base64') })
  } catch {
    return refuse({ code: 'menu.photo_refused', why: 'unreadable' })
  }
}
