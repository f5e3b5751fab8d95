import type { RecordOf } from '#shared/protocol.ts'

/** What can be printed: a table or another touchpoint, as its label shows it. */
export type PrintableCode = {
  readonly id: string
  readonly kind: 'table' | 'touchpoint'
  readonly label: string
  readonly place: string
  readonly shortCode: string
}

/** A longer list of ids would not fit into an address; every table at once needs none. */
export const MAX_PICKED = 400

export function isPickable(codes: readonly PrintableCode[], all: readonly RecordOf<'table'>[]): boolean {
  return codes.length > 0 && (codes.length <= MAX_PICKED || isEveryTable(codes, all))
}

function isEveryTable(codes: readonly PrintableCode[], all: readonly RecordOf<'table'>[]): boolean {
  const active = all.filter((table) => table.isActive)
  return codes.length === active.length && codes.every((code) => code.kind === 'table')
}

/** The address of the file with these codes; without ids the server takes every table in use. */
export function printUrl(
  outletId: string,
  file: 'codes.pdf' | 'codes.zip',
  layout: string,
  codes: readonly PrintableCode[],
  all: readonly RecordOf<'table'>[],
): string {
  const query = new URLSearchParams()
  if (file === 'codes.pdf') query.set('layout', layout)
  query.set('ids', isEveryTable(codes, all) ? '' : codes.map((code) => code.id).join(','))
  return `/api/desk/${outletId}/${file}?${query}`
}

/** Labels as people count them: A2 before A10. */
export function naturally(a: { readonly label: string }, b: { readonly label: string }): number {
  return a.label.localeCompare(b.label, 'id', { numeric: true })
}
