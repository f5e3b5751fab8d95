import { expect, test } from 'vitest'
import { defaultChoices } from '#shared/menu/choices.ts'
import type { Menu } from '#shared/menu/menu.ts'
import type { PricingFacts } from '#shared/ordering/pricing.ts'
import { type CartLine, namedChoices } from '../../../client/ordering/cart/cart-lines.ts'
import { repairChoices, reviewCart } from '../../../client/ordering/cart/cart-review.ts'
import { demoMenu, itemOf } from '../../shared/menu/demo-menu.ts'

const menu = demoMenu()
const aren = itemOf(menu, 'es-kopi-susu-aren')

function factsOf(change: Partial<PricingFacts> = {}): PricingFacts {
  return {
    menu,
    charges: {
      service: { label: { id: 'Layanan', en: 'Service' }, permille: 0, base: 'after_discount' },
      tax: { label: { id: 'PB1 10%', en: 'PB1 tax 10%' }, permille: 100, mode: 'exclusive' },
    },
    soldOut: new Set(),
    moment: { day: '2026-11-21', weekday: 6, minutes: 12 * 60 },
    orderType: 'table',
    ...change,
  }
}

function lineOf(change: Partial<CartLine> = {}): CartLine {
  return {
    key: 'lin_1',
    itemId: aren.id,
    item: aren,
    choices: namedChoices(defaultChoices(aren, menu), menu),
    quantity: 2,
    note: '',
    shownUnitRp: aren.priceRp,
    ...change,
  }
}

const withItem = (change: object): Menu => ({
  ...menu,
  items: menu.items.map((item) => (item.id === aren.id ? { ...item, ...change } : item)),
})

test('an unchanged cart has no marks and shows the total with its tax', () => {
  const review = reviewCart([lineOf()], factsOf())
  expect(review.problems).toBe(0)
  expect(review.quote).toMatchObject({ subtotalRp: 44_000, taxRp: 4_400, totalRp: 48_400 })
})

test('a new price is marked with both amounts, also when it fell', () => {
  for (const priceRp of [24_000, 20_000]) {
    const review = reviewCart([lineOf()], factsOf({ menu: withItem({ priceRp }) }))
    expect(review.lines[0]?.problem).toEqual({ kind: 'price', fromRp: 22_000, toRp: priceRp })
    expect(review.quote?.subtotalRp).toBe(priceRp * 2)
  }
})

test('a price that was accepted is no problem any more', () => {
  const facts = factsOf({ menu: withItem({ priceRp: 24_000 }) })
  expect(reviewCart([lineOf({ shownUnitRp: 24_000 })], facts).problems).toBe(0)
})

test('what has just sold out is marked, left out of the total, and a substitute is offered', () => {
  const milk = lineOf({ key: 'lin_2', note: 'satu lagi' })
  const latte = itemOf(menu, 'caffe-latte')
  const other = lineOf({
    itemId: latte.id,
    item: latte,
    quantity: 1,
    choices: namedChoices(defaultChoices(latte, menu), menu),
    shownUnitRp: latte.priceRp,
  })
  const review = reviewCart([milk, other], factsOf({ soldOut: new Set([aren.id]) }))
  const { problem } = review.lines[0]!
  expect(problem?.kind).toBe('sold_out')
  expect(problem && 'substitute' in problem && problem.substitute?.categoryId).toBe('kopi-susu')
  expect(review.quote?.subtotalRp).toBe(latte.priceRp)
})

test('what has left the menu still has its name, and a substitute', () => {
  const facts = factsOf({ menu: { ...menu, items: menu.items.filter((item) => item.id !== aren.id) } })
  const [reviewed] = reviewCart([lineOf()], facts).lines
  expect(reviewed?.name.id).toBe('Es Kopi Susu Aren')
  expect(reviewed?.problem).toMatchObject({ kind: 'gone' })
})

test('what is not sold at this hour is marked as such', () => {
  const bubur = itemOf(menu, 'bubur-ayam')
  const line = lineOf({
    itemId: bubur.id,
    item: bubur,
    choices: namedChoices(defaultChoices(bubur, menu), menu),
  })
  expect(reviewCart([line], factsOf()).lines[0]?.problem?.kind).toBe('not_now')
})

test('an option that is gone is named, and the line can be ordered without it', () => {
  const extra = namedChoices([...defaultChoices(aren, menu), { groupId: 'topping', optionId: 'boba' }], menu)
  const groups = menu.groups.map((group) =>
    group.id === 'topping'
      ? { ...group, options: group.options.filter((option) => option.id !== 'boba') }
      : group,
  )
  const [reviewed] = reviewCart([lineOf({ choices: extra })], factsOf({ menu: { ...menu, groups } })).lines
  expect(reviewed?.problem).toMatchObject({ kind: 'choices', lost: [{ id: 'Boba' }] })
  expect(reviewed?.problem?.kind === 'choices' && reviewed.problem.repaired).toEqual(
    defaultChoices(aren, menu),
  )
})

test('a substitute keeps the choices that it also offers', () => {
  const titik = itemOf(menu, 'es-kopi-susu-titik-koma')
  const choices = repairChoices(titik, [{ groupId: 'gula', optionId: 'tanpa' }], factsOf())
  expect(choices).toContainEqual({ groupId: 'gula', optionId: 'tanpa' })
  expect(choices).toContainEqual({ groupId: 'es', optionId: 'normal' })
})

test('a line out of season says its season and the next day of it', () => {
  const kurma = itemOf(menu, 'es-kurma-susu')
  const line = lineOf({
    itemId: kurma.id,
    item: kurma,
    choices: namedChoices(defaultChoices(kurma, menu), menu),
    shownUnitRp: kurma.priceRp,
  })
  const [reviewed] = reviewCart([line], factsOf()).lines
  expect(reviewed?.problem).toMatchObject({ kind: 'off_season', next: { day: '2027-02-08', daysAhead: 79 } })
  expect(reviewed?.unitRp).toBeNull()
  const moment = { day: '2027-02-08', weekday: 1, minutes: 16 * 60 }
  expect(reviewCart([line], factsOf({ moment })).problems).toBe(0)
})
