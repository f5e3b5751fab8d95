import { describe, expect, it } from 'vitest'
import { MAX_PHOTO_CHARACTERS } from '#shared/menu/menu-commands.ts'
import { MAX_PHOTO_BYTES, readPhoto } from '../../../client/menu-admin/photo-upload.ts'

describe('a photo is looked at before it is sent', () => {
  it('is carried as base64, whatever its length', () => {
    for (const length of [1, 2, 3, 8191, 8192, 8193, 30_000]) {
      const bytes = Uint8Array.from({ length }, (_, place) => (place * 31) % 256)
      expect(readPhoto(bytes).imageBase64).toBe(Buffer.from(bytes).toString('base64'))
    }
  })

  it('is refused when empty or over 5 MB, and the largest still fits the command', () => {
    expect(readPhoto(new Uint8Array()).problem).toBe('empty')
    expect(readPhoto(new Uint8Array(MAX_PHOTO_BYTES + 1)).problem).toBe('too_large')
    expect(readPhoto(new Uint8Array(MAX_PHOTO_BYTES)).imageBase64).toHaveLength(MAX_PHOTO_CHARACTERS)
  })

  it('names the format of an iPhone that this device could not turn into another', () => {
    const file = (brand: string) => new TextEncoder().encode(`\0\0\0\u0018ftyp${brand}\0\0\0\0`)
    expect(readPhoto(file('heic')).problem).toBe('heic')
    expect(readPhoto(file('mif1\0\0\0\0mif1heic')).problem).toBe('heic')
    expect(readPhoto(file('mif1\0\0\0\0avifmiaf')).problem).toBeNull()
  })
})
