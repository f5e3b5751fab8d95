import type { Table, Touchpoint } from '#shared/tables/table.ts'

/** Tables named one by one: those that a manager would think of. */
const MAX_BUSIEST = 5

/** How many phones came first by any table's code, by which tables most, and by each other code; most first. */
export function firstContacts(
  tables: readonly Pick<Table, 'id' | 'label' | 'contacts'>[],
  touchpoints: readonly Touchpoint[],
) {
  const counted = tables.map(({ id, label, contacts = 0 }) => ({ id, label, contacts }))
  const byTables = counted.reduce((sum, { contacts }) => sum + contacts, 0)
  const busiest = counted
    .filter(({ contacts }) => contacts > 0)
    .sort((a, b) => b.contacts - a.contacts || a.label.localeCompare(b.label, 'id', { numeric: true }))
    .slice(0, MAX_BUSIEST)
  const others = touchpoints.toSorted((a, b) => b.contacts - a.contacts)
  return { byTables, busiest, others, most: Math.max(1, byTables, others[0]?.contacts ?? 0) }
}
