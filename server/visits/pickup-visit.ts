import type { Visit } from '#shared/visits/visit.ts'
import type { Context } from '../command.ts'
import { closeVisit } from './seating.ts'
import { readPhones, readVisit, savePhone, saveVisit } from './visit.store.ts'

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
