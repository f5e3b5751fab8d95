// From bytes to the rows of a menu file: what the text is, which rows belong to which heading, and where
// each one stands. The meaning of the cells is no business of this file.
import { CsvError, parse } from 'csv-parse/sync'
import { MAX_MENU_FILE_BYTES } from '#shared/menu/menu-commands.ts'
import { type MenuProblemCode, type Place, problemWords } from './menu-file-words.ts'

const MAX_PROBLEMS = 100
/** Many times the largest menu, and few enough that any file at all is read within a moment. */
const MAX_ROWS = 5000
const MAX_COLUMNS = 200
const MAX_CELLS = 250_000

export type MenuProblem = {
  readonly line: number
  readonly column: string | null
  readonly code: MenuProblemCode
  readonly message: { readonly id: string; readonly en: string }
}

/** Collects what is wrong; `total` counts beyond the first hundred too. */
export function createProblems() {
  const list: MenuProblem[] = []
  let total = 0
  return {
    list,
    total: () => total,
    add(place: Place, code: MenuProblemCode, value = '', more = ''): void {
      total += 1
      if (list.length >= MAX_PROBLEMS) return
      const message = problemWords(code, place, { value, more })
      list.push({ line: place.line, column: place.column, code, message })
    },
  }
}
export type Problems = ReturnType<typeof createProblems>

export const KINDS = ['category', 'group', 'option', 'item'] as const
export type Kind = (typeof KINDS)[number]

/** A row below a heading: the text of a cell by its column's name, '' where the row is shorter. */
export type DataRow = {
  readonly kind: Kind
  readonly line: number
  readonly row: number
  readonly cells: ReadonlyMap<string, string>
}
type RawRow = { readonly line: number; readonly row: number; readonly cells: readonly string[] }
type Heading = { readonly kind: Kind | null; readonly columns: readonly string[] }

const at = (line: number, row = line, column: string | null = null): Place => ({ line, row, column })

function decode(bytes: Uint8Array, problems: Problems): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\r\n?/g, '\n')
  } catch {
    // The replacement character marks the first bad byte; a real one before it costs only a wrong line.
    const before = new TextDecoder().decode(bytes).split('\ufffd')[0] ?? ''
    problems.add(at(before.split(/\r\n?|\n/).length), 'file.not_utf8')
    return null
  }
}

// Some people name the delimiter for Excel in a first line "sep=;", and Excel hands it back among the data.
const SEPARATOR_LINE = /^"?sep="?[,;\t][^\n]*/i
const HEADING_DELIMITER = /^"?'?@[^\n,;\t]*([,;\t])/m

type Found = { readonly lastLine: number; readonly cells: readonly string[] }

/** Counted before anything is made of them: two million empty cells are a small file. */
function hasTooManyCells(text: string, delimiter: string): boolean {
  let cells = 0
  for (let at = 0; at < text.length && cells <= MAX_CELLS; at++) {
    if (text[at] === '\n' || text[at] === delimiter) cells++
  }
  return cells > MAX_CELLS
}

function records(text: string, problems: Problems): readonly Found[] {
  const found: Found[] = []
  const delimiter = HEADING_DELIMITER.exec(text)?.[1] ?? ','
  if (hasTooManyCells(text, delimiter)) {
    problems.add(at(1), 'file.too_many_cells', '', String(MAX_CELLS))
    return []
  }
  try {
    parse(text.replace(SEPARATOR_LINE, ''), {
      delimiter,
      relax_column_count: true,
      comment: '#',
      comment_no_infix: true,
      on_record: (cells, { lines }) => {
        found.push({ lastLine: lines, cells })
        return null
      },
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    problems.add(at((found.at(-1)?.lastLine ?? 0) + 1), 'file.malformed_quotes')
  }
  return found
}

function rawRows(text: string, problems: Problems): readonly RawRow[] {
  let extraLines = 0
  return records(text, problems).map(({ lastLine, cells }) => {
    const breaks = cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0)
    const line = lastLine - breaks
    const raw = { line, row: line - extraLines, cells: cells.map(unprotected) }
    extraLines += breaks
    return raw
  })
}

/** Takes back the apostrophe that `menuToCsv` writes before what a spreadsheet would run as a formula. */
function unprotected(cell: string): string {
  const text = cell.trim()
  return /^'[=+\-@\t\r']/.test(text) ? text.slice(1) : text
}

