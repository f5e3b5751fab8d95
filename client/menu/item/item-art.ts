// The drawings of items without a photo, as paths on a field of 96 by 96 that stand on its lower edge.
// Everything is composed from the vessel and its two colours, so a new item looks finished at once.
import type { Picture, PictureKind } from '#shared/menu/menu.ts'

/** One path in one colour: filled, or a line when it is given a width. */
type Shape = { readonly d: string; readonly colour: string; readonly wide?: number }

const PORCELAIN = '#fffaf2'
const RIM = '#ebe4dc'
const SHADE = '#2a1a12'

/** `part` (0 to 1) of colour `b` in colour `a`, both #rrggbb. */
export function mix(a: string, b: string, part: number): string {
  const channel = (from: number) => {
    const [x, y] = [a, b].map((colour) => Number.parseInt(colour.slice(from, from + 2), 16))
    return Math.round((x ?? 0) * (1 - part) + (y ?? 0) * part)
  }
  return `#${[1, 3, 5].map((from) => channel(from).toString(16).padStart(2, '0')).join('')}`
}

const darker = (colour: string, part: number) => mix(colour, SHADE, part)
const paler = (colour: string, part: number) => mix(colour, '#fff1d6', part)
const isPale = (colour: string) => /^#[d-f].[d-f].[b-f]/.test(colour)
const fill = (d: string, colour: string): Shape => ({ d, colour })
const line = (d: string, colour: string, wide: number): Shape => ({ d, colour, wide })
const oval = (x: number, y: number, rx: number, ry: number) =>
  `M${x - rx} ${y}a${rx} ${ry} 0 1 0 ${rx * 2} 0a${rx} ${ry} 0 1 0 ${-rx * 2} 0z`
const steam = (colour: string, y: number) =>
  line(`M36 ${y}c-4-5 4-7 0-13m12 13c-4-5 4-7 0-13m12 13c-4-5 4-7 0-13`, mix(colour, '#b99a7f', 0.6), 3)
const ground = (rx: number) => fill(oval(48, 90, rx, 4), '#2a1a1224')
const dish = () => [
  ground(42),
  fill(oval(48, 79, 42, 11), RIM),
  fill(oval(48, 77, 42, 11), PORCELAIN),
  fill(oval(48, 77, 32, 7.5), '#2a1a120d'),
]

type Draw = (colour: string, second: string | null) => Shape[]

const glass: Draw = (colour, second) => {
  const top = second ?? paler(colour, 0.28)
  return [
    ground(22),
    fill('M27 24h42l-5 60a7 7 0 0 1-7 6H39a7 7 0 0 1-7-6z', '#fff8'),
    fill('M28 36h40l-4 47a7 7 0 0 1-7 6H39a7 7 0 0 1-7-6z', colour),
    fill('M28 36h40l-1.6 19c-8 8-13-4-21 2-6 5-11 3-15.7-1z', top),
    fill('M28 36h40l-.9 9c-9 5-14-3-21 1-7 3-12 2-17.3-1z', '#fff3'),
    line('M56 40l7-36', '#e59b12', 4.5),
    fill('M34 33l10-4 4 10-10 4zM49 31l10 3-3 10-10-3z', '#fffb'),
    fill('M27 24h42l-.6 6H27.6z', '#fffc'),
    line('M34 48l2.5 33', '#fff5', 3),
  ]
}

const cup: Draw = (colour, second) => [
  steam(colour, 21),
  ground(40),
  fill(oval(48, 85, 38, 6), RIM),
  fill(oval(48, 83.5, 38, 6), PORCELAIN),
  line('M70 42h5a9.5 9.5 0 0 1 0 19h-8', PORCELAIN, 6.5),
  fill('M20 34h54v17a27 30 0 0 1-54 0z', PORCELAIN),
  fill('M62 34h12v17c0 18-11 29-25 30 12-6 14-28 13-47z', '#2a1a1214'),
  fill(oval(47, 35, 27, 8), RIM),
  fill(oval(47, 36, 24.5, 6.5), colour),
  ...(second
    ? [
        fill(oval(47, 36.3, 15, 4.4), mix(colour, second, 0.45)),
        fill('M47 40.5c-9-3-10-6.5-5-7.2 3-.4 5 1.4 5 1.4s2-1.8 5-1.4c5 .7 4 4.2-5 7.2z', second),
      ]
    : [line('M27 34.5c6-4 30-5 40-.5', paler(colour, 0.35), 1.6)]),
]

