import { create } from 'qrcode'
import type { Touchpoint } from '#shared/tables/table.ts'

/** What one printed code says. `shortCode` is what a person reads aloud when a camera fails. */
export type CodeLabel = {
  url: string
  outletName: string
  label: string
  areaName: string | null
  shortCode: string
  /** Where it hangs decides what it may promise: only a table's code lets a phone order. */
  kind: 'table' | Touchpoint['kind']
}

/** Whose tile stands on the label: `mark` is one or two characters, such as ";". */
export type CodeBrand = { name: string; mark: string }

export type CodeMatrix = { size: number; modules: Uint8Array }
type ModuleRectangle = { x: number; y: number; width: number; height: number }

/** Light modules that must stay empty on every side of the code (ISO/IEC 18004). */
export const QUIET_MODULES = 4
export const MAX_LABELS = 2_000
/** Keeps every module of the smallest code (37 mm) above half a millimetre. */
const MAX_URL_LENGTH = 256
const SMALLEST_VERSION = 2

/** The matrix of one url at level Q, without a logo. Throws RangeError for a url too long to print well. */
export function codeMatrix(url: string): CodeMatrix {
  if (url.length === 0 || url.length > MAX_URL_LENGTH) {
    throw new RangeError(`A printed code holds 1 to ${MAX_URL_LENGTH} characters, not ${url.length}.`)
  }
  const code = create(url, { errorCorrectionLevel: 'Q' })
  // Version 1 has so few modules that its quiet zone would not fit the single label.
  const { modules } =
    code.version < SMALLEST_VERSION
      ? create(url, { errorCorrectionLevel: 'Q', version: SMALLEST_VERSION })
      : code
  return { size: modules.size, modules: modules.data }
}

/** The dark modules as few rectangles that never overlap, in module units from the top left. */
export function codeRectangles({ size, modules }: CodeMatrix): ModuleRectangle[] {
  const rectangles: ModuleRectangle[] = []
  let openByStart = new Map<number, ModuleRectangle>()
  for (let y = 0; y < size; y += 1) {
    const next = new Map<number, ModuleRectangle>()
    for (let x = 0; x < size; x += 1) {
      if (!modules[y * size + x]) continue
      const start = x
      while (x + 1 < size && modules[y * size + x + 1]) x += 1
      const width = x - start + 1
      const above = openByStart.get(start)
      const rectangle = above?.width === width ? above : { x: start, y, width, height: 0 }
      if (rectangle !== above) rectangles.push(rectangle)
      rectangle.height += 1
      next.set(start, rectangle)
    }
    openByStart = next
  }
  return rectangles
}

/** The one guard of every renderer: nothing to print and too much to print are both refused. */
export function assertLabelCount(labels: readonly CodeLabel[]): void {
  if (labels.length === 0) throw new RangeError('There is no label to print.')
  if (labels.length > MAX_LABELS) {
    throw new RangeError(`At most ${MAX_LABELS} labels are printed at once, not ${labels.length}.`)
  }
}
