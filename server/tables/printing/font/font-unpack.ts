import { brotliDecompressSync } from 'node:zlib'

// Turns a WOFF2 file back into plain font tables (W3C WOFF2, sections 4 and 5). The PDF writer can read
// WOFF2 outlines but cannot embed them, and the font's package holds no other format.

export type FontTables = Map<string, Buffer>
type Point = { x: number; y: number; onCurve: boolean }
type Entry = { tag: string; length: number; isTransformed: boolean }

const KNOWN_TAGS =
  'cmap,head,hhea,hmtx,maxp,name,OS/2,post,cvt ,fpgm,glyf,loca,prep,CFF ,VORG,EBDT,EBLC,gasp,hdmx,kern,LTSH,PCLT,VDMX,vhea,vmtx,BASE,GDEF,GPOS,GSUB,EBSC,JSTF,MATH,CBDT,CBLC,COLR,CPAL,SVG ,sbix,acnt,avar,bdat,bloc,bsln,cvar,fdsc,feat,fmtx,fvar,gvar,hsty,just,lcar,mort,morx,opbd,prop,trak,Zapf,Silf,Glat,Gloc,Feat,Sill'.split(
    ',',
  )

class Reader {
  readonly bytes: Buffer
  position: number
  constructor(bytes: Buffer, position = 0) {
    this.bytes = bytes
    this.position = position
  }
  take(length: number): Buffer {
    this.position += length
    return this.bytes.subarray(this.position - length, this.position)
  }
  byte(): number {
    return this.take(1).readUInt8()
  }
  word(): number {
    return this.take(2).readUInt16BE()
  }
  signedWord(): number {
    return this.take(2).readInt16BE()
  }
  long(): number {
    return this.take(4).readUInt32BE()
  }
  base128(): number {
    let value = 0
    for (let count = 0; count < 5; count += 1) {
      const byte = this.byte()
      value = value * 128 + (byte & 127)
      if (byte < 128) return value
    }
    throw new Error('The font file is damaged.')
  }
  shortCount(): number {
    const first = this.byte()
    if (first === 253) return this.word()
    if (first === 254) return this.byte() + 506
    return first === 255 ? this.byte() + 253 : first
  }
}

/** Every table of the font as TrueType knows it; hinting is left out, print does not use it. */
export function unpackWoff2(file: Buffer): FontTables {
  const reader = new Reader(file, 12)
  const tableCount = reader.word()
  reader.position = 20
  const compressedLength = reader.long()
  reader.position = 48
  const entries = Array.from({ length: tableCount }, () => readEntry(reader))
  const data = new Reader(brotliDecompressSync(reader.take(compressedLength)))
  const tables: FontTables = new Map()
  let transformedMetrics: Buffer | undefined
  for (const entry of entries) {
    const bytes = data.take(entry.length)
    if (entry.isTransformed && entry.tag === 'hmtx') transformedMetrics = bytes
    tables.set(entry.tag, bytes)
  }
  if (entries.some(({ tag, isTransformed }) => tag === 'glyf' && isTransformed)) {
    const leftEdges = rebuildGlyphs(tables)
    if (transformedMetrics) tables.set('hmtx', rebuildMetrics(transformedMetrics, tables, leftEdges))
  }
  return tables
}

/** The bytes of the table, or a plain failure: a font without it cannot be printed. */
export function fontTable(tables: FontTables, tag: string): Buffer {
  const table = tables.get(tag)
  if (!table) throw new Error(`The font lacks its ${tag} table.`)
  return table
}

function readEntry(reader: Reader): Entry {
  const flags = reader.byte()
  const tag = (flags & 63) === 63 ? reader.take(4).toString('latin1') : KNOWN_TAGS[flags & 63]
  if (!tag) throw new Error('The font file is damaged.')
  const version = flags >> 6
  const isTransformed = tag === 'glyf' || tag === 'loca' ? version !== 3 : version !== 0
  const plainLength = reader.base128()
  return { tag, isTransformed, length: isTransformed ? reader.base128() : plainLength }
}

/** Writes plain `glyf` and `loca` tables; returns each glyph's left edge for the metrics. */
function rebuildGlyphs(tables: FontTables): number[] {
  const reader = new Reader(fontTable(tables, 'glyf'), 4)
  const glyphCount = reader.word()
  reader.position += 2
  const lengths = Array.from({ length: 7 }, () => reader.long())
  const streams = lengths.map((length) => new Reader(reader.take(length)))
  const [contourCounts, pointCounts, flags, triplets, composites, boxes] = streams
  if (!contourCounts || !pointCounts || !flags || !triplets || !composites || !boxes) {
    throw new Error('The font file is damaged.')
  }
  const boxBits = boxes.take(4 * Math.floor((glyphCount + 31) / 32))
  const glyphs: Buffer[] = []
  for (let id = 0; id < glyphCount; id += 1) {
    const contourCount = contourCounts.signedWord()
    const hasBox = ((boxBits[id >> 3] ?? 0) & (128 >> (id & 7))) !== 0
    const box = hasBox ? boxes.take(8) : undefined
    if (contourCount === 0) glyphs.push(Buffer.alloc(0))
    else if (contourCount < 0) glyphs.push(readComposite(composites, triplets, box))
    else {
      const contours: Point[][] = []
      const counts = Array.from({ length: contourCount }, () => pointCounts.shortCount())
      const at = { x: 0, y: 0 }
      for (const count of counts) {
        contours.push(Array.from({ length: count }, () => readPoint(flags.byte(), triplets, at)))
      }
      triplets.shortCount()
      glyphs.push(encodeGlyph(contours))
    }
  }
  writeGlyphs(tables, glyphs)
  return glyphs.map((glyph) => (glyph.length > 0 ? glyph.readInt16BE(2) : 0))
}