const bottle: Draw = (colour, second) => [
  ground(20),
  fill('M41 8h14v8H41z', '#8a5630'),
  fill('M41 16h14v8c0 6 10 8 10 18v42a6 6 0 0 1-6 6H37a6 6 0 0 1-6-6V42c0-10 10-12 10-18z', '#fff8'),
  fill('M34 38c3-5 9-7 9-13h10c0 6 6 8 9 13v45a5 5 0 0 1-5 5H39a5 5 0 0 1-5-5z', colour),
  fill('M34 38c3-5 9-7 9-13h10c0 6 6 8 9 13v6c-9 5-14-3-28 1z', second ?? paler(colour, 0.2)),
  fill('M34 51h28v25H34z', PORCELAIN),
  fill(
    `${oval(48, 59, 2.8, 2.8)}M45.2 66.5h5.6c.3 3.6-1.3 6.3-4.3 7.3-.4-.8.9-1.9 1-3.3-1.6-.2-2.4-1.7-2.3-4z`,
    '#e59b12',
  ),
  line('M38 44v38', '#fff5', 2.5),
]

/** What lies on top: an egg when it is pale, else slices and leaves. */
const garnish = (second: string | null, y: number): Shape[] => {
  if (second === null) return []
  if (isPale(second)) {
    return [
      fill(`M30 ${y}c2-7 11-7 16-5 6-3 14 0 13 5 0 6-7 6-13 5-7 3-17 1-16-5z`, second),
      fill(oval(44, y - 1, 6, 4.2), '#f2a32b'),
      fill(oval(42, y - 2.5, 2, 1.1), '#fff9'),
    ]
  }
  const edge = darker(second, 0.2)
  return [
    fill(`M34 ${y}c2-8 9-10 16-8-1 7-8 11-16 8zM50 ${y + 2}c0-7 7-11 14-9 0 7-6 11-14 9z`, second),
    line(`M37 ${y - 1}l9-5M53 ${y + 1}l8-6`, edge, 1.3),
    fill(`${oval(31, y + 4, 3.2, 2)}${oval(49, y + 8, 3.2, 2)}${oval(65, y + 6, 2.6, 1.7)}`, edge),
  ]
}

const plate: Draw = (colour, second) => [
  steam(colour, 36),
  ...dish(),
  fill('M18 76c0-8 6-12 11-17 6-7 12-11 19-11s13 4 19 11c5 5 11 9 11 17-8 7-52 7-60 0z', colour),
  fill('M58 53c9 5 20 14 20 23-6 5-22 6-34 5 16-4 21-15 14-28z', '#2a1a1214'),
  line(
    'M27 70l4-2m6 6l4-1m-4-13l3-3m7 16l4 1m6-13l3 3m-1 9l4-1m-29-3l4 1m27 2l3-2',
    paler(colour, 0.55),
    2.4,
  ),
  line('M31 75l3 1m10-13l4 1m12 11l4-1', darker(colour, 0.35), 2),
  ...garnish(second, 59),
]

const bowl: Draw = (colour, second) => [
  steam(colour, 33),
  ground(26),
  fill('M33 84h30l-2 6H35z', RIM),
  fill('M8 50h80c0 22-16 36-40 36S8 72 8 50z', PORCELAIN),
  fill('M70 50h18c0 22-16 36-40 36 15-6 22-18 22-36z', '#2a1a1214'),
  line('M12 60c7 7 65 7 72 0', '#e59b12', 2.5),
  fill(oval(48, 50, 40, 11), RIM),
  fill(oval(48, 51, 36, 8.5), colour),
  fill(
    `${oval(24, 51, 4, 1.5)}${oval(70, 53, 4, 1.5)}${oval(60, 46, 3, 1.2)}${oval(34, 56, 3, 1.2)}`,
    '#fff5',
  ),
  ...garnish(second, 50),
]

const pastry: Draw = (colour, second) => {
  const dark = darker(colour, 0.32)
  return [
    ...dish(),
    fill(
      'M9 74c-2-24 15-42 39-42s41 18 39 42c-7 6-14 1-16-7-5 9-14 9-23 9s-18 0-23-9c-2 8-9 13-16 7z',
      colour,
    ),
    fill('M36 34c-3 12-3 28 0 41 8 1 16 1 24 0 3-13 3-29 0-41-8-3-16-3-24 0z', paler(colour, 0.28)),
    fill(
      'M19 47c-6 8-10 18-10 27 6 5 13 2 16-5 0-9 0-14-6-22zm58 0c6 8 10 18 10 27-6 5-13 2-16-5 0-9 0-14 6-22z',
      '#2a1a1218',
    ),
    line('M20 46c5 6 6 14 5 22M36 34c-4 13-4 27-1 41M60 34c4 13 4 27 1 41M76 46c-5 6-6 14-5 22', dark, 2.6),
    line('M43 40c-2 9-2 17-1 25M28 46c-1 6-1 11 0 15', '#fff8', 2.6),
    ...(second
      ? [line('M22 52c8-9 14 4 22-7s14 8 30 5', second, 4), fill(`M30 61l6-3-1 5zM64 62l5 3-6 2z`, second)]
      : []),
  ]
}

