// A shop's mark: one or two characters on its tile, in headers, on stickers and as the icon of an
// installed app. Without one of its own a shop wears the first letter of its name.
import type { Outlet } from './outlet.ts'

const MAX_MARK = 2

/** What stands on the shop's tile; empty only for a name without any character. */
export function markOf(outlet: Pick<Outlet, 'chainName' | 'mark'>): string {
  const own = [...(outlet.mark ?? '').trim()].slice(0, MAX_MARK).join('')
  if (own !== '') return own
  const letter = /[\p{L}\p{N}]/u.exec(outlet.chainName)?.[0] ?? [...outlet.chainName.trim()][0] ?? ''
  return [...letter.toUpperCase()].slice(0, 1).join('')
}
