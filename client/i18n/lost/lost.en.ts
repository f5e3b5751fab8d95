import type { Translation } from '../dictionary.ts'
import type { lostId } from './lost.id.ts'

export const lostEn: Translation<typeof lostId> = {
  title: 'There is no such page',
  text: 'The address may be mistyped, or the page has moved. Nothing is lost.',
  toMenu: 'See the menu',
  toOrders: 'Your orders',
  toBoard: 'To the board',
  toManager: 'To the back office',
}
