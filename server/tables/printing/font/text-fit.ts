import { type TextStyle, textWidth } from './code-font.ts'

export type TextRoom = {
  width: number
  height: number
  lineHeight: number
  maxLines: number
  minSize: number
}
type FittedText = { lines: string[]; style: TextStyle }

const SHRINK_STEP = 0.94

/** The largest setting of a text that stays inside its room; what does not fit even then ends in "…". */
export function fitText(text: string, style: TextStyle, room: TextRoom): FittedText {
  for (let size = style.size; ; size = Math.max(room.minSize, size * SHRINK_STEP)) {
    const sized = { ...style, size }
    const lineLimit = Math.max(1, Math.min(room.maxLines, Math.floor(room.height / (size * room.lineHeight))))
    const lines = wrapWords(text, sized, room.width)
    const fits = lines.length <= lineLimit && lines.every((line) => textWidth(line, sized) <= room.width)
    if (fits) return { lines, style: sized }
    if (size <= room.minSize) return { lines: cutLines(text, sized, room.width, lineLimit), style: sized }
  }
}

function wrapWords(text: string, style: TextStyle, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && textWidth(longer, style) > width) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return [...lines, line]
}

/** Breaks inside words too, and ends the last line that has room with an ellipsis. */
function cutLines(text: string, style: TextStyle, width: number, lineLimit: number): string[] {
  const lines: string[] = []
  let rest = text
  while (rest !== '' && lines.length < lineLimit) {
    const isLast = lines.length === lineLimit - 1
    if (textWidth(rest, style) <= width) return [...lines, rest]
    const part = longestPrefix(rest, style, width, isLast ? '…' : '')
    const space = part.lastIndexOf(' ')
    const line = !isLast && space > 0 ? part.slice(0, space) : part
    lines.push(isLast ? `${line.trimEnd()}…` : line)
    rest = rest.slice(line.length).trimStart()
  }
  return lines
}

function longestPrefix(text: string, style: TextStyle, width: number, ending: string): string {
  const letters = [...text]
  let low = 1
  let high = letters.length
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (textWidth(letters.slice(0, middle).join('') + ending, style) <= width) low = middle
    else high = middle - 1
  }
  return letters.slice(0, low).join('')
}
