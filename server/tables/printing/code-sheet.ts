import { once } from 'node:events'
import PDFDocument from 'pdfkit'
import { assertLabelCount, type CodeBrand, type CodeLabel, codeRectangles } from './code-label.ts'
import { composeLabel, type LabelShape, SINGLE, STICKER, TENT_FACE } from './code-layout.ts'
import { drawCutMarks, drawFoldMarks } from './cut-marks.ts'
import { FONT_WEIGHTS, fontBytes } from './font/code-font.ts'
import type { LabelMark } from './label-words.ts'
import type { SheetLayout } from './sheet-layouts.ts'

type Place = { x: number; y: number; isTurned: boolean }
type Sheet = {
  page: { width: number; height: number }
  shape: LabelShape
  /** For each label on the page, where its faces go: a tent shows the same label to both sides. */
  places: readonly (readonly Place[])[]
}

const MILLIMETRE = 72 / 25.4
const STICKER_COLUMNS = 2
const STICKER_ROWS = 5

const sheetByLayout: Record<SheetLayout, Sheet> = {
  'sticker-grid': {
    page: { width: 210, height: 297 },
    shape: STICKER,
    places: Array.from({ length: STICKER_COLUMNS * STICKER_ROWS }, (_, index) => [
      {
        x: 10 + (index % STICKER_COLUMNS) * STICKER.width,
        y: 11 + Math.floor(index / STICKER_COLUMNS) * STICKER.height,
        isTurned: false,
      },
    ]),
  },
  // Two tents on an A4 page across: one cut down the middle, one fold across each, and the upper face
  // upside down, so that both sides read upright once it stands.
  'table-tent': {
    page: { width: 297, height: 210 },
    shape: TENT_FACE,
    places: [0, TENT_FACE.width].map((x) => [
      { x, y: 0, isTurned: true },
      { x, y: TENT_FACE.height, isTurned: false },
    ]),
  },
  single: {
    page: { width: 105, height: 148 },
    shape: SINGLE,
    places: [[{ x: 5, y: 5, isTurned: false }]],
  },
}

/** A PDF to print at 100 %. Throws RangeError for an empty list and above MAX_LABELS. */
export async function renderPdf(
  labels: readonly CodeLabel[],
  options: { layout: SheetLayout; brand: CodeBrand },
): Promise<Uint8Array> {
  assertLabelCount(labels)
  const { layout, brand } = options
  const sheet = sheetByLayout[layout]
  const document = openDocument(sheet, brand)
  const chunks: Buffer[] = []
  document.on('data', (chunk: Buffer) => chunks.push(chunk))
  const finished = once(document, 'end')
  for (let first = 0; first < labels.length; first += sheet.places.length) {
    document.addPage()
    document.scale(MILLIMETRE)
    const pageLabels = labels.slice(first, first + sheet.places.length)
    pageLabels.forEach((label, index) => {
      const marks = composeLabel(label, brand, sheet.shape)
      for (const place of sheet.places[index] ?? []) drawLabel(document, marks, sheet.shape, place)
    })
    drawGuides(document, layout, sheet, pageLabels.length)
  }
  document.end()
  await finished
  return new Uint8Array(Buffer.concat(chunks))
}

function openDocument(sheet: Sheet, brand: CodeBrand): PDFKit.PDFDocument {
  const document = new PDFDocument({
    autoFirstPage: false,
    size: [sheet.page.width * MILLIMETRE, sheet.page.height * MILLIMETRE],
    margin: 0,
    font: '',
    lang: 'id',
    displayTitle: true,
    info: { Title: `QR meja · ${brand.name}`, Creator: brand.name },
  })
  for (const weight of FONT_WEIGHTS) document.registerFont(`weight-${weight}`, fontBytes(weight))
  return document
}

function drawLabel(
  document: PDFKit.PDFDocument,
  marks: readonly LabelMark[],
  shape: LabelShape,
  place: Place,
): void {
  document.save().translate(place.x, place.y)
  if (place.isTurned) document.rotate(180, { origin: [shape.width / 2, shape.height / 2] })
  for (const mark of marks) drawMark(document, mark)
  document.restore()
}

function drawMark(document: PDFKit.PDFDocument, mark: LabelMark): void {
  switch (mark.kind) {
    case 'tile':
      document.roundedRect(mark.x, mark.y, mark.side, mark.side, mark.side * 0.3).fill(mark.color)
      return
    case 'text':
      document
        .font(`weight-${mark.style.weight}`, mark.style.size)
        .fillColor(mark.color)
        .text(mark.text, mark.x, mark.baseline, {
          baseline: 'alphabetic',
          lineBreak: false,
          characterSpacing: mark.style.tracking * mark.style.size,
        })
      return
    case 'code': {
      // One path in whole module units: exact edges, no seams between rectangles, few bytes.
      document.save().translate(mark.x, mark.y)
      document.scale(mark.side / mark.matrix.size).fillColor(mark.color)
      const rectangles = codeRectangles(mark.matrix)
      document.addContent(
        rectangles.map(({ x, y, width, height }) => `${x} ${y} ${width} ${height} re`).join(' '),
      )
      document.addContent('f')
      document.restore()
    }
  }
}

function drawGuides(
  document: PDFKit.PDFDocument,
  layout: SheetLayout,
  sheet: Sheet,
  labelCount: number,
): void {
  if (layout === 'table-tent') {
    drawFoldMarks(document, sheet.page, labelCount)
    return
  }
  for (const faces of sheet.places.slice(0, labelCount)) {
    for (const { x, y } of faces) drawCutMarks(document, { x, y, ...sheet.shape })
  }
}
