import { Zip, ZipDeflate, ZipPassThrough } from 'fflate'
import { assertLabelCount, type CodeBrand, type CodeLabel } from './code-label.ts'
import { renderPng, renderSvg } from './code-svg.ts'

const PNG_PIXELS = 1_000
const MAX_PART_LENGTH = 40

/** One SVG and one PNG for each label. Throws RangeError for an empty list and above MAX_LABELS. */
export async function renderZip(
  labels: readonly CodeLabel[],
  brand: CodeBrand | null = null,
): Promise<Uint8Array> {
  assertLabelCount(labels)
  const names = fileNames(labels)
  const chunks: Uint8Array[] = []
  const zip = new Zip((error, chunk) => {
    if (error) throw error
    chunks.push(chunk)
  })
  for (const [index, label] of labels.entries()) {
    const name = names[index] ?? ''
    addFile(zip, new ZipDeflate(`${name}.svg`, { level: 1 }), Buffer.from(renderSvg(label, brand)))
    // One at a time, so that a core is left for the orders. A PNG is packed already.
    addFile(zip, new ZipPassThrough(`${name}.png`), await renderPng(label, PNG_PIXELS, brand))
  }
  zip.end()
  return new Uint8Array(Buffer.concat(chunks))
}

function addFile(zip: Zip, file: ZipDeflate | ZipPassThrough, bytes: Uint8Array): void {
  zip.add(file)
  file.push(bytes, true)
}

/** Names that every file system takes: letters, digits and dashes, unique without regard to case. */
export function fileNames(labels: readonly CodeLabel[]): string[] {
  const taken = new Set<string>()
  return labels.map(({ outletName, label, shortCode }) => {
    const parts = [outletName, label, shortCode].map(fileNamePart).filter((part) => part !== '')
    const name = parts.join('-') || 'QR'
    let free = name
    for (let number = 2; taken.has(free.toLowerCase()); number += 1) free = `${name}-${number}`
    taken.add(free.toLowerCase())
    return free
  })
}

function fileNamePart(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .slice(0, MAX_PART_LENGTH)
    .replace(/^-|-$/g, '')
}
