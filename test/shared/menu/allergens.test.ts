import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allergensOf } from '#shared/menu/allergens.ts'
import { type Choice, groupsOf } from '#shared/menu/choices.ts'
import { ALLERGENS } from '#shared/menu/menu.ts'
import { demoMenu, itemOf } from './demo-menu.ts'

const menu = demoMenu()
const of = (id: string, ...pairs: string[]) => {
  const choices = pairs.map((pair): Choice => {
    const [groupId = '', optionId = ''] = pair.split(' ')
    return { groupId, optionId }
  })
  return allergensOf(itemOf(menu, id), menu, choices)
}

describe('what somebody with an allergy is told', () => {
  test('a drink as it is lists its recipe', () => {
    expect(of('caffe-latte')).toEqual(['milk'])
    expect(of('americano')).toEqual([])
  })

  test.each([
    ['oat milk brings gluten', 'susu oat', ['milk', 'wheat']],
    ['almond milk brings nuts', 'susu almond', ['milk', 'nuts']],
    ['soy milk brings soy', 'susu kedelai', ['milk', 'soy']],
    ['dairy milk brings nothing that was not there', 'susu sapi', ['milk']],
  ])('%s, and the milk of the recipe is never taken off', (_, choice, expected) => {
    expect(of('caffe-latte', choice)).toEqual(expected)
  })

  test('cheese foam and ice cream on a drink without milk bring milk and egg', () => {
    expect(of('americano', 'topping krim-keju')).toEqual(['milk'])
    expect(of('americano', 'topping krim-keju', 'topping es-krim')).toEqual(['milk', 'egg'])
  })

  test('prawns on fried noodles bring shellfish', () => {
    expect(of('mie-goreng-jawa', 'lauk udang', 'telur ceplok')).toEqual(['egg', 'wheat', 'soy', 'shellfish'])
  })

  test('a choice that the menu has no longer adds nothing', () => {
    expect(of('caffe-latte', 'susu unta', 'sirop vanila')).toEqual(['milk'])
  })

  test('whatever is chosen, nothing of the recipe or of a choice is left out, and nothing is said twice', () => {
    const wishes = fc.constantFrom(...menu.items).chain((item) => {
      const all = groupsOf(item, menu).flatMap((group) =>
        group.options.map((option) => ({ groupId: group.id, optionId: option.id, option })),
      )
      return fc.record({ item: fc.constant(item), chosen: fc.subarray(all) })
    })
    fc.assert(
      fc.property(wishes, ({ item, chosen }) => {
        const told = allergensOf(item, menu, chosen)
        const brought = [...item.allergens, ...chosen.flatMap(({ option }) => option.allergens)]
        expect(told).toEqual(ALLERGENS.filter((allergen) => brought.includes(allergen)))
      }),
    )
  })
})
