import { liveQuery } from 'dexie'
import type { Menu } from '#shared/menu/menu.ts'
import { type OrderLineRequest, STALE_AFTER_MS } from '#shared/ordering/order.ts'
import type { CommandArgs } from '#shared/protocol.ts'
import { readSetting, writeSetting } from '../../sync/db.ts'
import { makeId } from '../../sync/ids.ts'
import { enqueue, storeInTime } from '../../sync/outbox.ts'
import { recordsOf } from '../../sync/read-records.ts'
import { addLine, type CartLine, namedChoices } from './cart-lines.ts'

/** The cart as storage holds it. The higher `revision` is the newer one, whichever tab wrote it. */
export type StoredCart = {
  readonly lines: readonly CartLine[]
  readonly note: string
  readonly revision: number
}

const SETTING = 'cart'

export function readCart(): Promise<StoredCart | undefined> {
  return readSetting<StoredCart>(SETTING)
}

export function writeCart(cart: StoredCart): Promise<void> {
  return writeSetting(SETTING, cart)
}

/** Calls `listener` with the cart now and after each change, in whichever tab it was made. */
export function followCart(listener: (cart: StoredCart | undefined) => void): void {
  liveQuery(readCart).subscribe({ next: listener, error: (error: unknown) => reportError(error) })
}

/**
 * Puts the order into the outbox and empties the cart, both or neither, so that no crash and no second tab
 * can send it twice or lose it. Answers the emptied cart; null, with nothing done, when another tab has
 * changed or sent it. Throws NotStoredError when nothing is kept. The storage takes what it was told before first.
 */
export async function sendCart(
  args: CommandArgs<'order.place'> | CommandArgs<'pickup.place'>,
  revision: number,
): Promise<StoredCart | null> {
  const emptied: StoredCart = { lines: [], note: '', revision: revision + 1 }
  return storeInTime(async () => {
    const stored = await readCart()
    if (stored && stored.revision > revision) return null
    if ('token' in args) await enqueue('order.place', args, STALE_AFTER_MS)
    else await enqueue('pickup.place', args, STALE_AFTER_MS)
    await writeCart(emptied)
    return emptied
  })
}

/** `lines` and, after them, what an order asked for, with the names and items of the menus on this phone. */
export async function withOrderLines(
  lines: readonly CartLine[],
  ordered: readonly OrderLineRequest[],
): Promise<readonly CartLine[]> {
  const rows = await recordsOf({ kind: 'menu' })
  const menus = rows.map((row) => row.body as Menu)
  let all = lines
  for (const { itemId, choices, quantity, note } of ordered) {
    const menu = menus.find((each) => each.items.some((item) => item.id === itemId)) ?? null
    const item = menu?.items.find((each) => each.id === itemId) ?? null
    const named = namedChoices(choices, menu)
    const line = { itemId, item, choices: named, quantity, note, shownUnitRp: null }
    all = addLine(all, line, makeId('lin')).lines
  }
  return all
}
