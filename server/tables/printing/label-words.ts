import type { CodeBrand, CodeLabel, CodeMatrix } from './code-label.ts'
import { CAP_HEIGHT, leftBearing, printableText, type TextStyle, textWidth } from './font/code-font.ts'
import { fitText, type TextRoom } from './font/text-fit.ts'

/** What is drawn, in millimetres from the label's top left; both the PDF and the SVG draw exactly this. */
export type LabelMark =
  | { kind: 'text'; text: string; x: number; baseline: number; style: TextStyle; color: string }
  | { kind: 'tile'; x: number; y: number; side: number; color: string }
  | { kind: 'code'; x: number; y: number; side: number; matrix: CodeMatrix; color: string }
export type Box = { x: number; y: number; width: number; height: number }

const INK = '#2a1a12'
const SOFT_INK = '#6f5a4c'
const KUNYIT = '#f2b53d'
type Instruction = { readonly id: string; readonly en: string }

/** Each says what the phone can do there, and no more: away from a table it can read the menu. */
const INSTRUCTIONS: Readonly<Record<CodeLabel['kind'], Instruction>> = {
  table: { id: 'Pindai untuk pesan dan panggil barista', en: 'Scan to order and call the barista' },
  counter: { id: 'Pindai untuk lihat menu, pesan di kasir', en: 'Scan for the menu, then order here' },
  instagram: { id: 'Pindai untuk lihat menu kami', en: 'Scan to see our menu' },
  maps: { id: 'Pindai untuk lihat menu sebelum datang', en: 'Scan for the menu before you come' },
  merchandise: { id: 'Pindai untuk buka menu kami', en: 'Scan to open our menu' },
  other: { id: 'Pindai untuk lihat menu', en: 'Scan to see the menu' },
}
const DESCENT = 0.21
/** About five points: smaller print is cut with an ellipsis instead. */
const SMALLEST_TYPE = 1.8

/** The brand's tile with its name, the outlet and the area beside it. */
export function headMarks(label: CodeLabel, brand: CodeBrand | null, box: Box, unit: number): LabelMark[] {
  const outlet = printableText(label.outletName)
  const area = printableText(label.areaName ?? '')
  const title = (brand && printableText(brand.name)) || outlet
  const details = [title === outlet ? '' : outlet, area].filter((text) => text !== '')
  const mark = brand ? [...printableText(brand.mark)].slice(0, 2).join('') : ''
  const side = mark === '' ? 0 : 7.4 * unit
  const indent = side === 0 ? 0 : side + 2 * unit
  const [x, y, width] = [box.x + indent, box.y, box.width - indent]
  const room = { width, height: 3.4 * unit, lineHeight: 1, maxLines: 1, minSize: SMALLEST_TYPE }
  const detailStyle: TextStyle = { weight: 500, size: 2.4 * unit, tracking: 0 }
  const joined = details.join(' · ')
  const isOneLine = textWidth(joined, { ...detailStyle, size: 2.1 * unit }) <= width || details.length < 2
  const lines = isOneLine ? [joined] : details
  const style = { ...detailStyle, size: (isOneLine ? 2.4 : 2.15) * unit }
  const titleFit = fitText(title, { weight: 800, size: 3.2 * unit, tracking: -0.01 }, room)
  return [
    ...tileMarks(mark, box, side),
    ...textMarks(titleFit, x, y + (isOneLine ? 3.1 : 2.4) * unit, 1, INK),
    ...lines.flatMap((line, index) =>
      textMarks(
        fitText(line, style, room),
        x,
        y + (isOneLine ? 6.5 : 4.95 + index * 2.45) * unit,
        1,
        SOFT_INK,
      ),
    ),
  ]
}

function tileMarks(mark: string, box: Box, side: number): LabelMark[] {
  if (mark === '') return []
  const wanted: TextStyle = { weight: 800, size: side * 0.68, tracking: 0 }
  const style = { ...wanted, size: wanted.size * Math.min(1, (side * 0.7) / textWidth(mark, wanted)) }
  // A semicolon sits between the base line and the height of small letters, lower than a capital.
  const lift = /^[\p{Lu}\p{N}]/u.test(mark) ? CAP_HEIGHT / 2 : 0.22
  const x = box.x + (side - textWidth(mark, style)) / 2
  const baseline = box.y + side / 2 + style.size * lift
  return [
    { kind: 'tile', x: box.x, y: box.y, side, color: INK },
    { kind: 'text', text: mark, x, baseline, style, color: KUNYIT },
  ]
}

