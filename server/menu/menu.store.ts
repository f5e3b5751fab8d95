import sql from 'sql-template-tag'
import type { ItemStatus } from '#shared/menu/item-status.ts'
import type { Menu } from '#shared/menu/menu.ts'
import type { Context } from '../command.ts'
import { deskStream, outletStream } from '../outlet/outlet.store.ts'
import type { Reader, Tx } from '../platform/database/database.ts'
import { readRecord } from '../platform/database/records.ts'
import { readSharedRecord } from '../platform/database/shared-records.ts'
import type { Photo } from './photo.ts'

export function readMenu(reader: Reader, outletId: string): Promise<Menu | undefined> {
  return readSharedRecord<Menu>(reader, 'menu', outletId)
}

/** The outlet's menu after a change; its version rises, open carts compare with it. */
export async function saveMenu(context: Context, menu: Menu): Promise<void> {
  await context.tx.run(sql`
    INSERT INTO menus (outlet_id, version) VALUES (${menu.id}, ${menu.version})
    ON CONFLICT (outlet_id) DO UPDATE SET version = excluded.version`)
  await context.put('menu', menu, [outletStream(menu.id), deskStream(menu.id)])
}

/** Says that an item is sold out, or (null) that it is back. */
export async function saveItemStatus(
  context: Context,
  outletId: string,
  itemId: string,
  soldOut: ItemStatus['soldOut'],
): Promise<void> {
  if (soldOut) {
    await context.tx.run(sql`
      INSERT INTO sold_out_items (outlet_id, item_id, ends_at_ms) VALUES (${outletId}, ${itemId}, ${soldOut.endsAtMs})
      ON CONFLICT (outlet_id, item_id) DO UPDATE SET ends_at_ms = excluded.ends_at_ms`)
  } else {
    await context.tx.run(
      sql`DELETE FROM sold_out_items WHERE outlet_id = ${outletId} AND item_id = ${itemId}`,
    )
  }
  const id = `${outletId}.${itemId}`
  const before = await readRecord<ItemStatus>(context.tx, 'item_status', id)
  const status: ItemStatus = { id, rev: (before?.rev ?? 0) + 1, itemId, soldOut }
  await context.put('item_status', status, [outletStream(outletId), deskStream(outletId)])
}

/** Keeps a re-encoded picture; the same picture is kept once. */
export async function addPhoto(tx: Tx, photo: Photo, nowMs: number): Promise<void> {
  await tx.run(sql`
    INSERT INTO photos (id, webp_base64, added_at_ms) VALUES (${photo.id}, ${photo.webpBase64}, ${nowMs})
    ON CONFLICT (id) DO NOTHING`)
}

export async function readPhoto(reader: Reader, photoId: string): Promise<Buffer | null> {
  const row = await reader.get<{ webp_base64: string }>(
    sql`SELECT webp_base64 FROM photos WHERE id = ${photoId}`,
  )
  return row ? Buffer.from(row.webp_base64, 'base64') : null
}
