// An item of a season is sold on that season's days only. The menu names the season, the outlet's settings
// date it, once for opening hours and menu: whoever enters the next Ramadan has moved its dishes along.
// The days stand in the item too, so that phone and server decide by the item alone; whoever changes either
// side writes them anew with `withSeasons`.
import type { Bilingual } from '../kernel/schema.ts'
import type { Outlet } from '../outlet/outlet.ts'
import type { Item, ItemSeason } from './menu.ts'

function folded(name: string): string {
  return name.trim().replace(/\s+/g, ' ').toLowerCase()
}

/** True when `written` is the season's name in either language, whatever its capitals and spaces. */
export function isNamed(season: { readonly name: Bilingual }, written: string): boolean {
  return [season.name.id, season.name.en].some((name) => folded(name) === folded(written))
}

function seasonAt(season: ItemSeason, seasons: Outlet['seasons']): ItemSeason {
  const runs = seasons
    .filter((candidate) => isNamed(candidate, season.name.id))
    .map(({ firstDay, lastDay }) => ({ firstDay, lastDay }))
  return { name: season.name, runs }
}

/** `items` with the days that `seasons` has for their seasons; one that it has not has no days. */
export function withSeasons(items: readonly Item[], seasons: Outlet['seasons']): readonly Item[] {
  return items.map((item) => {
    const { season } = item.availability
    if (!season) return item
    return { ...item, availability: { ...item.availability, season: seasonAt(season, seasons) } }
  })
}
