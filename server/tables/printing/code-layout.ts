import { type CodeBrand, type CodeLabel, type CodeMatrix, codeMatrix, QUIET_MODULES } from './code-label.ts'
import {
  type Box,
  headMarks,
  instructionMarks,
  type LabelMark,
  nameMarks,
  shortCodeMarks,
} from './label-words.ts'

/** Millimetres. `unit` scales small type and gaps; 1 is right for a label read from a hand's distance. */
export type LabelShape = {
  width: number
  height: number
  marginX: number
  marginY: number
  codeSide: number
  unit: number
  isPortrait: boolean
}

// Pure black prints from one ink; a brown would be mixed from several that never align exactly.
const CODE_INK = '#000000'

export const STICKER: LabelShape = {
  width: 95,
  height: 55,
  marginX: 7,
  marginY: 8.25,
  codeSide: 38.5,
  unit: 1,
  isPortrait: false,
}
export const TENT_FACE: LabelShape = {
  width: 148.5,
  height: 105,
  marginX: 14,
  marginY: 20.5,
  codeSide: 64,
  unit: 1.55,
  isPortrait: false,
}
export const SINGLE: LabelShape = {
  width: 95,
  height: 138,
  marginX: 12,
  marginY: 8.5,
  codeSide: 71,
  unit: 1.45,
  isPortrait: true,
}

export function composeLabel(label: CodeLabel, brand: CodeBrand | null, shape: LabelShape): LabelMark[] {
  const matrix = codeMatrix(label.url)
  return shape.isPortrait
    ? composePortrait(label, brand, shape, matrix)
    : composeLandscape(label, brand, shape, matrix)
}

/** Code on the left, words on the right, both on the same middle line. */
function composeLandscape(
  label: CodeLabel,
  brand: CodeBrand | null,
  shape: LabelShape,
  matrix: CodeMatrix,
): LabelMark[] {
  const { width, height, marginX, marginY, codeSide, unit } = shape
  const quiet = quietSide(shape, matrix)
  const codeX = Math.max(marginX, quiet + 1)
  const x = codeX + codeSide + quiet + 1.2 * unit
  const column: Box = { x, y: marginY, width: width - marginX - x, height: height - 2 * marginY }
  const [headHeight, instructionHeight, shortCodeHeight] = [7.4 * unit, 9.6 * unit, 2.2 * unit]
  const shortCodeY = column.y + column.height - shortCodeHeight
  const instructionY = shortCodeY - 2.4 * unit - instructionHeight
  const nameY = column.y + headHeight + 2.7 * unit
  return [
    { kind: 'code', x: codeX, y: (height - codeSide) / 2, side: codeSide, matrix, color: CODE_INK },
    ...headMarks(label, brand, column, unit),
    ...nameMarks(label, { ...column, y: nameY, height: instructionY - 2.7 * unit - nameY }, unit, 'start'),
    ...instructionMarks(label, { ...column, y: instructionY, height: instructionHeight }, unit, 2),
    ...shortCodeMarks(label, { ...column, y: shortCodeY, height: shortCodeHeight }, unit),
  ]
}

/** Words above, code below them, instruction at the foot. */
function composePortrait(
  label: CodeLabel,
  brand: CodeBrand | null,
  shape: LabelShape,
  matrix: CodeMatrix,
): LabelMark[] {
  const { width, height, marginX, marginY, codeSide, unit } = shape
  const quiet = quietSide(shape, matrix)
  const inner = width - 2 * marginX
  const [footHeight, gap] = [5.4 * unit, 0.8 * unit]
  const codeY = height - marginY - footHeight - gap - quiet - codeSide
  const top: Box = { x: marginX, y: marginY, width: inner, height: codeY - quiet - gap - marginY }
  const headWidth = inner * 0.52
  const nameBox = { ...top, x: marginX + headWidth + 2, width: inner - headWidth - 2 }
  return [
    { kind: 'code', x: (width - codeSide) / 2, y: codeY, side: codeSide, matrix, color: CODE_INK },
    ...headMarks(label, brand, { ...top, width: headWidth }, unit),
    ...shortCodeMarks(label, { ...top, width: headWidth }, unit),
    ...nameMarks(label, nameBox, unit, 'end'),
    ...instructionMarks(label, { ...top, y: height - marginY - footHeight, height: footHeight }, unit, 1),
  ]
}

function quietSide(shape: LabelShape, matrix: CodeMatrix): number {
  return (shape.codeSide / matrix.size) * QUIET_MODULES
}
