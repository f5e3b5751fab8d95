import { describe, expect, test } from 'vitest'
import { visibleCategories } from '#shared/menu/visible-categories.ts'
import { demoMenu } from './demo-menu.ts'

describe('the categories that a guest sees', () => {
  const menu = demoMenu()

  test('are all of them, in the order of the menu, where each holds something', () => {
    expect(visibleCategories(menu)).toEqual(menu.categories)
  })

  test('leave out one of which this outlet sells nothing', () => {
    const items = menu.items.filter((item) => item.categoryId !== 'literan' && item.categoryId !== 'ramadan')
    const ids = visibleCategories({ ...menu, items }).map((category) => category.id)
    expect(ids).toEqual(
      menu.categories.map((category) => category.id).filter((id) => id !== 'literan' && id !== 'ramadan'),
    )
  })

  test('are none where nothing is sold', () => {
    expect(visibleCategories({ ...menu, items: [] })).toEqual([])
  })
})
