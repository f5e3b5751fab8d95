// Whether an item can be ordered now, and from when if not. Pure: the moment is an argument.
import type { Bilingual } from '#shared/kernel/schema.ts'
import { type LocalMoment, localMoment, type Zone } from '#shared/kernel/time.ts'
import { isAvailable, isOffSeason, type NextAvailable, nextAvailable } from '#shared/menu/availability.ts'
import { type ItemStatus, isSoldOut } from '#shared/menu/item-status.ts'
import type { Item, Menu, OrderType } from '#shared/menu/menu.ts'

export type ItemState =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'sold_out'
      readonly until: 'time' | 'closing' | 'told'
      readonly endsAtMs: number | null
    }
  /** `next` is null when it is never offered for `orderType`. */
  | { readonly kind: 'not_now'; readonly next: NextAvailable | null; readonly orderType: OrderType }
  /** Left out of the menu; whoever comes by it in another way is told when it is back. */
  | { readonly kind: 'off_season'; readonly season: Bilingual; readonly next: NextAvailable | null }

const READY: ItemState = { kind: 'ready' }

function stateOf(
  item: Item,
  status: ItemStatus | undefined,
  moment: LocalMoment,
  atMs: number,
  orderType: OrderType,
): ItemState {
  const { season } = item.availability
  if (season && isOffSeason(item, moment, orderType)) {
    return { kind: 'off_season', season: season.name, next: nextAvailable(item, moment, orderType) }
  }
  if (status?.soldOut && isSoldOut(status, atMs)) return { kind: 'sold_out', ...status.soldOut }
  if (isAvailable(item, moment, orderType)) return READY
  return { kind: 'not_now', next: nextAvailable(item, moment, orderType), orderType }
}

/** The state of every item at `atMs` (epoch milliseconds), for this kind of order to be had at `forMs`, by the outlet's clock. */
export function itemStates(
  menu: Pick<Menu, 'items'>,
  statuses: readonly ItemStatus[],
  zone: Zone,
  atMs: number,
  forMs = atMs,
  orderType: OrderType = 'table',
): ReadonlyMap<string, ItemState> {
  const moment = localMoment(forMs, zone)
  const byItemId = new Map(statuses.map((status) => [status.itemId, status]))
  return new Map(
    menu.items.map((item) => [item.id, stateOf(item, byItemId.get(item.id), moment, atMs, orderType)]),
  )
}
