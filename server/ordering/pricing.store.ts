import sql from 'sql-template-tag'
import type { Menu } from '#shared/menu/menu.ts'
import type { Outlet } from '#shared/outlet/outlet.ts'
import type { Reader } from '../platform/database/database.ts'
import { sharedRecordAt } from '../platform/database/shared-records.ts'

/** What an order at an outlet is priced by. */
export type Selling = {
  readonly outlet: Outlet
  readonly menu: Menu
  /** Ids of the items that are sold out now. */
  readonly soldOut: ReadonlySet<string>
}

type SellingRow = { outlet_rev: number | null; menu_rev: number | null; sold_out: string | null }

/** Asked for in one: every order needs all of it. Undefined for an outlet that there is not. */
export async function readSelling(
  reader: Reader,
  outletId: string,
  nowMs: number,
): Promise<Selling | undefined> {
  const row = await reader.get<SellingRow>(sql`
    SELECT (SELECT rev FROM records WHERE kind = 'outlet' AND id = ${outletId}) AS outlet_rev,
      (SELECT rev FROM records WHERE kind = 'menu' AND id = ${outletId}) AS menu_rev,
      (SELECT string_agg(item_id, ' ') FROM sold_out_items
        WHERE outlet_id = ${outletId} AND (ends_at_ms IS NULL OR ends_at_ms > ${nowMs})) AS sold_out`)
  if (row?.outlet_rev == null || row.menu_rev == null) return undefined
  const outlet = await sharedRecordAt<Outlet>(reader, 'outlet', outletId, row.outlet_rev)
  const menu = await sharedRecordAt<Menu>(reader, 'menu', outletId, row.menu_rev)
  return outlet && menu && { outlet, menu, soldOut: new Set(row.sold_out?.split(' ')) }
}
