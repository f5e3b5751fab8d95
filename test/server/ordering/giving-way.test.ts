import { expect, test } from 'vitest'
import { givingWay, type Held } from '../../../server/ordering/giving-way.ts'

const held = (id: string, origin: string | null, more: Partial<Held> = {}): Held => ({
  id,
  origin,
  placedAtMs: 100,
  isSure: false,
  isKept: false,
  isPromised: false,
  ...more,
})
const flood = (...ids: string[]) => ids.map((id) => held(id, 'flood'))

test.each([
  [
    'to who holds less than a quarter: the oldest of who holds more than half',
    [held('x', 'a'), ...flood('f', 'g')],
    'new',
    0,
    'f',
  ],
  ['half is no flood', [held('x', 'a'), held('y', 'b'), ...flood('f', 'g')], 'new', 0, undefined],
  ['not at once to who holds a quarter', [held('x', 'a'), ...flood('f', 'g', 'h')], 'a', 0, undefined],
  ['nor to who floods', flood('f', 'g'), 'flood', 0, undefined],
  [
    'a code does not keep what was flooded in, money does',
    [held('s', 'flood', { isSure: true }), held('k', 'flood', { isKept: true })],
    'new',
    0,
    'k',
  ],
  ['who floods makes room among its own', [held('x', 'a'), ...flood('f', 'g')], 'flood', 100, 'f'],
  ['else the oldest that is not kept', [held('k', 'a', { isKept: true }), held('x', 'b')], 'new', 100, 'x'],
  [
    'a promise holds against the same address',
    [held('p', 'a', { isPromised: true }), held('x', 'b')],
    'a',
    100,
    'x',
  ],
  ['and against no other', [held('p', 'a', { isPromised: true }), held('x', 'b')], 'new', 100, 'p'],
  [
    'orders of an earlier program are nobody’s flood',
    [held('o', null), held('q', null)],
    'new',
    0,
    undefined,
  ],
  ['and make room after their time', [held('o', null), held('q', null)], 'new', 100, 'o'],
] as const)('a place is given: %s', (_what, places, origin, beforeMs, expected) => {
  expect(givingWay(places, origin, beforeMs)).toBe(expected)
})
