import { describe, expect, it } from 'vitest'
import { newId } from '#shared/kernel/ids.ts'
import type { Call } from '#shared/visits/call.ts'
import type { OutboxRow } from '../../../client/sync/stored-rows.ts'
import { mergeCalls, openOwnCalls } from '../../../client/visits/call-views.ts'

const NOW = 1_790_000_000_000
let made = 0
const makeId = (prefix: 'cal' | 'cmd' | 'out' | 'tbl') =>
  newId(prefix, NOW + made++, new Uint8Array(10).fill(made % 256))

function call(change: Partial<Call> = {}): Call {
  return {
    id: makeId('cal'),
    rev: 1,
    outletId: makeId('out'),
    tableId: makeId('tbl'),
    tableLabel: 'A7',
    visitId: null,
    kind: 'water',
    note: '',
    state: 'open',
    placedAtMs: NOW - 60_000,
    takenAtMs: null,
    takenBy: null,
    doneAtMs: null,
    isPresent: true,
    ...change,
  }
}

function row(name: string, args: unknown, change: Partial<OutboxRow> = {}): OutboxRow {
  return {
    id: makeId('cmd'),
    name,
    args,
    createdAtMs: NOW - 5_000,
    staleAfterMs: 600_000,
    state: 'waiting',
    refusal: null,
    attempts: 0,
    ...change,
  }
}

const place = (callId = makeId('cal'), change: Partial<OutboxRow> = {}) =>
  row('call.place', { callId, token: '0123456789abcdef', kind: 'bill', note: '' }, change)
const withdraw = (callId: string, change: Partial<OutboxRow> = {}) => row('call.withdraw', { callId }, change)

describe('calls from the table', () => {
  it('shows a call that waits on the phone as not yet at the bar, by the phone’s own clock', () => {
    expect(mergeCalls([], [place()], NOW)).toMatchObject([
      { state: 'waiting', isByPhoneClock: true, isOwn: true },
    ])
  })

  it('shows a call once when the feed brings it before the answer does', () => {
    const open = call()
    const views = mergeCalls([{ call: open, isOwn: true }], [place(open.id)], NOW)
    expect(views).toMatchObject([{ state: 'open', row: null }])
  })

  it('names who is coming', () => {
    const taken = call({ state: 'taken', takenBy: 'Bayu' })
    expect(mergeCalls([{ call: taken, isOwn: false }], [], NOW)).toMatchObject([
      { state: 'taken', takenBy: 'Bayu', isOwn: false },
    ])
  })

  it('says that a withdrawal is under way, and no longer once it was refused', () => {
    const open = call()
    const record = { call: open, isOwn: true }
    expect(mergeCalls([record], [withdraw(open.id)], NOW)[0]?.state).toBe('withdrawing')
    expect(mergeCalls([record], [withdraw(open.id, { state: 'refused' })], NOW)[0]?.state).toBe('open')
  })

  it('forgets a finished call after its thanks, and a withdrawn one at once', () => {
    const done = (agoMs: number) => ({ call: call({ state: 'done', doneAtMs: NOW - agoMs }), isOwn: true })
    expect(mergeCalls([done(30_000)], [], NOW)).toHaveLength(1)
    expect(mergeCalls([done(120_000)], [], NOW)).toHaveLength(0)
    expect(mergeCalls([{ call: call({ state: 'withdrawn' }), isOwn: true }], [], NOW)).toHaveLength(0)
  })

  it('counts towards the limit what this phone still waits for', () => {
    const records = [
      { call: call(), isOwn: true },
      { call: call(), isOwn: false },
      { call: call({ state: 'done', doneAtMs: NOW }), isOwn: true },
    ]
    expect(openOwnCalls(mergeCalls(records, [place(), place(undefined, { state: 'refused' })], NOW))).toBe(2)
  })
})
