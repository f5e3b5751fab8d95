import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import {
  type Choice,
  checkChoices,
  choiceSchema,
  choicesSchema,
  defaultChoices,
  groupsOf,
  unitPriceRp,
} from '#shared/menu/choices.ts'
import { demoMenu, itemOf } from './demo-menu.ts'

const menu = demoMenu()
const aren = itemOf(menu, 'es-kopi-susu-aren')
const choose = (...pairs: string[]): Choice[] =>
  pairs.map((pair) => {
    const [groupId = '', optionId = ''] = pair.split(' ')
    return { groupId, optionId }
  })
const plain = choose('ukuran reguler', 'es normal', 'gula normal', 'susu sapi')

describe('choices', () => {
  test('a plain drink needs no choosing: its defaults are accepted as they are', () => {
    expect(defaultChoices(aren, menu)).toEqual(plain)
    expect(checkChoices(aren, menu, plain)).toEqual({ ok: true, value: plain })
    expect(unitPriceRp(aren, menu, plain)).toBe(22_000)
  })

  test('every item of the demo menu can be ordered in two taps', () => {
    for (const item of menu.items) {
      expect(checkChoices(item, menu, defaultChoices(item, menu)), item.id).toMatchObject({ ok: true })
    }
  })

  test('a large one with oat milk, an extra shot and two toppings costs the sum', () => {
    const wish = choose(
      ...['ukuran besar', 'es normal', 'gula sedikit', 'susu oat', 'shot satu'],
      ...['topping jelly', 'topping boba'],
    )
    expect(checkChoices(aren, menu, wish)).toMatchObject({ ok: true })
    expect(unitPriceRp(aren, menu, wish)).toBe(22_000 + 5_000 + 9_000 + 6_000 + 4_000 + 5_000)
  })

  test('half a portion costs less', () => {
    const rice = itemOf(menu, 'nasi-goreng-kampung')
    expect(unitPriceRp(rice, menu, choose('porsi setengah', 'pedas sedang'))).toBe(25_000)
  })

  test('no choice makes a price less than nothing', () => {
    const rice = { ...itemOf(menu, 'nasi-goreng-kampung'), priceRp: 1000 }
    expect(unitPriceRp(rice, menu, choose('pedas sedang'))).toBe(1000)
    expect(unitPriceRp(rice, menu, choose('porsi setengah', 'pedas sedang'))).toBe(0)
  })

  test.each([
    ['nothing chosen', [], { code: 'choices.too_few', groupId: 'ukuran', min: 1 }],
    [
      'no sugar level',
      plain.filter((choice) => choice.groupId !== 'gula'),
      { code: 'choices.too_few', groupId: 'gula' },
    ],
    [
      'two sizes',
      [...plain, ...choose('ukuran besar')],
      { code: 'choices.too_many', groupId: 'ukuran', max: 1 },
    ],
    [
      'four toppings',
      [...plain, ...choose('topping jelly', 'topping boba', 'topping krim-keju', 'topping es-krim')],
      { code: 'choices.too_many', groupId: 'topping', max: 3 },
    ],
    [
      'a milk we have not',
      [...plain, ...choose('shot kambing')],
      { code: 'choices.unknown_option', optionId: 'kambing' },
    ],
    [
      'chilli in a coffee',
      [...plain, ...choose('pedas pedas')],
      { code: 'choices.unknown_group', groupId: 'pedas' },
    ],
    [
      'the same topping twice',
      [...plain, ...choose('topping boba', 'topping boba')],
      { code: 'choices.repeated_option' },
    ],
  ])('%s is refused and the group named', (_, choices, refusal) => {
    expect(checkChoices(aren, menu, choices)).toMatchObject({ ok: false, refusal })
  })

  test('the order of tapping does not matter: equal drinks become equal data', () => {
    const wish = [...plain, ...choose('topping boba', 'topping jelly', 'shot satu')]
    const orders = fc.shuffledSubarray(wish, { minLength: wish.length, maxLength: wish.length })
    const straight = checkChoices(aren, menu, wish)
    fc.assert(
      fc.property(orders, (shuffled) => {
        expect(checkChoices(aren, menu, shuffled)).toEqual(straight)
      }),
    )
  })

  test('whatever is accepted keeps every group within its limits and costs no less than nothing', () => {
    const wishes = fc.constantFrom(...menu.items).chain((item) => {
      const all = groupsOf(item, menu).flatMap((group) =>
        group.options.map((option) => ({ groupId: group.id, optionId: option.id })),
      )
      return fc.tuple(fc.constant(item), fc.subarray(all))
    })
    fc.assert(
      fc.property(wishes, ([item, wish]) => {
        const result = checkChoices(item, menu, wish)
        const within = groupsOf(item, menu).every((group) => {
          const count = wish.filter((choice) => choice.groupId === group.id).length
          return count >= group.min && count <= group.max
        })
        expect(result.ok).toBe(within)
        if (result.ok) expect(unitPriceRp(item, menu, result.value)).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  test('a choice has exactly two slugs, and at most thirty travel together', () => {
    expect(v.is(choiceSchema, { groupId: 'es', optionId: 'normal' })).toBe(true)
    expect(v.is(choiceSchema, { groupId: 'es', optionId: 'normal', differenceRp: -1 })).toBe(false)
    expect(v.is(choicesSchema, Array(30).fill(plain[0]))).toBe(true)
    expect(v.is(choicesSchema, Array(31).fill(plain[0]))).toBe(false)
  })
})