/** The table's label as large as its box allows; long ones shrink, then wrap, then end in "…". */
export function nameMarks(label: CodeLabel, box: Box, unit: number, align: 'start' | 'end'): LabelMark[] {
  const text = printableText(label.label) || printableText(label.shortCode)
  const depth = CAP_HEIGHT + (/[gjpqyQ,;()_]/.test(text) ? DESCENT : 0)
  const room: TextRoom = { ...box, lineHeight: 1.06, maxLines: 4, minSize: 2.6 * unit }
  const single = fitText(
    text,
    { weight: 800, size: box.height / depth, tracking: -0.035 },
    { ...room, maxLines: 1 },
  )
  const isSmall = single.style.size < box.height * 0.4
  const several = isSmall ? fitText(text, { ...single.style, size: box.height * 0.4 }, room) : single
  const fitted = several.style.size > single.style.size || single.lines[0] !== text ? several : single
  const blockHeight = fitted.style.size * ((fitted.lines.length - 1) * room.lineHeight + depth)
  const baseline = box.y + (box.height - blockHeight) / 2 + fitted.style.size * CAP_HEIGHT
  const longest = Math.max(...fitted.lines.map((line) => textWidth(line, fitted.style)))
  // The empty strip left of a large letter would make it look indented.
  const x =
    align === 'start' ? box.x - leftBearing(fitted.lines[0] ?? '', fitted.style) : box.x + box.width - longest
  return textMarks(fitted, x, baseline, room.lineHeight, INK)
}

/** One line of instruction in each language. */
export function instructionMarks(label: CodeLabel, box: Box, unit: number, maxLines: number): LabelMark[] {
  const instruction = INSTRUCTIONS[label.kind]
  const room: TextRoom = {
    width: box.width,
    height: box.height,
    lineHeight: 1.2,
    maxLines,
    minSize: 1.6 * unit,
  }
  const first = fitText(instruction.id, { weight: 700, size: 2.6 * unit, tracking: 0 }, room)
  const second = fitText(
    instruction.en,
    { weight: 500, size: 2.25 * unit, tracking: 0 },
    { ...room, maxLines: 1 },
  )
  const top = box.y + first.style.size * CAP_HEIGHT
  const next = top + first.style.size * room.lineHeight * (first.lines.length - 1) + second.style.size * 1.5
  return [
    ...textMarks(first, box.x, top, room.lineHeight, INK),
    ...textMarks(second, box.x, next, room.lineHeight, SOFT_INK),
  ]
}

/** The short code on the box's lowest line: what to read out when the camera fails. */
export function shortCodeMarks(label: CodeLabel, box: Box, unit: number): LabelMark[] {
  const text = printableText(label.shortCode)
  if (text === '') return []
  const caption = { lines: ['Kode'], style: { weight: 500, size: 2.25 * unit, tracking: 0 } as const }
  const indent = textWidth('Kode', caption.style) + 1.2 * unit
  const room = {
    width: box.width - indent,
    height: box.height,
    lineHeight: 1,
    maxLines: 1,
    minSize: 1.6 * unit,
  }
  const fitted = fitText(text, { weight: 800, size: 2.9 * unit, tracking: 0.1 }, room)
  const baseline = box.y + box.height
  return [
    ...textMarks(caption, box.x, baseline, 1, SOFT_INK),
    ...textMarks(fitted, box.x + indent, baseline, 1, INK),
  ]
}

function textMarks(
  { lines, style }: { lines: readonly string[]; style: TextStyle },
  x: number,
  firstBaseline: number,
  lineHeight: number,
  color: string,
): LabelMark[] {
  return lines
    .filter((text) => text !== '')
    .map((text, index) => {
      return {
        kind: 'text',
        text,
        x,
        baseline: firstBaseline + index * style.size * lineHeight,
        style,
        color,
      }
    })
}
