const HAIRLINE = 0.1
const MARK_COLOR = '#6f5a4c'
const MARK_LENGTH = 2.5
/** Between stickers that share a cut, half of a mark lies on each; so short that no word is near it. */
const INNER_LENGTH = 1.5

type Rectangle = { x: number; y: number; width: number; height: number }

/** A thin cross on every corner of a label, in millimetres; neighbours share theirs. */
export function drawCutMarks(document: PDFKit.PDFDocument, { x, y, width, height }: Rectangle): void {
  for (const [cornerX, outwardX] of [
    [x, -1],
    [x + width, 1],
  ] as const) {
    for (const [cornerY, outwardY] of [
      [y, -1],
      [y + height, 1],
    ] as const) {
      document
        .moveTo(cornerX - outwardX * INNER_LENGTH, cornerY)
        .lineTo(cornerX + outwardX * MARK_LENGTH, cornerY)
      document
        .moveTo(cornerX, cornerY - outwardY * INNER_LENGTH)
        .lineTo(cornerX, cornerY + outwardY * MARK_LENGTH)
    }
  }
  document.lineWidth(HAIRLINE).stroke(MARK_COLOR)
}

/** Short dashes at the sides say "fold here", lines on the middle of the page "cut here". */
export function drawFoldMarks(
  document: PDFKit.PDFDocument,
  page: { width: number; height: number },
  tentCount: number,
): void {
  const [middleX, middleY] = [page.width / 2, page.height / 2]
  document.lineWidth(HAIRLINE).strokeColor(MARK_COLOR)
  document.save().dash(1.5, { space: 1 })
  for (const left of tentCount > 1 ? [0, middleX] : [0]) {
    document.moveTo(left + 4, middleY).lineTo(left + 14, middleY)
    document.moveTo(left + middleX - 14, middleY).lineTo(left + middleX - 4, middleY)
  }
  document.stroke().restore()
  for (const [start, end] of [
    [4, 12],
    [middleY - 4, middleY + 4],
    [page.height - 12, page.height - 4],
  ] as const) {
    document.moveTo(middleX, start).lineTo(middleX, end)
  }
  document.stroke()
}
