import { createRequire } from 'node:module'
import { encodeGlyph, type FontTables, fontTable, signedWords, writeGlyphs } from './font-unpack.ts'

type PathCommand = { command: string; args: number[] }
type GlyphPath = {
  commands: PathCommand[]
  bbox: { minX: number; minY: number; maxX: number; maxY: number }
  toSVG(): string
}
type Glyph = { advanceWidth: number; path: GlyphPath }
type GlyphRun = { glyphs: Glyph[]; positions: { xAdvance: number; xOffset: number; yOffset: number }[] }

/** The part of fontkit that is used here; it ships no types of its own. */
export type ReadFont = {
  unitsPerEm: number
  numGlyphs: number
  getGlyph(id: number): Glyph
  hasGlyphForCodePoint(codePoint: number): boolean
  layout(text: string): GlyphRun
  getVariation(axes: Record<string, number>): ReadFont
}
type Fontkit = { create(bytes: Buffer): ReadFont }

// The very fontkit that the PDF writer measures and embeds with, so both agree on every width.
const fontkit: Fontkit = createRequire(createRequire(import.meta.url).resolve('pdfkit'))('fontkit')

const VARIATION_TABLES = ['fvar', 'gvar', 'avar', 'HVAR', 'MVAR', 'STAT', 'cvar']

export function readFont(bytes: Buffer): ReadFont {
  return fontkit.create(bytes)
}

/**
 * One weight of a variable font as a font of its own. The PDF writer would embed the default weight,
 * whatever weight was asked for.
 */
export function staticInstance(variable: FontTables, weight: number): Buffer {
  const font = readFont(joinTables(variable)).getVariation({ wght: weight })
  const tables: FontTables = new Map([...variable].filter(([tag]) => !VARIATION_TABLES.includes(tag)))
  const metrics: number[] = []
  const outlines = Array.from({ length: font.numGlyphs }, (_, id) => {
    const glyph = font.getGlyph(id)
    const outline = encodeGlyph(contoursOf(glyph.path.commands))
    metrics.push(Math.round(glyph.advanceWidth), outline.length > 0 ? outline.readInt16BE(2) : 0)
    return outline
  })
  writeGlyphs(tables, outlines)
  tables.set('hmtx', signedWords(metrics))
  const header = Buffer.from(fontTable(tables, 'hhea'))
  header.writeUInt16BE(font.numGlyphs, 34)
  tables.set('hhea', header)
  tables.set('name', nameTable(`PlusJakartaSans-${weight}`))
  return joinTables(tables)
}

function contoursOf(commands: readonly PathCommand[]) {
  const contours: { x: number; y: number; onCurve: boolean }[][] = []
  for (const { command, args } of commands) {
    if (command === 'closePath') continue
    if (command === 'moveTo') contours.push([])
    for (let index = 0; index < args.length; index += 2) {
      const isEnd = index + 2 === args.length
      contours
        .at(-1)
        ?.push({ x: Math.round(args[index] ?? 0), y: Math.round(args[index + 1] ?? 0), onCurve: isEnd })
    }
  }
  return contours.map((contour) => {
    const [first, last] = [contour[0], contour.at(-1)]
    const isClosedTwice = contour.length > 1 && first?.x === last?.x && first?.y === last?.y && last?.onCurve
    return isClosedTwice ? contour.slice(0, -1) : contour
  })
}

/** The PDF writer takes two fonts of one PostScript name for one font, so each weight gets its own. */
function nameTable(postScriptName: string): Buffer {
  const text = Buffer.from(postScriptName, 'utf16le').swap16()
  const postScriptId = 6
  const storage = 18
  return Buffer.concat([signedWords([0, 1, storage, 3, 1, 0x0409, postScriptId, text.length, 0]), text])
}

/** A TrueType file; checksums stay zero, which no reader used here looks at. */
function joinTables(tables: FontTables): Buffer {
  const header = Buffer.alloc(12 + 16 * tables.size)
  header.writeUInt32BE(0x00010000, 0)
  header.writeUInt16BE(tables.size, 4)
  const bodies: Buffer[] = []
  let offset = header.length
  ;[...tables]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .forEach(([tag, bytes], index) => {
      header.write(tag, 12 + 16 * index, 'latin1')
      header.writeUInt32BE(offset, 12 + 16 * index + 8)
      header.writeUInt32BE(bytes.length, 12 + 16 * index + 12)
      const padding = Buffer.alloc((4 - (bytes.length % 4)) % 4)
      bodies.push(bytes, padding)
      offset += bytes.length + padding.length
    })
  return Buffer.concat([header, ...bodies])
}
