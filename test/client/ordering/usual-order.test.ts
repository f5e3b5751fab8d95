import { expect, test } from 'vitest'
import { lastChoices, type PastLine, usualsOf } from '../../../client/ordering/usual/usual-order.ts'

const less = [{ groupId: 'gula', optionId: 'sedikit' }]
const plain = [{ groupId: 'gula', optionId: 'normal' }]

function past(itemId: string, atMs: number, choices: PastLine['choices'] = plain): PastLine {
  return { itemId, choices, quantity: 1, atMs }
}

test('the usual is what was ordered most often, with its choices', () => {
  const orders = [past('latte', 1), past('latte', 2, less), past('latte', 3, less), past('teh', 4)]
  expect(usualsOf(orders, () => true, 1)).toEqual([{ itemId: 'latte', choices: less }])
})

test('of two ordered equally often the later one is the usual', () => {
  expect(usualsOf([past('teh', 5), past('latte', 2)], () => true, 1)[0]?.itemId).toBe('teh')
})

test('what cannot be ordered now makes room for the next', () => {
  const orders = [past('latte', 1), past('latte', 2), past('teh', 3)]
  expect(usualsOf(orders, (usual) => usual.itemId !== 'latte', 1)[0]?.itemId).toBe('teh')
})

test('a phone without orders has no usual', () => {
  expect(usualsOf([], () => true, 1)).toEqual([])
})

test('the last choices of an item are those of its latest order', () => {
  const orders = [past('latte', 9, less), past('latte', 3, plain)]
  expect(lastChoices(orders).get('latte')).toEqual(less)
})
