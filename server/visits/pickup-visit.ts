import type { Outlet } from '#shared/outlet/outlet.ts'
import type { Visit } from '#shared/visits/visit.ts'
import type { Context } from '../command.ts'
import { closeVisit } from './seating.ts'
import { readPhones, readVisit, savePhone, saveVisit } from './visit.store.ts'

/**
 * A visit of its own for who comes to fetch: without a table, its one phone let in from the start, since
 * it reads nothing there but its own. Bills, payments and receipts hang on it as on any other.
 */
export async function openPickupVisit(context: Context, outlet: Outlet, customerId: string): Promise<string> {
  const visit: Visit = {
    id: context.makeId('vis'),
    rev: 1,
    outletId: outlet.id,
    tableId: null,
    tableLabel: null,
    status: 'open',
    openedAtMs: context.nowMs,
    closedAtMs: null,
    capRp: outlet.caps.unpaidTableRp,
  }
  await saveVisit(context, visit)
  await savePhone(context, visit, {
    visit_id: visit.id,
    customer_id: customerId,
    number: 1,
    state: 'admitted',
  })
  return visit.id
}

/** Ends the visit of a pick-up; a table's is closed by its own rules. */
export async function closePickupVisit(context: Context, visitId: string): Promise<void> {
  const visit = await readVisit(context.tx, visitId)
  if (visit?.tableId === null && visit.status === 'open') await closeVisit(context, visit)
}

/** Takes back the end of a pick-up's visit: a slip of the finger, or somebody came after all. */
export async function reopenPickupVisit(context: Context, visitId: string): Promise<boolean> {
  const closed = await readVisit(context.tx, visitId)
  if (closed?.tableId !== null || closed.status === 'open') return false
  const visit: Visit = { ...closed, rev: closed.rev + 1, status: 'open', closedAtMs: null }
  await saveVisit(context, visit)
  for (const phone of await readPhones(context.tx, visitId)) await savePhone(context, visit, phone)
  return true
}
