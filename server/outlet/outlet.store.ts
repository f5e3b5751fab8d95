import sql from 'sql-template-tag'
import type { Outlet } from '#shared/outlet/outlet.ts'
import type { Reader, Tx } from '../platform/database/database.ts'
import { readSharedRecord } from '../platform/database/shared-records.ts'

/** The stream that everybody may read: the outlet itself, its menu, what is sold out. */
export function outletStream(outletId: string): string {
  return `outlet:${outletId}`
}

/** The stream of the outlet's staff. */
export function deskStream(outletId: string): string {
  return `desk:${outletId}`
}

export function readOutlet(reader: Reader, outletId: string): Promise<Outlet | undefined> {
  return readSharedRecord<Outlet>(reader, 'outlet', outletId)
}

/** Every outlet, by slug. */
export async function readOutlets(reader: Reader): Promise<Outlet[]> {
  const rows = await reader.all<{ body: string }>(sql`
    SELECT records.body AS body FROM outlets CROSS JOIN records
    WHERE records.kind = 'outlet' AND records.id = outlets.id ORDER BY outlets.slug`)
  return rows.map((row) => JSON.parse(row.body) as Outlet)
}

export async function isSlugFree(reader: Reader, slug: string, outletId: string): Promise<boolean> {
  const row = await reader.get(sql`SELECT 1 FROM outlets WHERE slug = ${slug} AND id <> ${outletId}`)
  return row === undefined
}

export async function saveOutletRow(tx: Tx, outletId: string, slug: string): Promise<void> {
  await tx.run(sql`
    INSERT INTO outlets (id, slug) VALUES (${outletId}, ${slug})
    ON CONFLICT (id) DO UPDATE SET slug = excluded.slug`)
}
