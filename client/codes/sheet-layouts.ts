/** How labels lie on a printed page, in millimetres: the same places as the server's PDF, for the preview only. */
export type SheetLayout = 'sticker-grid' | 'table-tent' | 'single'
export const SHEET_LAYOUTS: readonly SheetLayout[] = ['sticker-grid', 'table-tent', 'single']

type Face = { readonly x: number; readonly y: number; readonly isTurned: boolean }
export type Sheet = {
  readonly width: number
  readonly height: number
  readonly face: { readonly width: number; readonly height: number }
  /** Side of the printed code, and its distance from the face's left edge. */
  readonly code: { readonly side: number; readonly x: number }
  /** For each label on the page its faces: a tent shows the same label to both sides. */
  readonly places: readonly (readonly Face[])[]
}

export const sheetByLayout: Readonly<Record<SheetLayout, Sheet>> = {
  'sticker-grid': {
    width: 210,
    height: 297,
    face: { width: 95, height: 55 },
    code: { side: 38.5, x: 7 },
    places: Array.from({ length: 10 }, (_, index) => [
      { x: 10 + (index % 2) * 95, y: 11 + Math.floor(index / 2) * 55, isTurned: false },
    ]),
  },
  'table-tent': {
    width: 297,
    height: 210,
    face: { width: 148.5, height: 105 },
    code: { side: 64, x: 14 },
    places: [0, 148.5].map((x) => [
      { x, y: 0, isTurned: true },
      { x, y: 105, isTurned: false },
    ]),
  },
  single: {
    width: 105,
    height: 148,
    face: { width: 95, height: 138 },
    code: { side: 71, x: 12 },
    places: [[{ x: 5, y: 5, isTurned: false }]],
  },
}

/** How many pages `labels` labels fill. */
export function pagesOf(layout: SheetLayout, labels: number): number {
  return Math.ceil(labels / sheetByLayout[layout].places.length)
}
