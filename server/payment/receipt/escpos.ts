import type { PaperLine } from './paper.ts'
import { plainText } from './plain-text.ts'

const ESC = 0x1b
const GS = 0x1d
const LF = 0x0a

/** Everything that an earlier job may have left behind is forgotten; code page 437, the one that all have. */
const BEGIN = [ESC, 0x40, ESC, 0x74, 0x00]
/** Past the knife, then a cut that leaves a hinge. */
const END = [ESC, 0x64, 0x04, GS, 0x56, 0x42, 0x00]

const LOOKS = {
  plain: { align: 0, mode: 0x00 },
  centred: { align: 1, mode: 0x00 },
  // Emphasized and twice as high: as many letters in a line as before.
  large: { align: 0, mode: 0x18 },
  banner: { align: 1, mode: 0x08 },
} as const

function lineBytes({ text, look }: PaperLine): readonly number[] {
  const { align, mode } = LOOKS[look ?? 'plain']
  return [ESC, 0x61, align, ESC, 0x21, mode, ...Buffer.from(plainText(text), 'ascii'), LF]
}

/** The page as ESC/POS: the language of nearly every receipt printer. */
export function escPos(page: readonly PaperLine[]): Uint8Array {
  return Uint8Array.from([...BEGIN, ...page.flatMap(lineBytes), ...END])
}
