import type { Visit } from '#shared/visits/visit.ts'
import type { Context } from '../command.ts'
import { readOpenCalls, withdrawCalls } from './call.store.ts'
import { closeVisit } from './seating.ts'
import {
  hasParty,
  readStrangers,
  readVisitAt,
  readWaitingStrangers,
  removePhone,
  type WaitingRow,
} from './visit.store.ts'

/** True for what the barista meant; a tap may come hours late, and new guests may sit there now. */
type IsSeen = (id: string) => boolean

/** Denies each phone that nobody let in: one whose order waits for its order, one that only asks without blame. */
async function denyPhones(
  context: Context,
  visit: Visit,
  waiting: readonly WaitingRow[],
  isSeen: IsSeen,
): Promise<void> {
  for (const phone of await readStrangers(context.tx, visit.id)) {
    const own = waiting.filter((order) => order.customer_id === phone.customer_id)
    if (own.some((order) => isSeen(order.id))) {
      context.emit({ type: 'presence.denied', visitId: visit.id, phone: phone.number })
    } else if (own.length === 0 && phone.state === 'asking' && isSeen(`${visit.id}.${phone.number}`)) {
      await removePhone(context, visit, phone)
    }
  }
}

/**
 * Ends what the strangers at the table asked for, of all that is there or (`seenIds`) of what the board
 * showed: orders, calls, places. Answers the visit that goes on there, or null.
 */
export async function denyStrangers(
  context: Context,
  tableId: string,
  seenIds: ReadonlySet<string> | null,
): Promise<string | null> {
  const isSeen: IsSeen = (id) => seenIds?.has(id) ?? true
  const visit = await readVisitAt(context.tx, tableId)
  const waiting = visit ? await readWaitingStrangers(context.tx, visit.id) : []
  const meant = waiting.filter((order) => isSeen(order.id))
  const calls = (await readOpenCalls(context.tx, tableId)).filter((call) => call.is_admitted === 0)
  const isAllSeen = meant.length === waiting.length && calls.every((call) => isSeen(call.id))
  const isLate = seenIds !== null && meant.length === 0
  // Nobody but strangers: the visit itself is theirs, and the next guest begins anew.
  const isTheirs = visit !== undefined && isAllSeen && !isLate && !(await hasParty(context.tx, visit.id))
  if (isTheirs) await closeVisit(context, visit)
  else if (visit) await denyPhones(context, visit, waiting, isSeen)
  await withdrawCalls(context, tableId, (call) => call.is_admitted === 0 && isSeen(call.id))
  const newestMs = Math.max(0, ...meant.map((order) => order.placed_at_ms))
  context.emit({
    type: 'strangers.denied',
    tableId,
    orderIds: meant.map((order) => order.id),
    scannedUntilMs: seenIds === null ? context.nowMs : newestMs,
  })
  return isTheirs ? null : (visit?.id ?? null)
}
