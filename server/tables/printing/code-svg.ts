import { sharp } from '../../platform/heavy/picture.ts'
import { type CodeBrand, type CodeLabel, codeRectangles } from './code-label.ts'
import { composeLabel, SINGLE } from './code-layout.ts'
import { textOutline } from './font/code-font.ts'
import type { LabelMark } from './label-words.ts'

const MIN_PNG_PIXELS = 400
export const MAX_PNG_PIXELS = 4_000

/** A picture file that stands alone: letters are outlines, so it looks the same where no font is installed. */
export function renderSvg(label: CodeLabel, brand: CodeBrand | null = null): string {
  const { width, height } = SINGLE
  const names = [label.label, label.areaName ?? '', label.outletName]
  const title = names
    .filter((name) => name !== '')
    .map(escapeXml)
    .join(' · ')
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}mm" height="${height}mm" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="name link">`,
    `<title id="name">${title}</title>`,
    `<desc id="link">${escapeXml(label.url)} (${escapeXml(label.shortCode)})</desc>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...composeLabel(label, brand, SINGLE).map(markElement),
    '</svg>',
    '',
  ].join('\n')
}

/** The same picture as PNG, `pixels` wide. Throws RangeError outside MIN_PNG_PIXELS to MAX_PNG_PIXELS. */
export async function renderPng(
  label: CodeLabel,
  pixels: number,
  brand: CodeBrand | null = null,
): Promise<Uint8Array> {
  if (!Number.isInteger(pixels) || pixels < MIN_PNG_PIXELS || pixels > MAX_PNG_PIXELS) {
    throw new RangeError(
      `A label picture is ${MIN_PNG_PIXELS} to ${MAX_PNG_PIXELS} pixels wide, not ${pixels}.`,
    )
  }
  const svg = renderSvg(label, brand).replace(
    /width="[^"]+" height="[^"]+"/,
    `width="${pixels}" height="${Math.round((pixels * SINGLE.height) / SINGLE.width)}"`,
  )
  return new Uint8Array(await sharp(Buffer.from(svg)).removeAlpha().png({ compressionLevel: 6 }).toBuffer())
}

function markElement(mark: LabelMark): string {
  switch (mark.kind) {
    case 'tile':
      return `<rect x="${short(mark.x)}" y="${short(mark.y)}" width="${short(mark.side)}" height="${short(mark.side)}" rx="${short(mark.side * 0.3)}" fill="${mark.color}"/>`
    case 'text': {
      const { pieces, scale } = textOutline(mark.text, mark.style)
      const placed = `translate(${short(mark.x)} ${short(mark.baseline)}) scale(${short(scale)} ${short(-scale)})`
      return `<g fill="${mark.color}" transform="${placed}">${pieces.join('')}</g>`
    }
    case 'code': {
      const path = codeRectangles(mark.matrix).map(
        ({ x, y, width, height }) => `M${x} ${y}h${width}v${height}h-${width}z`,
      )
      const placed = `translate(${short(mark.x)} ${short(mark.y)}) scale(${short(mark.side / mark.matrix.size)})`
      return `<path fill="${mark.color}" transform="${placed}" d="${path.join('')}"/>`
    }
  }
}

function short(value: number): string {
  return String(Number(value.toFixed(6)))
}

const entityByLetter: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Also drops what XML 1.0 cannot hold at all: control characters and halves of surrogate pairs. */
function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\uFFFE\uFFFF]/gu, ' ')
    .replace(/[&<>"']/g, (letter) => entityByLetter[letter] ?? '')
}
