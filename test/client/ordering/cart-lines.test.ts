import { expect, test } from 'vitest'
import {
  addLine,
  type CartLine,
  changeLine,
  countByItemId,
  countOf,
  type NewLine,
  namedChoices,
  putBack,
  removeLine,
  requestOf,
} from '../../../client/ordering/cart/cart-lines.ts'
import { demoMenu, itemOf } from '../../shared/menu/demo-menu.ts'

const menu = demoMenu()
const aren = itemOf(menu, 'es-kopi-susu-aren')
const less = namedChoices([{ groupId: 'gula', optionId: 'sedikit' }], menu)

function line(change: Partial<NewLine> = {}): NewLine {
  const base = { itemId: aren.id, item: aren, choices: [], quantity: 1, note: '', shownUnitRp: 22_000 }
  return { ...base, ...change }
}

function cartOf(...lines: readonly NewLine[]): readonly CartLine[] {
  return lines.map((each, place) => ({ ...each, key: `lin_${place}` }))
}

test('the same drink twice is one line with two of it', () => {
  const { lines, outcome } = addLine(cartOf(line()), line(), 'lin_new')
  expect(outcome).toBe('added')
  expect(lines.map((each) => each.quantity)).toEqual([2])
})

test('choices in another order are the same wish, another note or choice is not', () => {
  const both = [...less, ...namedChoices([{ groupId: 'es', optionId: 'tanpa' }], menu)]
  const cart = cartOf(line({ choices: both }))
  expect(addLine(cart, line({ choices: both.toReversed() }), 'a').lines).toHaveLength(1)
  expect(addLine(cart, line({ choices: less }), 'a').lines).toHaveLength(2)
  expect(addLine(cart, line({ choices: both, note: 'pisah' }), 'a').lines).toHaveLength(2)
})

test('a drink added after its price changed is not mixed with the one at the old price', () => {
  expect(addLine(cartOf(line()), line({ shownUnitRp: 24_000 }), 'a').lines).toHaveLength(2)
})

test('a line holds at most 20, and says when it is full', () => {
  const { lines, outcome } = addLine(cartOf(line({ quantity: 19 })), line({ quantity: 3 }), 'a')
  expect(outcome).toBe('most')
  expect(lines[0]?.quantity).toBe(20)
})

test('an order holds at most 40 lines; the next one is refused and nothing is lost', () => {
  const cart = cartOf(...Array.from({ length: 40 }, (_, place) => line({ note: `${place}` })))
  const { lines, outcome } = addLine(cart, line({ note: 'lagi' }), 'a')
  expect(outcome).toBe('full')
  expect(lines).toBe(cart)
})

test('a removed line comes back to its place, once', () => {
  const cart = cartOf(line({ note: 'a' }), line({ note: 'b' }), line({ note: 'c' }))
  const removed = cart[1]!
  const without = removeLine(cart, removed.key)
  expect(without.map((each) => each.note)).toEqual(['a', 'c'])
  const back = putBack(without, removed, 1)
  expect(back.map((each) => each.note)).toEqual(['a', 'b', 'c'])
  expect(putBack(back, removed, 1)).toBe(back)
})

test('a change touches its own line alone', () => {
  const cart = changeLine(cartOf(line(), line({ note: 'b' })), 'lin_1', { quantity: 5 })
  expect(cart.map((each) => each.quantity)).toEqual([1, 5])
  expect(countOf(cart)).toBe(6)
  expect(countByItemId(cart).get(aren.id)).toBe(6)
})

test('the server is told ids and quantities, never names or prices', () => {
  const [only] = cartOf(line({ choices: less, note: ' pisah ' }))
  expect(requestOf(only!)).toEqual({
    itemId: 'es-kopi-susu-aren',
    choices: [{ groupId: 'gula', optionId: 'sedikit' }],
    quantity: 1,
    note: 'pisah',
  })
})
