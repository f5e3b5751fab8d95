// The demo shop's menu as its outlets have it, for tests that want a real one.
import { readFileSync } from 'node:fs'
import type { Item, Menu } from '#shared/menu/menu.ts'
import { type MenuFile, menuForOutlet, parseMenuFile } from '../../../server/menu/menu-file.ts'

export const DEMO_OUTLETS = ['mojopahit', 'multatuli', 'ayahanda'] as const

const path = new URL('../../../server/menu/demo-menu.csv', import.meta.url)

export function demoMenuFile(): MenuFile {
  const result = parseMenuFile(readFileSync(path), DEMO_OUTLETS)
  if (!result.ok) throw new Error(result.refusal.lines.map((line) => line.message.en).join('\n'))
  return result.value
}

export function demoMenu(outlet: (typeof DEMO_OUTLETS)[number] = 'mojopahit'): Menu {
  return { id: 'menu', rev: 1, version: 1, ...menuForOutlet(demoMenuFile(), outlet) }
}

export function itemOf(menu: Pick<Menu, 'items'>, id: string): Item {
  const item = menu.items.find((candidate) => candidate.id === id)
  if (!item) throw new Error(`the demo menu has no ${id}`)
  return item
}
