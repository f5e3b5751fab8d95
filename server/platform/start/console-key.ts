import { randomBytes, timingSafeEqual } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

type ConsoleFile = { readonly host: string; readonly port: number; readonly key: string }

const fileOf = (dataDir: string) => join(dataDir, 'console.json')

/**
 * Lets commands typed on this machine (the menu's import) reach the running server, which alone may
 * write the database: whoever can read the file may act as the house. Made anew at each start.
 */
export function openConsole(dataDir: string, listenHost: string, port: number) {
  const host = listenHost === '0.0.0.0' || listenHost === '::' ? '127.0.0.1' : listenHost
  const key = randomBytes(32).toString('base64url')
  writeFileSync(fileOf(dataDir), JSON.stringify({ host, port, key } satisfies ConsoleFile), { mode: 0o600 })
  const expected = Buffer.from(`Console ${key}`)
  return {
    isConsole(request: Request): boolean {
      const given = Buffer.from(request.headers.get('authorization') ?? '')
      return given.length === expected.length && timingSafeEqual(given, expected)
    },
    close: () => rmSync(fileOf(dataDir), { force: true }),
  }
}

/** How to reach the server that runs on this data folder, or null when none says so. */
export function readConsole(dataDir: string): ConsoleFile | null {
  try {
    return JSON.parse(readFileSync(fileOf(dataDir), 'utf8')) as ConsoleFile
  } catch {
    return null
  }
}
