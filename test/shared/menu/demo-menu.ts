// The demo shop's menu as its outlets have it, for tests that want a real one.
import { readFileSync } from 'node:fs'
import type { Item, Menu } from '#shared/menu/menu.ts'
import { menuForOutlet } from '../../../server/menu/menu-at-outlet.ts'
import { type MenuFile, type Named, parseMenuFile } from '../../../server/menu/menu-file.ts'
import { demoOutlets } from '../../../server/outlet/demo-outlets.ts'

export const DEMO_OUTLETS = ['mojopahit', 'multatuli', 'ayahanda'] as const

/** As in 2026: the next Ramadan is from 8 February to 9 March 2027. */
const settings = demoOutlets(2026).map((outlet) => outlet.settings)

/** What a menu file of the demo shop may speak of. */
export const DEMO_NAMED: Named = { slugs: DEMO_OUTLETS, seasons: settings.flatMap(({ seasons }) => seasons) }

const path = new URL('../../../server/menu/demo-menu.csv', import.meta.url)

export function demoMenuFile(): MenuFile {
  const result = parseMenuFile(readFileSync(path), DEMO_NAMED)
  if (!result.ok) throw new Error(result.refusal.lines.map((line) => line.message.en).join('\n'))
  return result.value
}

export function demoMenu(slug: (typeof DEMO_OUTLETS)[number] = 'mojopahit'): Menu {
  const outlet = settings.find((candidate) => candidate.slug === slug)
  if (!outlet) throw new Error(`the demo shop has no ${slug}`)
  return { id: 'menu', rev: 1, version: 1, ...menuForOutlet(demoMenuFile(), outlet) }
}

export function itemOf(menu: Pick<Menu, 'items'>, id: string): Item {
  const item = menu.items.find((candidate) => candidate.id === id)
  if (!item) throw new Error(`the demo menu has no ${id}`)
  return item
}
