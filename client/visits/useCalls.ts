import { type ComputedRef, computed, watch } from 'vue'
import type { CommandArgs } from '#shared/protocol.ts'
import { CALL_STALE_AFTER_MS } from '#shared/visits/call.ts'
import { makeId } from '../sync/ids.ts'
import { dismiss, enqueue, takeBack } from '../sync/outbox.ts'
import { recordsOf } from '../sync/read-records.ts'
import { clockOffsetMs } from '../sync/server-clock.ts'
import type { OutboxRow } from '../sync/stored-rows.ts'
import { newest, useLive, useOutbox } from '../sync/useLive.ts'
import { useNow } from '../ui/useNow.ts'
import { type CallRecord, type CallView, mergeCalls } from './call-views.ts'

export type Calls = {
  readonly calls: ComputedRef<CallView[]>
  readonly phoneNowMs: ComputedRef<number>
  readonly serverNowMs: ComputedRef<number>
  readonly placeCall: (wish: Omit<CommandArgs<'call.place'>, 'callId'>) => Promise<string>
  readonly withdrawCall: (view: CallView) => Promise<void>
}

async function readCalls(): Promise<CallRecord[]> {
  const rows = await recordsOf({ kind: 'call' })
  const own = new Set(rows.filter((row) => row.stream.startsWith('customer:')).map((row) => row.id))
  return newest<'call'>(rows).map((call) => ({ call, isOwn: own.has(call.id) }))
}

/** The calls of this table as far as this phone may see them, and what can be done about its own. */
export function useCalls(): Calls {
  const records = useLive(readCalls, [])
  const outbox = useOutbox()
  const now = useNow()
  const serverNowMs = computed(() => now.value + clockOffsetMs.value)
  watch(outbox, (rows) => void dropIdleWithdrawals(rows))
  return {
    calls: computed(() => mergeCalls(records.value, outbox.value, serverNowMs.value)),
    phoneNowMs: computed(() => now.value),
    serverNowMs,
    placeCall: (wish) => enqueue('call.place', { callId: makeId('cal'), ...wish }, CALL_STALE_AFTER_MS),
    withdrawCall,
  }
}

/** A call that never left the phone simply goes; one that may have is taken back at the bar. */
async function withdrawCall(view: CallView): Promise<void> {
  const isGone = view.row !== null && (await takeBack(view.row.id))
  if (!isGone) await enqueue('call.withdraw', { callId: view.id })
}

/** A withdrawal is refused only when there is nothing left to withdraw: nobody needs to read that. */
async function dropIdleWithdrawals(rows: readonly OutboxRow[]): Promise<void> {
  const withdrawn = new Set(
    rows.flatMap((row) => (row.name === 'call.withdraw' ? [(row.args as { callId?: string }).callId] : [])),
  )
  // Withdrawn while it waited, and then it waited too long: the bar never had it, nobody needs to be asked.
  for (const row of rows) {
    const isStale = row.name === 'call.place' && row.state === 'stale'
    if (isStale && withdrawn.has((row.args as { callId?: string }).callId)) await dismiss(row.id)
  }
  for (const row of rows) if (row.name === 'call.withdraw' && row.state === 'refused') await dismiss(row.id)
}
