import { describe, expect, it } from 'vitest'
import {
  formatAge,
  formatNumber,
  mentionsAllergy,
  steppedMinutes,
  ticketAge,
} from '../../../client/board/ticket/ticket-age.ts'
import { NOON, sampleOrder } from './sample-orders.ts'

const MINUTE = 60_000

describe('the age of a ticket', () => {
  it.each([
    ['a new order', {}, 10_000, 'new', 'none'],
    ['an order that nobody has looked at for a minute', {}, MINUTE, 'late', 'unseen'],
    [
      'an order that was seen but not answered for three minutes',
      { seenAtMs: NOON },
      3 * MINUTE,
      'late',
      'waits',
    ],
    [
      'an order with time left',
      { status: 'accepted', promisedAtMs: NOON + 10 * MINUTE },
      MINUTE,
      'ok',
      'none',
    ],
    [
      'an order that is due',
      { status: 'preparing', promisedAtMs: NOON + 10 * MINUTE },
      9 * MINUTE,
      'mid',
      'soon',
    ],
    ['an order past its promise', { status: 'preparing', promisedAtMs: NOON }, 3.5 * MINUTE, 'late', 'late'],
    ['a ready order', { status: 'ready', readyAtMs: NOON }, MINUTE, 'ok', 'none'],
    ['a ready order that nobody serves', { status: 'ready', readyAtMs: NOON }, 5 * MINUTE, 'late', 'toServe'],
    ['a held order', { status: 'accepted', heldAtMs: NOON, promisedAtMs: NOON }, MINUTE, 'mid', 'held'],
  ] as const)('%s', (_what, more, afterMs, tone, word) => {
    const age = ticketAge(sampleOrder(0, { placedAtMs: NOON, ...more }), NOON + afterMs)
    expect([age.tone, age.word]).toEqual([tone, word])
  })

  it('says by how many minutes it is late, at least one', () => {
    const order = sampleOrder(0, { status: 'preparing', promisedAtMs: NOON })
    expect(ticketAge(order, NOON + 1000).lateMinutes).toBe(1)
    expect(ticketAge(order, NOON + 3.5 * MINUTE).lateMinutes).toBe(3)
  })

  it('is written as minutes and seconds, with hours when it must', () => {
    expect([formatAge(18_000), formatAge(712_000), formatAge(3_727_000), formatAge(-5)]).toEqual([
      '0:18',
      '11:52',
      '1:02:07',
      '0:00',
    ])
    expect(formatNumber(43)).toBe('#043')
  })
})

it('promised minutes step by twos, then by fives, within 1 to 180', () => {
  expect([8, 15, 16, 1, 180].map((minutes) => steppedMinutes(minutes, 1))).toEqual([10, 20, 21, 3, 180])
  expect([8, 15, 16, 20, 1].map((minutes) => steppedMinutes(minutes, -1))).toEqual([6, 13, 11, 15, 1])
})

it('a note that speaks of an allergy stands out, in both languages', () => {
  expect(['ALERGI susu', 'nut allergy', 'alergik'].every(mentionsAllergy)).toBe(true)
  expect(mentionsAllergy('kurang manis')).toBe(false)
})
