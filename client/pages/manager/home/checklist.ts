import type { RecordOf } from '#shared/protocol.ts'

export type ChecklistStep = {
  readonly id: 'hours' | 'tables' | 'menu' | 'people' | 'codes' | 'board'
  readonly to: string
  readonly isDone: boolean
}

type ChecklistFacts = {
  readonly outlet: RecordOf<'outlet'> | undefined
  readonly tables: readonly RecordOf<'table'>[]
  readonly items: number
  readonly staff: readonly RecordOf<'staff'>[]
  readonly devices: readonly RecordOf<'device'>[]
  readonly orders: number
  readonly codesDownloaded: boolean
}

/**
 * What an outlet still needs before its first guest, read from its records. Only the printing leaves no record:
 * it counts as done once this device has downloaded the codes, or an order has come in through one.
 */
export function checklistOf(facts: ChecklistFacts): readonly ChecklistStep[] {
  return [
    {
      id: 'hours',
      to: '/manager/outlet',
      isDone: facts.outlet?.hours.some((spans) => spans.length > 0) ?? false,
    },
    { id: 'tables', to: '/manager/codes', isDone: facts.tables.some((table) => table.isActive) },
    { id: 'menu', to: '/manager/menu', isDone: facts.items > 0 },
    {
      id: 'people',
      to: '/manager/people',
      isDone: facts.staff.filter((person) => person.isActive).length > 1,
    },
    {
      id: 'board',
      to: '/manager/devices',
      isDone: facts.devices.filter((device) => device.state === 'active').length > 1,
    },
    { id: 'codes', to: '/manager/codes', isDone: facts.codesDownloaded || facts.orders > 0 },
  ]
}
