import { expect, test } from 'vitest'
import type { Touchpoint } from '#shared/tables/table.ts'
import { firstContacts } from '../../../client/pages/manager/home/first-contacts.ts'

const table = (label: string, contacts?: number) => ({
  id: `tbl_${label}`,
  label,
  ...(contacts !== undefined && { contacts }),
})
const touchpoint = (label: string, contacts: number) => ({ label, contacts }) as Touchpoint

test('all tables are one sum, and those that brought most are named, most first', () => {
  const tables = ['A1', 'A2', 'A10', 'B1', 'B2', 'B3', 'B4'].map((label, index) => table(label, index % 3))
  const came = firstContacts([...tables, table('C1')], [])
  expect(came.byTables).toBe(6)
  expect(came.busiest.map(({ label }) => label)).toEqual(['A10', 'B3', 'A2', 'B2'])
})

test('bars are measured by the longest, tables or not, and are empty before anybody came', () => {
  const codes = [touchpoint('Kasir', 2), touchpoint('Instagram', 9)]
  expect(firstContacts([table('A1', 4)], codes)).toMatchObject({ most: 9 })
  expect(firstContacts([table('A1', 4)], codes).others.map(({ label }) => label)).toEqual([
    'Instagram',
    'Kasir',
  ])
  expect(firstContacts([table('A1', 12)], codes)).toMatchObject({ most: 12 })
  expect(firstContacts([table('A1')], [])).toMatchObject({ byTables: 0, busiest: [], most: 1 })
})
