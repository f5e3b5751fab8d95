import { MAX_PHOTO_CHARACTERS } from '#shared/menu/menu-commands.ts'

export const MAX_PHOTO_BYTES = (MAX_PHOTO_CHARACTERS / 4) * 3
/** Not HEIC: an iPhone that is not asked for it hands over a JPEG of its own accord. */
export const PHOTO_TYPES: readonly string[] = ['image/jpeg', 'image/png', 'image/webp', 'image/avif']

/** Small enough for any café's line; the picture that guests see is smaller still. */
const SENT_AS_IS_BYTES = 1024 * 1024
const LONGEST_SIDE_PIXELS = 2048
/** More arguments than this at once overflow the stack of some browsers. */
const CHUNK_BYTES = 8192

/**
 * A camera's picture made smaller here, since its megabytes would take minutes on a slow line. What this
 * browser cannot read stays as it is: the server says what is wrong with it.
 */
export async function shrinkPhoto(file: Blob): Promise<Blob> {
  if (file.size <= SENT_AS_IS_BYTES && PHOTO_TYPES.includes(file.type)) return file
  try {
    const picture = await createImageBitmap(file)
    const scale = Math.min(1, LONGEST_SIDE_PIXELS / Math.max(picture.width, picture.height))
    const canvas = new OffscreenCanvas(Math.ceil(picture.width * scale), Math.ceil(picture.height * scale))
    const pencil = canvas.getContext('2d')
    if (!pencil) return file
    pencil.imageSmoothingQuality = 'high'
    pencil.drawImage(picture, 0, 0, canvas.width, canvas.height)
    picture.close()
    const smaller = await encode(canvas)
    return smaller.size < file.size || file.size > MAX_PHOTO_BYTES ? smaller : file
  } catch {
    return file
  }
}

/** Safari writes no WebP and hands over a PNG instead, which is larger than what came from the camera. */
async function encode(canvas: OffscreenCanvas): Promise<Blob> {
  const webp = await canvas.convertToBlob({ type: 'image/webp', quality: 0.9 })
  return webp.type === 'image/webp' ? webp : canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 })
}

/** An iPhone's own format: its file begins with a box "ftyp" that names it; an AVIF's names it not. */
function isHeic(bytes: Uint8Array): boolean {
  const head = String.fromCharCode(...bytes.subarray(4, 40))
  return head.startsWith('ftyp') && /hei[cmsx]|hev[cmsx]/.test(head)
}

/** The bytes as the command carries them; or why they are not even sent. */
export function readPhoto(
  bytes: Uint8Array,
):
  | { readonly imageBase64: string; readonly problem: null }
  | { readonly imageBase64: null; readonly problem: 'empty' | 'too_large' | 'heic' } {
  if (bytes.length === 0) return { imageBase64: null, problem: 'empty' }
  if (isHeic(bytes)) return { imageBase64: null, problem: 'heic' }
  if (bytes.length > MAX_PHOTO_BYTES) return { imageBase64: null, problem: 'too_large' }
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    parts.push(String.fromCharCode(...bytes.subarray(at, at + CHUNK_BYTES)))
  }
  return { imageBase64: btoa(parts.join('')), problem: null }
}
