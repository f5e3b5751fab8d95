import { Zip, ZipDeflate, ZipPassThrough } from 'fflate'
import { assertLabelCount, type CodeBrand, type CodeLabel } from './code-label.ts'
import { renderPng, renderSvg } from './code-svg.ts'

const PNG_PIXELS = 1_000
const MAX_PART_LENGTH = 40
const BATCH_SIZE = 8

/** One SVG and one PNG for each label. Throws RangeError for an empty list and above MAX_LABELS. */
export async function renderZip(
  labels: readonly CodeLabel[],
  brand: CodeBrand | null = null,
): Promise<Uint8Array> {
  assertLabelCount(labels)
  const names = fileNames(labels)
  const chunks: Uint8Array[] = []
  // Packed piece by piece: packing all of it at the end would hold up every order meanwhile.
  const zip = new Zip((error, chunk) => {
    if (error) throw error
    chunks.push(chunk)
  })
  for (let first = 0; first < labels.length; first += BATCH_SIZE) {
    const batch = labels.slice(first, first + BATCH_SIZE)
    const pictures = await Promise.all(batch.map((label) => renderPng(label, PNG_PIXELS, brand)))
    batch.forEach((label, index) => {
      const name = names[first + index] ?? ''
      addFile(zip, new ZipDeflate(`${name}.svg`, { level: 1 }), Buffer.from(renderSvg(label, brand)))
      // A PNG is packed already.
      addFile(zip, new ZipPassThrough(`${name}.png`), pictures[index] ?? new Uint8Array())
    })
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
