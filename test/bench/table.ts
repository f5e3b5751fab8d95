/** One line of the bench's table. `met` is null where there is no bar. */
export type Row = {
  readonly what: string
  readonly meja: string
  readonly beside: string
  readonly ratio: string
  readonly bar: string
  readonly met: boolean | null
}

const HEAD = ['what', 'Meja', 'beside it', 'ratio', 'bar', 'met'] as const

export function row(what: string, meja: string, more: Partial<Omit<Row, 'what' | 'meja'>> = {}): Row {
  return { what, meja, beside: '', ratio: '', bar: '', met: null, ...more }
}

export function printTable(rows: readonly Row[]): void {
  const cells = rows.map(({ what, meja, beside, ratio, bar, met }) => [
    what,
    meja,
    beside,
    ratio,
    bar,
    met === null ? '' : met ? 'yes' : 'NO',
  ])
  const widths = HEAD.map((head, at) => Math.max(head.length, ...cells.map((line) => line[at]?.length ?? 0)))
  const line = (parts: readonly string[]) =>
    `| ${parts.map((part, at) => part.padEnd(widths[at] ?? 0)).join(' | ')} |`
  console.log(line(HEAD))
  console.log(`| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`)
  for (const each of cells) console.log(line(each))
}

export const ms = (value: number) => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`
export const perSecond = (value: number) => `${Math.round(value)}/s`