function readPoint(flag: number, stream: Reader, at: { x: number; y: number }): Point {
  const code = flag & 127
  const signX = code & 1 ? 1 : -1
  const signY = code & 2 ? 1 : -1
  if (code < 10) at.y += signX * (((code & 14) << 7) + stream.byte())
  else if (code < 20) at.x += signX * ((((code - 10) & 14) << 7) + stream.byte())
  else if (code < 84) {
    const byte = stream.byte()
    at.x += signX * (1 + ((code - 20) & 0x30) + (byte >> 4))
    at.y += signY * (1 + (((code - 20) & 0x0c) << 2) + (byte & 15))
  } else if (code < 120) {
    at.x += signX * (1 + (Math.trunc((code - 84) / 12) << 8) + stream.byte())
    at.y += signY * (1 + ((((code - 84) % 12) >> 2) << 8) + stream.byte())
  } else if (code < 124) {
    const [first, middle, last] = [stream.byte(), stream.byte(), stream.byte()]
    at.x += signX * ((first << 4) + (middle >> 4))
    at.y += signY * (((middle & 15) << 8) + last)
  } else {
    at.x += signX * stream.word()
    at.y += signY * stream.word()
  }
  return { x: at.x, y: at.y, onCurve: flag < 128 }
}

/** Components are kept as they are; only the flag that promises hinting is cleared. */
function readComposite(stream: Reader, triplets: Reader, box: Buffer | undefined): Buffer {
  if (!box) throw new Error('The font file is damaged.')
  const parts = [Buffer.from([0xff, 0xff]), box]
  let hasMore = true
  let hasHints = false
  while (hasMore) {
    const flags = stream.word()
    const offsets = flags & 1 ? 4 : 2
    const scale = flags & 8 ? 2 : flags & 0x40 ? 4 : flags & 0x80 ? 8 : 0
    const head = Buffer.alloc(2)
    head.writeUInt16BE(flags & ~0x0100)
    parts.push(head, stream.take(2 + offsets + scale))
    hasHints ||= (flags & 0x0100) !== 0
    hasMore = (flags & 0x20) !== 0
  }
  if (hasHints) triplets.shortCount()
  return Buffer.concat(parts)
}

/** One simple TrueType glyph: plain flags and 16-bit steps, no hinting. */
export function encodeGlyph(contours: readonly (readonly Point[])[]): Buffer {
  const points = contours.flat()
  if (points.length === 0) return Buffer.alloc(0)
  const xs = points.map(({ x }) => x)
  const ys = points.map(({ y }) => y)
  let last = -1
  const ends = contours.map((contour) => {
    last += contour.length
    return last
  })
  const words = [
    contours.length,
    Math.min(...xs),
    Math.min(...ys),
    Math.max(...xs),
    Math.max(...ys),
    ...ends,
    0,
  ]
  const steps = (values: number[]) => values.map((value, index) => value - (values[index - 1] ?? 0))
  const flags = Buffer.from(points.map(({ onCurve }) => (onCurve ? 1 : 0)))
  const glyph = Buffer.concat([signedWords(words), flags, signedWords([...steps(xs), ...steps(ys)])])
  return Buffer.concat([glyph, Buffer.alloc((4 - (glyph.length % 4)) % 4)])
}

/** Puts glyphs into `glyf`, with a long `loca`, and says so in `head`. */
export function writeGlyphs(tables: FontTables, glyphs: readonly Buffer[]): void {
  const offsets = Buffer.alloc(4 * (glyphs.length + 1))
  let offset = 0
  glyphs.forEach((glyph, id) => {
    offset += glyph.length
    offsets.writeUInt32BE(offset, 4 * (id + 1))
  })
  const head = Buffer.from(fontTable(tables, 'head'))
  head.writeInt16BE(1, 50)
  tables.set('glyf', Buffer.concat(glyphs))
  tables.set('loca', offsets)
  tables.set('head', head)
}

export function signedWords(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2)
  values.forEach((value, index) => {
    bytes.writeInt16BE(value, index * 2)
  })
  return bytes
}

function rebuildMetrics(packed: Buffer, tables: FontTables, leftEdges: readonly number[]): Buffer {
  const reader = new Reader(packed)
  const flags = reader.byte()
  const fullCount = fontTable(tables, 'hhea').readUInt16BE(34)
  const advances = Array.from({ length: fullCount }, () => reader.word())
  const bearings = leftEdges.map((edge, id) =>
    flags & (id < fullCount ? 1 : 2) ? edge : reader.signedWord(),
  )
  return signedWords(
    bearings.flatMap((bearing, id) => (id < fullCount ? [advances[id] ?? 0, bearing] : [bearing])),
  )
}
