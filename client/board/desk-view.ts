// The desk's other facts with this device's unsent wishes on top, as boardView does for orders.
import type { ItemStatus } from '#shared/menu/item-status.ts'
import type { Load, Outlet } from '#shared/outlet/outlet.ts'
import type { CommandArgs } from '#shared/protocol.ts'
import type { Call } from '#shared/visits/call.ts'
import type { Visit } from '#shared/visits/visit.ts'
import type { OutboxRow } from '../sync/stored-rows.ts'
import { unsentCloses } from './visits/table-end.ts'

function unsent(rows: readonly OutboxRow[], name: string): readonly OutboxRow[] {
  return rows.filter((row) => row.name === name && row.state !== 'refused')
}

/** Calls that still need somebody, the longest waiting first; `me` stands for an unsent taking. */
export function openCalls(calls: readonly Call[], rows: readonly OutboxRow[], me: string): readonly Call[] {
  const ids = (name: string) =>
    new Set(unsent(rows, name).map((row) => (row.args as CommandArgs<'call.take'>).callId))
  const taken = ids('call.take')
  const finished = ids('call.finish')
  return calls
    .filter((call) => (call.state === 'open' || call.state === 'taken') && !finished.has(call.id))
    .map((call): Call => (taken.has(call.id) ? { ...call, state: 'taken', takenBy: me } : call))
    .sort((a, b) => a.placedAtMs - b.placedAtMs)
}

/** Open visits at tables by label, "A2" before "A10". */
export function openVisits(visits: readonly Visit[], rows: readonly OutboxRow[]): readonly Visit[] {
  const closing = new Set(unsentCloses(rows).map(({ visitId }) => visitId))
  const raises = unsent(rows, 'visit.raise_cap').map((row) => row.args as CommandArgs<'visit.raise_cap'>)
  return visits
    .filter((visit) => visit.status === 'open' && visit.tableId !== null && !closing.has(visit.id))
    .map((visit) => {
      const raise = raises.findLast(({ visitId }) => visitId === visit.id)
      return raise ? { ...visit, capRp: raise.capRp } : visit
    })
    .sort((a, b) => (a.tableLabel ?? '').localeCompare(b.tableLabel ?? '', 'id', { numeric: true }))
}

/** How busy the outlet is, as last wished for on this device, else as the server said. */
export function loadOf(outlet: Outlet | undefined, rows: readonly OutboxRow[]): Load {
  const wish = unsent(rows, 'outlet.set_load')
    .map((row) => row.args as CommandArgs<'outlet.set_load'>)
    .findLast(({ outletId }) => outletId === outlet?.id)
  return wish?.load ?? outlet?.load ?? { mode: 'normal', addMinutes: 0, message: null }
}

/** Item id → what is said of it: until when it is sold out, or nothing. */
export function itemStatuses(
  statuses: readonly ItemStatus[],
  rows: readonly OutboxRow[],
  outletId: string,
  clockOffsetMs: number,
): ReadonlyMap<string, ItemStatus> {
  const ofOutlet = statuses.filter(({ id }) => id.startsWith(`${outletId}.`))
  const byItemId = new Map(ofOutlet.map((status) => [status.itemId, status]))
  for (const row of rows) {
    if (row.state === 'refused') continue
    if (row.name !== 'menu.sold_out' && row.name !== 'menu.back_on') continue
    const args = row.args as Partial<CommandArgs<'menu.sold_out'>>
    if (args.outletId !== outletId || args.itemId === undefined) continue
    const { itemId, until, minutes } = args
    const endsAtMs = minutes ? row.createdAtMs + clockOffsetMs + minutes * 60_000 : null
    byItemId.set(itemId, {
      id: `${outletId}.${itemId}`,
      itemId,
      rev: (byItemId.get(itemId)?.rev ?? 0) + 1,
      soldOut: row.name === 'menu.sold_out' && until ? { until, endsAtMs } : null,
    })
  }
  return byItemId
}
