import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allergensOf } from '#shared/menu/allergens.ts'
import { defaultChoices } from '#shared/menu/choices.ts'
import { substituteFor } from '#shared/menu/substitute.ts'
import { demoMenu, itemOf } from './demo-menu.ts'

const menu = demoMenu()
const anything = () => true

describe('what is offered when something is sold out', () => {
  test.each([
    ['es-kopi-susu-aren', 'es-kopi-susu-titik-koma'],
    ['cappuccino', 'caffe-latte'],
    ['manual-gayo', 'manual-mandailing'],
    ['croissant-almond', 'croissant-mentega'],
    ['kopi-susu-aren-liter', 'kopi-susu-liter'],
    ['nasi-goreng-sayur', null],
  ])('for %s it is %s', (id, expected) => {
    expect(substituteFor(itemOf(menu, id), menu, anything)?.id ?? null).toBe(expected)
  })

  test('a butter croissant is never replaced by one with almonds', () => {
    const offered = substituteFor(itemOf(menu, 'croissant-mentega'), menu, anything)
    expect(offered?.allergens).not.toContain('nuts')
  })

  test('a plain toast is not replaced by one whose usual filling has soy', () => {
    const plain = { ...itemOf(menu, 'roti-bakar'), id: 'roti-polos', groupIds: [] }
    const filled = itemOf(menu, 'roti-bakar')
    expect(substituteFor(plain, { ...menu, items: [plain, filled] }, anything)).toBeNull()
    const unfilled = { ...filled, groupIds: [] }
    expect(substituteFor(plain, { ...menu, items: [plain, unfilled] }, anything)).toBe(unfilled)
  })

  test('what is sold out too is passed over', () => {
    const first = substituteFor(itemOf(menu, 'cappuccino'), menu, anything)
    const second = substituteFor(itemOf(menu, 'cappuccino'), menu, (item) => item.id !== first?.id)
    expect(second).not.toBeNull()
    expect(second?.id).not.toBe(first?.id)
  })

  test('when nothing can be ordered, nothing is offered', () => {
    expect(substituteFor(itemOf(menu, 'cappuccino'), menu, () => false)).toBeNull()
  })

  test('an offer is of the same category, orderable, safe and keeps the diet, whatever is sold out', () => {
    const ids = menu.items.map((item) => item.id)
    fc.assert(
      fc.property(fc.constantFrom(...menu.items), fc.subarray(ids), (item, soldOut) => {
        const offered = substituteFor(item, menu, (candidate) => !soldOut.includes(candidate.id))
        if (offered === null) return
        expect(offered.id).not.toBe(item.id)
        expect(soldOut).not.toContain(offered.id)
        expect(offered.categoryId).toBe(item.categoryId)
        const brought = allergensOf(offered, menu, defaultChoices(offered, menu))
        expect(brought.filter((allergen) => !item.allergens.includes(allergen))).toEqual([])
        expect(item.diets.filter((diet) => !offered.diets.includes(diet))).toEqual([])
      }),
    )
  })
})
