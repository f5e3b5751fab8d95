import { describe, expect, it } from 'vitest'
import { type RefusalCode, refusalStatus } from '#shared/protocol.ts'
import { refusedMovesOf } from '../../../client/board/top/refused-moves.ts'
import { customerEn } from '../../../client/i18n/customer/customer.en.ts'
import { customerId } from '../../../client/i18n/customer/customer.id.ts'
import { refusalSentence } from '../../../client/i18n/dictionary.ts'
import { ordersEn } from '../../../client/i18n/orders/orders.en.ts'
import { ordersId } from '../../../client/i18n/orders/orders.id.ts'
import { staffEn } from '../../../client/i18n/staff/staff.en.ts'
import { staffId } from '../../../client/i18n/staff/staff.id.ts'
import type { OutboxRow } from '../../../client/sync/stored-rows.ts'

type Words = Readonly<Record<string, unknown>>
/** Who reads it: a guest; whoever works at the board or signs in there; a manager. */
type Reader = 'guest' | 'board' | 'manager'
const dictionaries: Readonly<Record<Reader, readonly Words[]>> = {
  guest: [
    { ...customerId.refusal, ...ordersId.refusal },
    { ...customerEn.refusal, ...ordersEn.refusal },
  ],
  board: [staffId.refusal, staffEn.refusal],
  manager: [
    { ...staffId.refusal, ...staffId.manager.refusal },
    { ...staffEn.refusal, ...staffEn.manager.refusal },
  ],
}

/** What is done with money speaks in its own words, and has its own tests. */
type MoneyCode = Extract<
  RefusalCode,
  `${'bill' | 'payment' | 'payment_code' | 'qris' | 'refund' | 'settings' | 'day' | 'receipt'}.${string}`
>

/**
 * Whom each refusal can reach in words. Nobody, where only a broken build or a forger is answered so
 * (the general sentence serves), or where the answer is taken as "later" and tried again.
 * A new code does not compile before somebody has said who reads it.
 */
const readers: Readonly<Record<Exclude<RefusalCode, MoneyCode>, readonly Reader[]>> = {
  'request.malformed': [],
  'request.too_large': ['manager'],
  'request.not_json': [],
  'request.cross_site': [],
  'request.invalid': ['manager'],
  'request.unknown_command': [],
  'request.no_key': [],
  'request.key_reused': ['board'],
  'request.done_before': ['guest', 'board'],
  'request.refused_before': ['guest', 'board'],
  'request.too_many': ['guest', 'board', 'manager'],
  'request.waited_too_long': ['guest'],
  'server.busy': ['board'],
  'server.storage_full': ['manager'],
  'server.storage_unreachable': ['board', 'manager'],
  'server.broken': ['guest', 'board', 'manager'],
  'session.missing': ['guest', 'board', 'manager'],
  'session.not_allowed': ['board', 'manager'],
  'session.wrong_outlet': ['board', 'manager'],
  'setup.done': ['board'],
  'setup.wrong_code': ['board'],
  'device.code_unknown': ['board'],
  'device.code_expired': ['board'],
  'device.locked': ['board'],
  'device.unknown': ['board', 'manager'],
  'device.id_taken': ['board'],
  'staff.id_taken': ['board', 'manager'],
  'table.id_taken': ['manager'],
  'touchpoint.id_taken': ['manager'],
  'call.id_taken': [],
  'staff.unknown': ['board', 'manager'],
  // An answer, not a refusal: it carries how many tries are left.
  'staff.wrong_pin': [],
  'staff.weak_pin': ['board', 'manager'],
  'staff.role_too_high': ['manager'],
  'staff.last_owner': ['manager'],
  'outlet.unknown': ['board', 'manager'],
  'outlet.slug_taken': ['manager'],
  'menu.item_unknown': ['board', 'manager'],
  'menu.file_refused': ['manager'],
  'menu.photo_refused': ['manager'],
  'code.unknown': ['guest'],
  'code.replaced': ['guest'],
  'table.unknown': ['board', 'manager'],
  'table.label_taken': ['manager'],
  'touchpoint.unknown': ['manager'],
  'visit.unknown': ['guest', 'board'],
  'visit.closed': ['guest', 'board'],
  'visit.new_orders': ['board'],
  'visit.not_member': ['guest', 'board'],
  'visit.full': ['guest'],
  'visit.crowded': ['guest'],
  'visit.scan_again': ['guest'],
  'visit.word_off': ['guest'],
  'visit.word_tried': ['guest'],
  'visit.word_closed': ['guest'],
  'call.unknown': ['guest', 'board'],
  'call.too_many': ['guest'],
  'call.over': ['guest', 'board'],
  'call.visit_closed_since': ['guest'],
  'order.id_taken': ['guest'],
  'order.unknown': ['guest', 'board'],
  'order.outlet_closed': ['guest'],
  'order.outlet_paused': ['guest'],
  'order.item_gone': ['guest'],
  'order.item_sold_out': ['guest'],
  'order.item_not_now': ['guest'],
  'order.choices_changed': ['guest'],
  'order.price_changed': ['guest'],
  'order.too_expensive': ['guest'],
  'order.waiting_already': ['guest'],
  'order.table_waiting': ['guest'],
  'order.unpaid_already': ['guest'],
  'order.table_unpaid': ['guest'],
  'order.too_many': [],
  'order.cap_reached': ['guest'],
  'order.illegal_move': ['board'],
  'order.moved_meanwhile': ['board'],
  'order.made_already': ['board'],
  'order.visit_closed': ['board'],
  'order.visit_closed_since': ['guest'],
  'order.over': ['guest', 'board'],
  'order.no_request': ['board'],
  'order.asked_often': ['guest'],
  'order.payment_awaited': [],
  'order.not_awaited': [],
  'pickup.off': [],
  'pickup.off_grid': [],
  'pickup.closed': [],
  'pickup.too_soon': [],
  'pickup.too_far': [],
  'pickup.full': [],
  'pickup.unpaid_already': [],
  'pickup.unanswered_already': [],
  'pickup.too_many': [],
  'pickup.crowded': [],
  'pickup.not_one': [],
  'pickup.here_early': [],
}

