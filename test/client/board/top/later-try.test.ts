import { expect, test } from 'vitest'
import { laterSeconds } from '../../../../client/board/top/later-try.ts'
import { NOON } from '../sample-orders.ts'

test.each([
  ['while it is tried', null, null],
  ['when the moment has passed', -3000, null],
  ['a second or two before', 2000, null],
  ['a little before that', 2001, 5],
  ['five seconds before', 5000, 5],
  ['half a minute before', 28_400, 30],
])('a move that waits %s', (_, leftMs, seconds) => {
  expect(laterSeconds(leftMs === null ? null : NOON + leftMs, NOON)).toBe(seconds)
})
