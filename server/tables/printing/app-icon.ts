import { markShape } from '#shared/kernel/mark-shape.ts'
import { sharp } from '../../platform/heavy/picture.ts'
import { inkBox, printableText, textOutline } from './font/code-font.ts'

/** `whole` fills the square, for systems that cut its corners; `maskable` also keeps to the inner circle. */
type IconGround = 'rounded' | 'whole' | 'maskable'
/** The staff's icon has the colours exchanged and a table under the mark. */
export type AppIcon = { readonly mark: string; readonly isStaff: boolean; readonly ground: IconGround }

const SIDE = 512
const INK = '#2a1a12'
const KUNYIT = '#f2b53d'
const SCALE: Readonly<Record<IconGround, number>> = { rounded: 1, whole: 0.92, maskable: 0.82 }

/** The shop's mark on its tile. What the font cannot write becomes a dot. */
export function renderIconSvg({ mark, isStaff, ground }: AppIcon): string {
  const [back, front] = isStaff ? [KUNYIT, INK] : [INK, KUNYIT]
  const corner = ground === 'rounded' ? ' rx="120"' : ''
  const middle = `translate(${SIDE / 2} ${SIDE / 2})`
  const table = isStaff ? `<rect x="-159" y="133" width="318" height="30" rx="15"/>` : ''
  const letters = `<g transform="${isStaff ? 'translate(0 -44) scale(0.84)' : 'scale(1)'}">${markPath(mark)}</g>`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}" viewBox="0 0 ${SIDE} ${SIDE}"><rect width="${SIDE}" height="${SIDE}"${corner} fill="${back}"/><g fill="${front}" transform="${middle} scale(${SCALE[ground]})">${table}${letters}</g></svg>`
}

export async function renderIconPng(icon: AppIcon, pixels: number): Promise<Uint8Array> {
  const picture = sharp(Buffer.from(renderIconSvg(icon)), { density: 72 * Math.max(1, pixels / SIDE) })
  return new Uint8Array(await picture.resize(pixels, pixels).png({ compressionLevel: 9 }).toBuffer())
}

/** The letters' ink with its middle at 0 0. */
function markPath(mark: string): string {
  const text = printableText(mark)
  if (text === '') return '<circle r="70"/>'
  const box = inkBox(text, 800)
  const room = markShape(text) === 'low' ? { width: 290, height: 310 } : { width: 300, height: 250 }
  const scale = Math.min(room.width / Math.max(1, box.width), room.height / Math.max(1, box.height))
  const { pieces } = textOutline(text, { weight: 800, size: 1, tracking: 0 })
  const left = -(box.minX + box.width / 2)
  const base = -(box.minY + box.height / 2)
  return `<g transform="scale(${scale.toFixed(5)} ${(-scale).toFixed(5)}) translate(${left} ${base})">${pieces.join('')}</g>`
}
