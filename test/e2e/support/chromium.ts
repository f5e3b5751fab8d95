import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Nothing of these tests may leave the machine, and containers have neither a sandbox nor a graphics card. */
export const browserArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
] as const

/** The Chromium that `npm test` has found, else the first on the path. */
export function findBrowser(): string {
  const named = process.env.CHROMIUM_PATH
  if (named) return named
  const folders = (process.env.PATH ?? '').split(delimiter)
  const places = folders.flatMap((folder) =>
    ['chromium', 'chromium-browser'].map((name) => join(folder, name)),
  )
  const found = places.find((place) => existsSync(place))
  if (!found)
    throw new Error('The browser tests need Chromium: "apt-get install chromium", or set CHROMIUM_PATH.')
  return found
}
