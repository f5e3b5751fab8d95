import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seedDemo } from '../../server/first-run/demo.ts'
import type { Database } from '../../server/platform/database/database.ts'
import { migrate } from '../../server/platform/database/migrate.ts'
import { createStaticFiles, type StaticFiles } from '../../server/platform/http/static-files.ts'
import { openSecrets } from '../../server/platform/secrets.ts'
import { openShop } from '../../server/shop.ts'
import { freshFolder } from './folders.ts'

/** Wednesday 18 November 2026, 10.00 in Medan: every outlet of the demo shop is open. */
export const START_MS = Date.parse('2026-11-18T03:00:00Z')

/** The same pepper everywhere, so that what the templates hold can be read by every test shop. */
export const PEPPER = Buffer.alloc(32, 7).toString('base64')

const ASSET = 'export const answer = 42\n'

let tiny: StaticFiles | null = null

/** A built app as small as can be, served as the real one is; made once. */
export function tinyFiles(): StaticFiles {
  tiny ??= makeTinyFiles()
  return tiny
}

function makeTinyFiles(): StaticFiles {
  const folder = freshFolder(tmpdir(), 'meja-dist-')
  const page = (title: string) =>
    `<!doctype html><html lang="id"><head><title>${title}</title></head><body><div id="app"><!--boot--></div></body></html>`
  mkdirSync(join(folder, 'staff'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), page('Meja'))
  writeFileSync(join(folder, 'staff', 'staff.html'), page('Meja staff'))
  writeFileSync(join(folder, 'assets', 'main-abc.js'), ASSET)
  const files = createStaticFiles(folder)
  const cached = new Map(['/index.html', '/staff/staff.html'].map((url) => [url, files.text(url)]))
  // Read once: the folder goes at once, so that no run leaves thousands behind.
  rmSync(folder, { recursive: true })
  return {
    text: (url) => cached.get(url) ?? null,
    respond: (url, ...rest) => files.respond(url, ...rest),
  }
}

/** Brings an empty database to the newest schema and fills it with the demo shop. */
export async function fillShop(database: Database): Promise<void> {
  await migrate(database)
  const shop = openShop({
    database,
    secrets: openSecrets('', PEPPER),
    clock: { now: () => START_MS },
    log: { info() {}, warn() {}, error() {} },
    files: tinyFiles(),
    publicUrl: null,
    limitScale: 100_000,
    dataDir: tmpdir(),
    wakeUrl: null,
    addressOf: () => '127.0.0.1',
    isConsole: () => false,
    onGroupError: (error) => {
      throw error
    },
  })
  await seedDemo(shop.door)
  await shop.stop(0)
}

/**
 * Where test databases live: in memory where there is room, since hundreds of shops wait for the disk
 * else. The durability settings stay as they are; what they are worth is measured elsewhere.
 */
export function scratchFolder(prefix: string): string {
  const needed = 1024 ** 3
  const memory = '/dev/shm'
  try {
    const { bavail, bsize } = statfsSync(memory)
    if (bavail * bsize > needed) return freshFolder(memory, prefix)
  } catch {
    // No such folder on this system.
  }
  return freshFolder(tmpdir(), prefix)
}

/** A database name that no other test has. */
export function freshName(): string {
  return `shop_${randomBytes(8).toString('hex')}`
}

/** The database in PostgreSQL that each test shop is copied from. */
export const TEMPLATE_DATABASE = 'meja_template'
