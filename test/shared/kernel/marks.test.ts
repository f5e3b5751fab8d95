import { expect, test } from 'vitest'
import { findPile, isPiledUp } from '#shared/kernel/marks.ts'

test.each([
  'café, cafe\u0301, ạ̊̈', // Vietnamese and Nordic accents, composed or not
  'Trần Thị Nguyễn'.normalize('NFD'),
  'ที่นี่ น้ำแข็ง กู้', // vowel and tone above one consonant
  'مُحَمَّدٌ ٱللَّٰه', // doubled, vowelled and with the small alef
  'क़ँ हिंदी श्री ज्ञाने', // dotted, with a vowel and a moon
  'ꦏꦾꦺꦴꦁ ꦧꦿꦺꦴꦁ ꦱꦸꦫꦧꦪ', // Javanese stacks its consonants and vowels with spacing marks
  'ᬩᬮᬶ ᬰ᭄ᬭᬷ',
  'လျှို့ဝှက် မြှို့ နွှိုး', // Burmese
  '1️⃣ ❤️‍🔥 👩🏽‍🍳 🏴󠁧󠁢󠁥󠁮󠁧󠁿',
])('a name or a note may read %s', (value) => {
  expect(isPiledUp(value)).toBe(false)
})

test.each([
  ['a pile', `z${'\u0351'.repeat(6)}`],
  ['one of 150', `z${'\u0489\u0316\u034f'.repeat(50)}`],
  ['after what composes', `e\u0301${'\u0351'.repeat(6)}`],
  ['hidden in marks that stand for two', '\u0344\u0344\u0344'],
  ['with invisible characters between', `z${'\u0351\u200d\u0351\ufe0f\u0351\u034f'.repeat(2)}`],
])('marks that pile up over their neighbours are refused: %s', (_what, value) => {
  expect(isPiledUp(value)).toBe(true)
  expect(findPile({ lines: [{ note: '' }, { note: value }], note: '' })).toBe('lines.1.note')
})
