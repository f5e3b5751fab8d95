import { readStatic } from './payment-draft.ts'

type Piece = { readonly text: string; readonly isOther: boolean }
type StaticRow = {
  readonly field: 'name' | 'city' | 'nmid'
  readonly before: string | null
  readonly now: string | null
  /** What stands there now, its letters that differ apart from those that are the same. */
  readonly pieces: readonly Piece[]
}

/** One letter that was swapped is not seen by reading; so it stands by itself. */
function piecesOf(before: string | null, now: string): readonly Piece[] {
  if (before === null || before === now) return [{ text: now, isOther: false }]
  const pieces: Piece[] = []
  for (const [index, letter] of [...now].entries()) {
    const isOther = [...before][index] !== letter
    const last = pieces.at(-1)
    if (last?.isOther === isOther) pieces[pieces.length - 1] = { text: last.text + letter, isOther }
    else pieces.push({ text: letter, isOther })
  }
  return pieces
}

/** Whose the stored code is, beside whose the approved one was; empty where the stored one cannot be read. */
export function compareStatic(approved: string | null, stored: string, maxRp: number): readonly StaticRow[] {
  const now = readStatic(stored, maxRp)
  if (now.kind !== 'right') return []
  const read = approved === null ? null : readStatic(approved, maxRp)
  const before = read?.kind === 'right' ? read : null
  return (['name', 'city', 'nmid'] as const).map((field) => ({
    field,
    before: before?.[field] ?? null,
    now: now[field],
    pieces: now[field] === null ? [] : piecesOf(before?.[field] ?? null, now[field]),
  }))
}
