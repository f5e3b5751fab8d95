import { ok, refuse } from '#shared/kernel/result.ts'
import {
  CALL_STALE_AFTER_MS,
  type Call,
  MAX_OPEN_CALLS_PER_PHONE,
  MAX_OPEN_CALLS_PER_TABLE,
  MAX_OPEN_STRANGER_CALLS_PER_TABLE,
} from '#shared/visits/call.ts'
import { actorName, type Context, command, worksAt } from '../command.ts'
import { readRecord } from '../platform/database/records.ts'
import { readTableByToken } from '../tables/table.store.ts'
import { countRecentCalls, readCallOwner, readOpenCalls, saveCall } from './call.store.ts'
import { isCodeUsable, wasTappedBeforeLeaving } from './seating.ts'
import { readPlace } from './visit.store.ts'

const RECENT_CALLS_MS = 10 * 60_000
/** Calls of one phone within that time. */
const MAX_RECENT_CALLS = 12

async function callFor(context: Context, callId: string) {
  const call = await readRecord<Call>(context.tx, 'call', callId)
  const owner = await readCallOwner(context.tx, callId)
  if (!call || !owner) return refuse({ code: 'call.unknown' })
  return ok({ call, owner })
}

/** Moves a call on for staff; a call that is over stays over. */
async function moveCall(context: Context, callId: string, change: (call: Call) => Partial<Call>) {
  const found = await callFor(context, callId)
  if (!found.ok) return found
  const { call, owner } = found.value
  if (!worksAt(context.actor, call.outletId)) return refuse({ code: 'session.wrong_outlet' })
  if (call.state === 'done' || call.state === 'withdrawn')
    return refuse({ code: 'call.over', state: call.state })
  await saveCall(context, { ...call, ...change(call), rev: call.rev + 1 }, owner)
  return ok({ callId })
}

export const callCommandList = [
  command('call.place', {
    who: 'phone',
    staleAfterMs: CALL_STALE_AFTER_MS,
    async handle(context, { callId, token, kind, note }) {
      const { actor, tx } = context
      if (actor.kind !== 'customer') return refuse({ code: 'session.missing' })
      const table = await readTableByToken(tx, token)
      if (table?.is_active !== 1) return refuse({ code: 'code.unknown' })
      const place = await readPlace(tx, table.table_id, actor.id)
      if (!isCodeUsable(table, place)) return refuse({ code: 'code.replaced' })
      if (await readRecord(tx, 'call', callId)) return refuse({ code: 'call.id_taken' })
      if (await wasTappedBeforeLeaving(context, table.table_id, actor.id))
        return refuse({ code: 'call.visit_closed_since' })
      // Placed and withdrawn in a loop, calls would ring at the board without ever being open.
      const recent = await countRecentCalls(tx, actor.id, context.nowMs - RECENT_CALLS_MS)
      if (recent >= MAX_RECENT_CALLS) return refuse({ code: 'call.too_many' })
      const open = await readOpenCalls(tx, table.table_id)
      const own = open.filter((call) => call.customer_id === actor.id)
      const isPresent = place?.state === 'admitted'
      // Counted apart: whoever photographed the code cannot keep the guests from calling.
      const alike = open.filter((call) => (call.is_admitted === 1) === isPresent)
      const maxAlike = isPresent ? MAX_OPEN_CALLS_PER_TABLE : MAX_OPEN_STRANGER_CALLS_PER_TABLE
      if (own.length >= MAX_OPEN_CALLS_PER_PHONE || alike.length >= maxAlike) {
        return refuse({ code: 'call.too_many' })
      }
      const call: Call = {
        id: callId,
        rev: 1,
        outletId: table.outlet_id,
        tableId: table.table_id,
        tableLabel: table.label,
        visitId: place?.number ? place.visit_id : null,
        kind,
        note: note.trim(),
        state: 'open',
        placedAtMs: context.nowMs,
        takenAtMs: null,
        takenBy: null,
        doneAtMs: null,
        isPresent,
      }
      await saveCall(context, call, actor.id)
      if (isPresent && place) context.emit({ type: 'visit.active', visitId: place.visit_id })
      return ok({ callId })
    },
  }),

  command('call.withdraw', {
    who: 'phone',
    async handle(context, { callId }) {
      const found = await callFor(context, callId)
      if (!found.ok) return found
      const { call, owner } = found.value
      // Somebody else's call is answered like one that does not exist.
      if (context.actor.kind !== 'customer' || owner !== context.actor.id)
        return refuse({ code: 'call.unknown' })
      if (call.state === 'done' || call.state === 'withdrawn') return ok({ callId })
      await saveCall(
        context,
        { ...call, rev: call.rev + 1, state: 'withdrawn', doneAtMs: context.nowMs },
        owner,
      )
      return ok({ callId })
    },
  }),

  command('call.take', {
    who: 'barista',
    handle: (context, { callId }) =>
      moveCall(context, callId, (call) => ({
        state: 'taken',
        takenAtMs: call.takenAtMs ?? context.nowMs,
        takenBy: actorName(context.actor),
      })),
  }),

  command('call.finish', {
    who: 'barista',
    handle: (context, { callId }) =>
      moveCall(context, callId, (call) => ({
        state: 'done',
        takenAtMs: call.takenAtMs ?? context.nowMs,
        takenBy: call.takenBy ?? actorName(context.actor),
        doneAtMs: context.nowMs,
      })),
  }),
]
