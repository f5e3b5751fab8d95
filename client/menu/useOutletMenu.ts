import { type ComputedRef, computed, toRaw } from 'vue'
import type { ItemStatus } from '#shared/menu/item-status.ts'
import type { Menu, OrderType } from '#shared/menu/menu.ts'
import type { Outlet } from '#shared/outlet/outlet.ts'
import { recordsOf } from '../sync/read-records.ts'
import { clockOffsetMs } from '../sync/server-clock.ts'
import type { StoredRecord } from '../sync/stored-rows.ts'
import { newest, useLive } from '../sync/useLive.ts'
import { useNow } from '../ui/useNow.ts'
import { type ItemState, itemStates } from './item/item-state.ts'

const MINUTE_MS = 60_000

type OutletRows = {
  readonly outlet: Outlet | null
  readonly menu: Menu | null
  readonly statuses: readonly ItemStatus[]
}

type OutletMenu = {
  readonly outlet: ComputedRef<Outlet | null>
  readonly menu: ComputedRef<Menu | null>
  readonly states: ComputedRef<ReadonlyMap<string, ItemState>>
  readonly soldOut: ComputedRef<ReadonlySet<string>>
  /** The server's time, one step a minute: enough for everything that a menu says. */
  readonly minuteMs: ComputedRef<number>
}

function toRows(rows: readonly StoredRecord[]): OutletRows {
  const ofKind = (kind: string) => rows.filter((row) => row.kind === kind)
  return {
    outlet: newest<'outlet'>(ofKind('outlet'))[0] ?? null,
    menu: newest<'menu'>(ofKind('menu'))[0] ?? null,
    statuses: newest<'item_status'>(ofKind('item_status')),
  }
}

export function readOutletRows(outletId: string): Promise<StoredRecord[]> {
  return recordsOf({ stream: `outlet:${outletId}` })
}

/**
 * An outlet with its menu, live. `early` gives records that are known before storage answers (the page
 * brought them), so that the first view is the menu; afterwards the higher `rev` wins.
 */
export function useOutletMenu(
  outletId: () => string | null,
  early: (stream: string) => readonly StoredRecord[],
  orderType: (outlet: Outlet) => OrderType,
  /** For when it is ordered; null is now. */
  wantedAtMs: () => number | null,
): OutletMenu {
  const earlyRows = (id: string | null) => (id === null ? [] : early(`outlet:${id}`))
  const live = useLive<OutletRows>(
    async () => {
      const id = outletId()
      return toRows([...earlyRows(id), ...(id === null ? [] : await readOutletRows(id))])
    },
    toRows(earlyRows(outletId())),
  )
  // The records are plain data: proxies would slow two hundred rows down and cannot be stored again.
  const rows = computed(() => toRaw(live.value))
  const outlet = computed(() => rows.value.outlet)
  const menu = computed(() => rows.value.menu)
  const now = useNow()
  const minuteMs = computed(() => Math.floor((now.value + clockOffsetMs.value) / MINUTE_MS) * MINUTE_MS)
  const states = computed(() =>
    menu.value && outlet.value
      ? itemStates(
          menu.value,
          rows.value.statuses,
          outlet.value.zone,
          minuteMs.value,
          wantedAtMs() ?? minuteMs.value,
          orderType(outlet.value),
        )
      : new Map<string, ItemState>(),
  )
  const soldOut = computed(
    () => new Set([...states.value].filter(([, state]) => state.kind === 'sold_out').map(([id]) => id)),
  )
  return { outlet, menu, states, soldOut, minuteMs }
}
