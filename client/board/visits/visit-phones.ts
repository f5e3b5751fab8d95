// The phones of a visit with this device's unsent removals on top.
import type { CommandArgs } from '#shared/protocol.ts'
import type { VisitPhone } from '#shared/visits/visit.ts'
import type { OutboxRow } from '../../sync/stored-rows.ts'

/** `isPending`: its removal is stored on this device and not answered yet. */
type BoardPhone = { readonly phone: VisitPhone; readonly isPending: boolean }

/** The phones of an open visit in the order in which they came. */
export function phonesOfVisit(
  phones: readonly VisitPhone[],
  rows: readonly OutboxRow[],
  visitId: string,
): readonly BoardPhone[] {
  const removals = rows
    .filter((row) => row.name === 'visit.remove_phone' && row.state !== 'refused')
    .map((row) => row.args as CommandArgs<'visit.remove_phone'>)
    .filter((args) => args.visitId === visitId)
  const removed = new Set(removals.map(({ number }) => number))
  return phones
    .filter((phone) => phone.visitId === visitId && phone.isVisitOpen)
    .map((phone): BoardPhone => {
      const isPending = removed.has(phone.number)
      return { phone: isPending ? { ...phone, state: 'refused' } : phone, isPending }
    })
    .sort((a, b) => a.phone.number - b.phone.number)
}
