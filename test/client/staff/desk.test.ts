import { describe, expect, it } from 'vitest'
import { codeFromHash, isWholeCode, spelledCode } from '../../../client/staff/code/one-time-code.ts'
import { currentOutletOf, type Desk, outletsOf, stepOf } from '../../../client/staff/desk.ts'

const outlets = ['a', 'b', 'c'].map((id) => ({ id, name: id, slug: id }))
const desk = (more: Partial<Desk> = {}): Desk => ({
  isSetUp: true,
  device: { id: 'dev_1', label: 'Tablet', outletId: 'b' },
  outlet: { id: 'b', name: 'b', chainName: 'chain' },
  people: [],
  me: null,
  outlets,
  ...more,
})
const me = (role: 'barista' | 'owner', outletIds: string[]) => ({
  id: 'stf_1',
  name: 'Dina',
  role,
  outletIds,
})

describe('the way to the board', () => {
  it('leads from set-up over enrolment to signing in', () => {
    expect(stepOf(null)).toBe('unreachable')
    expect(stepOf(desk({ isSetUp: false, device: null }))).toBe('setup')
    expect(stepOf(desk({ device: null }))).toBe('enrol')
    expect(stepOf(desk())).toBe('signin')
    expect(stepOf(desk({ me: me('barista', ['b']) }))).toBe('ready')
  })

  it('shows an owner every outlet and everybody else their own', () => {
    expect(outletsOf(desk({ me: me('owner', []) })).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
    expect(outletsOf(desk({ me: me('barista', ['c']) })).map(({ id }) => id)).toEqual(['c'])
  })

  it('opens the chosen outlet only for who may see it, else the device’s', () => {
    expect(currentOutletOf(desk({ me: me('owner', []) }), 'c')).toBe('c')
    expect(currentOutletOf(desk({ me: me('barista', ['b']) }), 'c')).toBe('b')
    expect(currentOutletOf(null, 'c')).toBeNull()
  })
})

it('a one-time code is read from the link’s fragment and spelled as it is printed', () => {
  expect(codeFromHash('#code=K7PM-2XQD')).toBe('K7PM-2XQD')
  expect(codeFromHash('')).toBe('')
  expect(spelledCode('k7pm 2xqd!!x')).toBe('K7PM-2XQD')
  expect(spelledCode('k7p')).toBe('K7P')
  expect([isWholeCode('K7PM-2XQD'), isWholeCode('K7PM-2XQ')]).toEqual([true, false])
})
