import type { RecordOf } from '#shared/protocol.ts'
import type { StaffWords } from '../i18n/staff/staff-words.ts'
import { naturally } from './print-choice.ts'

export type CodeGroup = {
  readonly id: string
  readonly name: string
  readonly tiles: readonly {
    readonly id: string
    readonly label: string
    readonly shortCode: string
    readonly detail: string
    readonly canPick: boolean
    /** Null for a touchpoint, which has nothing to change. */
    readonly table: RecordOf<'table'> | null
  }[]
}

type Codes = {
  readonly outlet: RecordOf<'outlet'>
  readonly tables: readonly RecordOf<'table'>[]
  readonly touchpoints: readonly RecordOf<'touchpoint'>[]
}

/** What matches `sought`: tables by area, those in use first, then the other touchpoints; empty groups are left out. */
export function codeGroups(
  { outlet, tables, touchpoints }: Codes,
  sought: string,
  t: StaffWords,
): CodeGroup[] {
  const words = sought.trim().toLowerCase()
  const isSought = (...texts: readonly string[]) => texts.some((text) => text.toLowerCase().includes(words))
  const known = new Set(outlet.areas.map((area) => area.id))
  const areas = [...outlet.areas, { id: '', name: t.manager.codes.noArea }]
  const ofAreas = areas.map((area) => ({
    id: area.id,
    name: area.name,
    tiles: tables
      .filter((table) => (known.has(table.areaId) ? table.areaId : '') === area.id)
      .filter((table) => isSought(table.label, area.name, table.shortCode))
      .toSorted((a, b) => Number(b.isActive) - Number(a.isActive) || naturally(a, b))
      .map((table) => ({
        ...table,
        table,
        detail: t.manager.codes.seats(table.seats),
        canPick: table.isActive,
      })),
  }))
  const others = {
    id: 'touchpoints',
    name: t.manager.codes.touchpoints,
    tiles: touchpoints
      .filter((one) => isSought(one.label, t.manager.touchpointKind[one.kind], one.shortCode))
      .toSorted(naturally)
      .map((one) => ({ ...one, table: null, detail: t.manager.touchpointKind[one.kind], canPick: true })),
  }
  return [...ofAreas, others].filter((group) => group.tiles.length > 0)
}
