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

/** Dashes across the middle say "fold here", a line down the middle of the page "cut here". */
export function drawFoldMarks(
  document: PDFKit.PDFDocument,
  page: { width: number; height: number },
  tentCount: number,
): void {
  const [middleX, middleY] = [page.width / 2, page.height / 2]
  const foldEnd = tentCount > 1 ? page.width : middleX
  document.lineWidth(HAIRLINE).strokeColor(MARK_COLOR)
  document.save().dash(2, { space: 2 })
  document.moveTo(0, middleY).lineTo(foldEnd, middleY).stroke()
  document.restore()
  for (const [start, end] of [
    [4, 12],
    [middleY - 6, middleY + 6],
    [page.height - 12, page.height - 4],
  ] as const) {
    document.moveTo(middleX, start).lineTo(middleX, end).stroke()
  }
}