describe('a refusal reaches nobody without its sentence', () => {
  it.each(Object.entries(readers))('%s, in both languages', (code, whom) => {
    expect(refusalStatus).toHaveProperty([code])
    const without = whom.filter((reader) => dictionaries[reader].some((words) => !Object.hasOwn(words, code)))
    expect(without).toEqual([])
  })
})

describe('a move that met an order that had ended', () => {
  const said = (refusal: { readonly code: string; readonly [fact: string]: unknown }) =>
    [staffId.refusal, staffEn.refusal].map((words) => refusalSentence(words, refusal))

  it.each([
    ['order.moved_meanwhile', { status: 'cancelled', reason: 'asked' }, [/permintaan tamu/, /guest’s wish/]],
    [
      'order.illegal_move',
      { from: 'cancelled', to: 'rejected', reason: 'asked' },
      [/permintaan tamu/, /guest’s wish/],
    ],
    ['order.over', { status: 'cancelled', reason: 'unpaid' }, [/tidak dibayar/, /not paid in time/]],
    ['order.over', { status: 'cancelled', reason: null }, [/sudah dibatalkan/, /already cancelled/]],
    ['order.moved_meanwhile', { status: 'rejected', reason: 'sold_out' }, [/ditolak/, /already rejected/]],
    [
      'order.moved_meanwhile',
      { status: 'rejected', reason: 'visit_closed' },
      [/Mejanya ditutup/, /table was closed/],
    ],
    ['order.moved_meanwhile', { status: 'preparing', reason: null }, [/Papan lain/, /Another board/]],
    // A server of an earlier build names no reason.
    ['order.moved_meanwhile', { status: 'cancelled' }, [/sudah dibatalkan/, /already cancelled/]],
  ])('%s, %j: says how it ended, and blames no other board', (code, facts, patterns) => {
    said({ code, ...facts }).forEach((sentence, at) => {
      expect(sentence).toMatch(patterns[at] as RegExp)
    })
  })
})

describe('refused moves of one order', () => {
  const row = (id: string, orderId: string, state = 'refused') =>
    ({ id, name: 'order.move', args: { orderId }, state }) as unknown as OutboxRow

  it('are said once, by the last, and read together', () => {
    const rows = [
      row('cmd_1', 'ord_a'),
      row('cmd_2', 'ord_b'),
      row('cmd_3', 'ord_a'),
      row('cmd_4', 'ord_a', 'waiting'),
    ]
    expect(refusedMovesOf(rows)).toEqual([
      { row: rows[2], ids: ['cmd_1', 'cmd_3'] },
      { row: rows[1], ids: ['cmd_2'] },
    ])
  })

  it('are said with one that nobody knows about, which goes on being tried', () => {
    const aside = { ...row('cmd_1', 'ord_a', 'waiting'), asideUntilMs: 1 }
    expect(refusedMovesOf([aside, { ...aside, id: 'cmd_2', name: 'order.see' }])).toEqual([
      { row: aside, ids: ['cmd_1'] },
    ])
  })

  it('are not mixed with moves that name no order', () => {
    const close = (id: string) =>
      ({ id, name: 'visit.close', args: { visitId: 'vis_a' }, state: 'refused' }) as unknown as OutboxRow
    expect(refusedMovesOf([close('cmd_1'), close('cmd_2')])).toHaveLength(2)
  })
})
