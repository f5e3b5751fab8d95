import { expect, test } from 'vitest'
import { givingWay, type Held } from '../../../server/ordering/giving-way.ts'

const held = (id: string, origin: string | null, more: Partial<Held> = {}): Held => ({
  id,
  origin,
  placedAtMs: 100,
  isSure: false,
  codeSinceMs: null,
  isPromised: false,
  ...more,
})
const paying = (id: string, codeSinceMs: number) => held(id, 'flood', { codeSinceMs })
const promised = (id: string, origin = 'flood') => held(id, origin, { isPromised: true })
const nine = (origin: string) => Array.from({ length: 9 }, (_, at) => promised(`p${at + 1}`, origin))
const nineCodes = (sinceMs: number) =>
  Array.from({ length: 9 }, (_, at) => held(`c${at + 1}`, 'a', { codeSinceMs: at === 8 ? sinceMs : 0 }))
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
    [held('s', 'flood', { isSure: true }), held('k', 'flood', { codeSinceMs: 0 })],
    'new',
    0,
    'k',
  ],
  [
    'of a flood first what nobody pays for, the oldest',
    [paying('k', 200), promised('p'), ...flood('f', 'g'), paying('l', 100)],
    'new',
    150,
    'f',
  ],
  [
    'then the newest of the promised',
    [paying('k', 100), promised('p'), promised('q'), paying('l', 200)],
    'new',
    150,
    'q',
  ],
  [
    'then the newest whose code nobody has used in three minutes',
    [paying('k', 100), paying('l', 100), paying('m', 200)],
    'new',
    150,
    'l',
  ],
  [
    'last the newest of those that are being paid just now, never who was there before them',
    [paying('k', 200), paying('l', 200)],
    'new',
    150,
    'l',
  ],
  ['of more than eight promises of a flood those beyond go first', nine('flood'), 'new', 0, 'p9'],
  ['who floods makes room among its own', [held('x', 'a'), ...flood('f', 'g')], 'flood', 100, 'f'],
  ['else the oldest that is not kept', [held('k', 'a', { codeSinceMs: 0 }), held('x', 'b')], 'new', 100, 'x'],
  [
    'a promise holds against the same address',
    [held('p', 'a', { isPromised: true }), held('x', 'b')],
    'a',
    100,
    'x',
  ],
  ['only eight of one address do, the oldest', nine('a'), 'a', 100, 'p9'],
  ['and against no other', [held('p', 'a', { isPromised: true }), held('x', 'b')], 'new', 100, 'p'],
  ['of one address only eight open codes keep their place against it', nineCodes(50), 'a', 100, 'c9'],
  ['the newest of those beyond', [...nineCodes(50), held('d', 'a', { codeSinceMs: 40 })], 'a', 100, 'd'],
  ['never one that is being paid just now', nineCodes(101), 'a', 100, undefined],
  [
    'codes and promises count together',
    [...nineCodes(50).slice(0, 7), promised('p', 'a'), promised('q', 'a')],
    'a',
    100,
    'q',
  ],
  [
    'against an address that is as large every open code keeps it',
    [...nineCodes(50), ...nine('b')],
    'b',
    100,
    'p9',
  ],
  ['what nobody pays for goes before a code', [...nineCodes(50), held('x', 'a')], 'a', 100, 'x'],
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
