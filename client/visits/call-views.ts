import * as v from 'valibot'
import type { CommandArgs } from '#shared/protocol.ts'
import type { Call } from '#shared/visits/call.ts'
import { visitCommands } from '#shared/visits/visit-commands.ts'
import type { OutboxRow } from '../sync/stored-rows.ts'

export type CallRecord = { readonly call: Call; readonly isOwn: boolean }

type CallState = 'waiting' | 'stale' | 'refused' | 'open' | 'taken' | 'done' | 'withdrawing'

/** A call from the table, as far as it got. */
export type CallView = {
  readonly id: string
  readonly kind: Call['kind']
  readonly note: string
  readonly isOwn: boolean
  readonly state: CallState
  /** When it was placed: by the server's clock once the server has it, by this phone's before. */
  readonly placedAtMs: number
  readonly isByPhoneClock: boolean
  readonly takenBy: string | null
  readonly tableLabel: string | null
  /** The call itself, while it has not been answered for good. */
  readonly row: OutboxRow | null
}

/** A finished call is shown this long, so that the thanks can be read. */
const DONE_NEWS_MS = 90_000

/** Records ∪ outbox, oldest first: calls that wait, are taken, or were just finished. */
export function mergeCalls(
  records: readonly CallRecord[],
  rows: readonly OutboxRow[],
  serverNowMs: number,
): CallView[] {
  const withdrawn = new Set(
    rows.flatMap((row) =>
      row.name === 'call.withdraw' && row.state !== 'refused' && v.is(visitCommands[row.name], row.args)
        ? [row.args.callId]
        : [],
    ),
  )
  const sent = records
    .filter(({ call }) => isShown(call, serverNowMs))
    .map((record) => sentCall(record, withdrawn.has(record.call.id)))
  const known = new Set(records.map(({ call }) => call.id))
  const unsent = rows.flatMap((row) => {
    if (row.name !== 'call.place' || !v.is(visitCommands[row.name], row.args)) return []
    return known.has(row.args.callId) ? [] : [unsentCall(row, row.args, withdrawn.has(row.args.callId))]
  })
  return [...sent, ...unsent].sort((a, b) => a.placedAtMs - b.placedAtMs)
}

function isShown(call: Call, serverNowMs: number): boolean {
  if (call.state === 'withdrawn') return false
  return call.state !== 'done' || serverNowMs - (call.doneAtMs ?? 0) < DONE_NEWS_MS
}

function sentCall({ call, isOwn }: CallRecord, isWithdrawn: boolean): CallView {
  const isWaiting = call.state === 'open' || call.state === 'taken'
  return {
    id: call.id,
    kind: call.kind,
    note: call.note,
    isOwn,
    state: isWithdrawn && isWaiting ? 'withdrawing' : call.state === 'withdrawn' ? 'done' : call.state,
    placedAtMs: call.placedAtMs,
    isByPhoneClock: false,
    takenBy: call.takenBy,
    tableLabel: call.tableLabel,
    row: null,
  }
}

function unsentCall(row: OutboxRow, args: CommandArgs<'call.place'>, isWithdrawn: boolean): CallView {
  return {
    id: args.callId,
    kind: args.kind,
    note: args.note,
    isOwn: true,
    state: isWithdrawn && row.state === 'waiting' ? 'withdrawing' : row.state,
    placedAtMs: row.createdAtMs,
    isByPhoneClock: true,
    takenBy: null,
    tableLabel: null,
    row,
  }
}

/** Calls of this phone that still wait for somebody, towards the limit per phone. */
export function openOwnCalls(views: readonly CallView[]): number {
  return views.filter((view) => view.isOwn && ['waiting', 'open', 'taken'].includes(view.state)).length
}
