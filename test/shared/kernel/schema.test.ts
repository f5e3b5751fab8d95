import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { calendarDay, text, words } from '#shared/kernel/schema.ts'

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
  'café, cafe\u0301, ạ̊̈', // Vietnamese and Nordic accents, composed or not
  'Trần Thị Nguyễn'.normalize('NFD'),
  'ที่นี่ น้ำแข็ง กู้', // vowel and tone above one consonant
  'مُحَمَّدٌ ٱللَّٰه', // doubled, vowelled and with the small alef
  'क़ँ हिंदी श्री ज्ञाने', // dotted, with a vowel and a moon
  'ꦏꦾꦺꦴꦁ ꦧꦿꦺꦴꦁ ꦱꦸꦫꦧꦪ', // Javanese stacks its consonants and vowels with spacing marks
  'ᬩᬮᬶ ᬰ᭄ᬭᬷ',
  '1️⃣ ❤️‍🔥 👩🏽‍🍳 🏴󠁧󠁢󠁥󠁮󠁧󠁿',
])('a name or a note may read %s', (value) => {
  expect(v.is(text(100), value)).toBe(true)
})

test.each([
  ['a pile', `z${'\u0351'.repeat(4)}`],
  ['one of 150', `z${'\u0489\u0316\u034f'.repeat(50)}`],
  ['after what composes', 'e\u0301\u0351\u0351\u0351\u0351'],
  ['hidden in marks that stand for two', '\u0344\u0344'],
  ['with invisible characters between', `z${'\u0351\u200d\u0351\ufe0f\u0351\u034f\u0351'}`],
])('marks that pile up over their neighbours are refused: %s', (_what, value) => {
  const { issues } = v.safeParse(text(200), value)
  expect(issues?.map((issue) => issue.message)).toEqual(['text.too_many_marks'])
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
