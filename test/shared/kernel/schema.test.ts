import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { calendarDay, words } from '#shared/kernel/schema.ts'

const isWords = (value: string) => v.is(words(40), value)

/** Characters that show nothing, alone or in any company of their kind. */
const BLANKS = [
  ' ',
  '\n',
  '\u00a0',
  '\u00ad',
  '\u034f',
  '\u061c',
  '\u115f',
  '\u1160',
  '\u17b4',
  '\u180e',
  '\u2003',
  '\u200b',
  '\u200c',
  '\u200d',
  '\u200e',
  '\u2060',
  '\u2800',
  '\u3000',
  '\u3164',
  '\ufe0f',
  '\ufeff',
  '\uffa0',
  '\u0301',
  '\u{1d159}',
  '\u{e0020}',
]

describe('words', () => {
  test('are refused where nothing is to be seen, whatever it is made of', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...BLANKS), { maxLength: 20 }), (blanks) => {
        expect(isWords(blanks.join(''))).toBe(false)
      }),
    )
  })

  test('are taken with one visible character among all those', () => {
    const some = fc.uniqueArray(fc.constantFrom(...BLANKS), { maxLength: 9 })
    const visible = fc.constantFrom('B', 'é', '7', '#', '・', '陳', 'ก', 'अ', '☕', '👩‍🍳')
    fc.assert(
      fc.property(some, visible, some, (before, one, after) => {
        expect(isWords([...before, one, ...after].join(''))).toBe(true)
      }),
    )
  })
})

test.each([
  ['2026-02-28', true],
  ['2028-02-29', true],
  ['2020-01-01', true],
  ['2100-12-31', true],
  ['2026-02-29', false],
  ['2026-02-31', false],
  ['2026-04-31', false],
  ['2026-00-10', false],
  ['2026-13-01', false],
  ['2019-12-31', false],
  ['2101-01-01', false],
  ['0000-01-01', false],
  ['9999-12-31', false],
  ['2026-2-3', false],
  ['2026-02-03T00', false],
])('%s is a day that somebody may mean: %s', (day, isOne) => {
  expect(v.is(calendarDay, day)).toBe(isOne)
})
