/** What stands on the saved picture. `drawing` is a square path with its quiet zone inside. */
type CodeImage = {
  readonly drawing: { readonly side: number; readonly path: string }
  readonly title: string
  readonly amount: string
  readonly footer: string
  /** Over and under the code, when it must not be taken for a real one. */
  readonly mark: string | null
}

const SIDE = 720
const MARGIN = 60
const FONT = '"Plus Jakarta Sans Variable", system-ui, sans-serif'

function write(brush: CanvasRenderingContext2D, text: string, y: number, weight: number, size: number): void {
  brush.font = `${weight} ${size}px ${FONT}`
  brush.fillText(text, MARGIN + SIDE / 2, y, SIDE)
}

/** The code as a picture for another app's gallery reader; null where the browser cannot draw it. */
export async function drawCodeImage({
  drawing,
  title,
  amount,
  footer,
  mark,
}: CodeImage): Promise<Blob | null> {
  const canvas = document.createElement('canvas')
  // Whole pixels for each module, or a reader sees grey edges.
  const step = Math.max(1, Math.floor(SIDE / drawing.side))
  const codeSide = step * drawing.side
  canvas.width = SIDE + 2 * MARGIN
  canvas.height = MARGIN + 150 + codeSide + 190
  const brush = canvas.getContext('2d')
  if (!brush) return null
  brush.fillStyle = '#fff'
  brush.fillRect(0, 0, canvas.width, canvas.height)
  brush.fillStyle = '#000'
  brush.textAlign = 'center'
  write(brush, title, MARGIN + 40, 700, 40)
  write(brush, amount, MARGIN + 108, 800, 56)
  brush.save()
  brush.translate((canvas.width - codeSide) / 2, MARGIN + 140)
  brush.scale(step, step)
  brush.fill(new Path2D(drawing.path))
  brush.restore()
  write(brush, footer, MARGIN + 140 + codeSide + 50, 600, 28)
  if (mark) write(brush, mark, MARGIN + 140 + codeSide + 110, 800, 44)
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'))
}

/** Hands the picture to the phone's share sheet; false when it cannot or was closed. */
export async function shareImage(image: Blob, name: string): Promise<boolean> {
  const file = new File([image], `${name}.png`, { type: 'image/png' })
  if (!navigator.canShare?.({ files: [file] })) return false
  try {
    await navigator.share({ files: [file] })
    return true
  } catch {
    return false
  }
}

export function saveImage(image: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(image)
  link.download = `${name}.png`
  link.click()
  // The browser reads the blob after this turn; a minute is ample.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
