import { expect, it } from 'vitest'
import { markShape } from '#shared/kernel/mark-shape.ts'
import { markOf } from '#shared/outlet/mark.ts'

it.each([
  ['Titik Koma', ';', ';', 'low'],
  ['kopi kawan', undefined, 'K', 'letter'],
  ['“Éclair”', '  ', 'É', 'letter'],
  ['7 Pagi', '', '7', 'letter'],
  ['Kopi Kawan', 'KK', 'KK', 'pair'],
  ['☕', '', '☕', 'low'],
])('a shop called %j with the mark %j wears %j', (chainName, mark, worn, shape) => {
  expect(markOf({ chainName, mark })).toBe(worn)
  expect(markShape(worn)).toBe(shape)
})
