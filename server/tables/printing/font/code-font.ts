import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type ReadFont, readFont, staticInstance } from './font-instance.ts'
import { unpackWoff2 } from './font-unpack.ts'

export const FONT_WEIGHTS = [500, 700, 800] as const
type FontWeight = (typeof FONT_WEIGHTS)[number]
export type TextStyle = { weight: FontWeight; size: number; tracking: number }
type Face = { bytes: Buffer; font: ReadFont; widthByText: Map<string, number> }

const FONT_FILE = '@fontsource-variable/plus-jakarta-sans/files/plus-jakarta-sans-latin-wght-normal.woff2'
const MAX_CACHED_WIDTHS = 20_000
let faces: Map<FontWeight, Face> | undefined

/** The font file of one weight, ready to embed. Made once per process, on the first label printed. */
export function fontBytes(weight: FontWeight): Buffer {
  return face(weight).bytes
}

/** The capital letter's height, as a part of the font size. */
export const CAP_HEIGHT = 0.745

/** Width in the unit of `style.size`. */
export function textWidth(text: string, style: TextStyle): number {
  const { font, widthByText } = face(style.weight)
  let width = widthByText.get(text)
  if (width === undefined) {
    const advance = font.layout(text).positions.reduce((sum, { xAdvance }) => sum + xAdvance, 0)
    width = advance / font.unitsPerEm
    if (widthByText.size >= MAX_CACHED_WIDTHS) widthByText.clear()
    widthByText.set(text, width)
  }
  return (width + style.tracking * Math.max(0, [...text].length - 1)) * style.size
}

/** The empty strip that the first letter brings along on its left, in the unit of `style.size`. */
export function leftBearing(text: string, style: TextStyle): number {
  const { font } = face(style.weight)
  return ((font.layout(text).glyphs[0]?.path.bbox.minX ?? 0) / font.unitsPerEm) * style.size
}

/** What the letters' ink covers, in font units, y upwards. */
export function inkBox(text: string, weight: FontWeight) {
  const run = face(weight).font.layout(text)
  let x = 0
  const boxes = run.glyphs.map((glyph, index) => {
    const { minX, minY, maxX, maxY } = glyph.path.bbox
    const left = Math.round(x)
    x += run.positions[index]?.xAdvance ?? 0
    return { minX: minX + left, minY, maxX: maxX + left, maxY }
  })
  const minX = Math.min(...boxes.map((box) => box.minX))
  const minY = Math.min(...boxes.map((box) => box.minY))
  const width = Math.max(...boxes.map((box) => box.maxX)) - minX
  return { minX, minY, width, height: Math.max(...boxes.map((box) => box.maxY)) - minY }
}

/** The text as SVG paths in font units, y upwards, one a letter; `scale` brings them to `style.size`. */
export function textOutline(text: string, style: TextStyle): { pieces: string[]; scale: number } {
  const { font } = face(style.weight)
  const run = font.layout(text)
  let x = 0
  const pieces = run.glyphs.map((glyph, index) => {
    const left = Math.round(x)
    x += (run.positions[index]?.xAdvance ?? 0) + style.tracking * font.unitsPerEm
    const path = glyph.path.toSVG()
    return path === '' ? '' : `<path transform="translate(${left})" d="${path}"/>`
  })
  return { pieces, scale: style.size / font.unitsPerEm }
}

/**
 * What of a text the font can print: one line, letters it lacks without their accents, and nothing of
 * what then is left over (emoji, other scripts). May be empty.
 */
export function printableText(text: string): string {
  const { font } = face(500)
  const isPrintable = (letter: string) => font.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0)
  const letters = [...text.normalize('NFC').replace(/[\p{Cc}\p{Cf}\p{Z}]+/gu, ' ')]
  return letters
    .map((letter) =>
      isPrintable(letter) ? letter : [...letter.normalize('NFKD')].filter(isPrintable).join(''),
    )
    .join('')
    .replace(/\p{M}/gu, '')
    .replace(/ +/g, ' ')
    .trim()
}

function face(weight: FontWeight): Face {
  faces ??= loadFaces()
  const found = faces.get(weight)
  if (!found) throw new Error(`The font has no weight ${weight}.`)
  return found
}

function loadFaces(): Map<FontWeight, Face> {
  const tables = unpackWoff2(readFileSync(createRequire(import.meta.url).resolve(FONT_FILE)))
  return new Map(
    FONT_WEIGHTS.map((weight) => {
      const bytes = staticInstance(tables, weight)
      return [weight, { bytes, font: readFont(bytes), widthByText: new Map() }]
    }),
  )
}