const cake: Draw = (colour, second) => {
  const cream = second ?? paler(colour, 0.45)
  return [
    ...dish(),
    fill('M14 50l62-15v30L14 78z', colour),
    fill('M76 35l8 9v27l-8-6z', darker(colour, 0.25)),
    fill('M14 60.5l62-13.5v6L14 67.5z', paler(cream, 0.25)),
    fill('M14 50c4-9 28-22 46-23 9 0 20 6 24 17-24-2-48 5-70 6z', cream),
    fill('M14 50c22-1 46-8 70-6v5c-5 4-9-2-15 3s-12 1-18 5-14 1-20 4-12 2-17 1z', darker(cream, 0.08)),
    line('M28 44c8-6 18-10 30-12', '#fff6', 2.6),
    line('M24 72h0m14-5h0m20-2h0m12-4h0', darker(colour, 0.3), 2.4),
  ]
}

const toast: Draw = (colour, second) => {
  const crumb = paler(colour, 0.68)
  const slice = (x: number, y: number) =>
    `M${x} ${y}c-7-8 2-15 10-13 5-4 25-4 30 0 8-2 17 5 10 13l-1 25a5 5 0 0 1-5 5H${x + 6}a5 5 0 0 1-5-5z`
  return [
    ...dish(),
    fill(slice(33, 36), darker(colour, 0.22)),
    fill(slice(28, 41), paler(colour, 0.12)),
    fill(slice(18, 46), colour),
    fill('M23 48c-5-6 1-10 8-9 4-3 20-3 24 0 7-1 13 3 8 9l-1 21a3 3 0 0 1-3 3H27a3 3 0 0 1-3-3z', crumb),
    line('M30 64h0m8 3h0m15-2h0', paler(colour, 0.3), 2.6),
    ...(second
      ? [
          fill('M25 49c2-7 30-9 36 0 1 6-4 6-5 12s-6 3-9 1-5 4-9 3-3-6-7-7-5-4-6-9z', second),
          line('M31 49c4-3 9-3 13-2', '#fff6', 2.6),
        ]
      : [fill('M37 50l13-2 1 9-13 2z', '#f7d672')]),
  ]
}

const snack: Draw = (colour, second) => {
  const piece = (x: number, y: number, turn: number) => `M${x} ${y}l${turn}-30c1-5 10-5 10 0l${-turn} 34z`
  const dark = darker(colour, 0.18)
  return [
    ground(34),
    fill(`${piece(26, 62, -9)}${piece(40, 56, -2)}${piece(58, 60, 8)}`, dark),
    fill(`${piece(33, 64, -5)}${piece(49, 58, 3)}${piece(20, 66, -6)}${piece(63, 66, 7)}`, colour),
    line('M29 38l3 20m24-25l-2 20m17-12l-4 20M18 42l4 16', paler(colour, 0.6), 2.4),
    fill('M14 54c9 7 59 7 68 0l-7 32a5 5 0 0 1-5 4H26a5 5 0 0 1-5-4z', PORCELAIN),
    fill('M27 58l7 .8 3.5 31.2H30zM44 59.3h8L51 90h-6zM69 58l-7 .8L58.5 90H66z', '#e59b12'),
    ...(second
      ? [
          fill('M56 72h32l-4 15a4 4 0 0 1-4 3H64a4 4 0 0 1-4-3z', RIM),
          fill(oval(72, 72, 16, 4.8), PORCELAIN),
          fill(oval(72, 72.3, 13, 3.5), second),
        ]
      : []),
  ]
}

const DRAWINGS: Readonly<Record<PictureKind, Draw>> = {
  glass,
  cup,
  bottle,
  plate,
  bowl,
  pastry,
  cake,
  toast,
  snack,
}

/** The paths of a picture, the farthest first. */
export function shapesOf(picture: Picture): readonly Shape[] {
  return DRAWINGS[picture.kind](picture.colour, picture.second)
}