/** Which columns a kind of row has; `pricedAt` are the outlets that may have a price column. */
export type Columns = Readonly<
  Record<Kind, { readonly required: readonly string[]; readonly other: readonly string[] }>
>

function heading(raw: RawRow, known: Columns, outlets: readonly string[], problems: Problems): Heading {
  const name = (raw.cells[0] ?? '').slice(1).toLowerCase()
  const kind = KINDS.find((candidate) => candidate === name) ?? null
  const columns = raw.cells
    .slice(0, MAX_COLUMNS)
    .map((cell, index) => (index === 0 ? '' : cell.toLowerCase()))
  if (kind === null) {
    problems.add(at(raw.line, raw.row), 'row.unknown_kind', raw.cells[0])
    return { kind, columns }
  }
  const { required, other } = known[kind]
  const named = columns.filter((column) => column !== '')
  for (const [index, column] of named.entries()) {
    const place = at(raw.line, raw.row, column)
    const outlet = kind === 'item' && column.startsWith('price:') ? column.slice(6) : null
    if (named.indexOf(column) !== index) problems.add(place, 'column.twice', column)
    else if (outlet !== null && !outlets.includes(outlet)) {
      problems.add(place, 'column.unknown_outlet', outlet, outlets.join(', '))
    } else if (outlet === null && !required.includes(column) && !other.includes(column)) {
      problems.add(place, 'column.unknown', column, [...required, ...other].join(', '))
    }
  }
  for (const column of required) {
    if (!named.includes(column)) problems.add(at(raw.line, raw.row, column), 'column.missing', column)
  }
  return { kind, columns }
}

/** Null when the cells have slipped out of their columns: one fault says it, not one for each cell. */
function dataRow(raw: RawRow, kind: Kind, columns: readonly string[], problems: Problems): DataRow | null {
  const [first = '', ...others] = raw.cells
  const stray = others.find((cell, index) => cell !== '' && !columns[index + 1])
  if (first !== '') problems.add(at(raw.line, raw.row), 'row.first_cell', first)
  else if (stray !== undefined) problems.add(at(raw.line, raw.row), 'row.too_many_cells', stray)
  if (first !== '' || stray !== undefined) return null
  const cells = new Map<string, string>()
  for (const [index, column] of columns.entries()) {
    if (column !== '' && !cells.has(column)) cells.set(column, raw.cells[index] ?? '')
  }
  return { kind, line: raw.line, row: raw.row, cells }
}

/** The data rows of a menu file in order, or null when the bytes are not readable text at all. */
export function readRows(
  bytes: Uint8Array,
  known: Columns,
  outlets: readonly string[],
  problems: Problems,
): readonly DataRow[] | null {
  if (bytes.length > MAX_MENU_FILE_BYTES) {
    problems.add(at(1), 'file.too_large')
    return null
  }
  const text = decode(bytes, problems)
  if (text === null) return null
  const rows: DataRow[] = []
  let current: Heading | null = null
  let filled = 0
  for (const raw of rawRows(text, problems)) {
    const first = raw.cells[0] ?? ''
    if (first.startsWith('#') || raw.cells.every((cell) => cell === '')) continue
    filled++
    if (filled > MAX_ROWS) {
      problems.add(at(raw.line, raw.row), 'file.too_many_rows', '', String(MAX_ROWS))
      return null
    }
    // Spreadsheets pad rows with empty cells; only what is filled counts.
    if (raw.cells.findLastIndex((cell) => cell !== '') >= MAX_COLUMNS) {
      problems.add(at(raw.line, raw.row), 'row.too_wide', '', String(MAX_COLUMNS))
      return null
    }
    if (first.startsWith('@')) current = heading(raw, known, outlets, problems)
    else if (current === null) problems.add(at(raw.line, raw.row), 'row.without_kind')
    else if (current.kind !== null) {
      const row = dataRow(raw, current.kind, current.columns, problems)
      if (row) rows.push(row)
    }
  }
  return rows
}
