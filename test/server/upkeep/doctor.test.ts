import { spawn } from 'node:child_process'
import { chmodSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readMigrations } from '../../../server/platform/migrate.ts'
import { describeOnBoth } from '../../support/both-databases.ts'
import { createTestShop, type TestShop } from '../../support/test-shop.ts'

const PEPPER = Buffer.alloc(32, 7).toString('base64')

/** The doctor's lines about a shop that is being served meanwhile. */
function examine(shop: TestShop, env: Record<string, string> = { PEPPER }) {
  const child = spawn(process.execPath, [join('server', 'upkeep', 'doctor.ts')], {
    cwd: join(import.meta.dirname, '..', '..', '..'),
    env: {
      PATH: process.env.PATH ?? '',
      DATA_DIR: shop.folder,
      ...(shop.databaseUrl ? { DATABASE_URL: shop.databaseUrl } : {}),
      ...env,
    },
  })
  let text = ''
  const collect = (part: Buffer) => {
    text += part
  }
  child.stdout.on('data', collect)
  child.stderr.on('data', collect)
  return new Promise<{ code: number | null; lines: string[]; wrong: string[] }>((resolve) => {
    child.once('close', (code) => {
      const lines = text.trim().split('\n')
      // The demo shop was filled on a day of its own, which this machine may not have reached.
      const wrong = lines.filter((line) => line.startsWith('WRONG') && !line.startsWith('WRONG clock:'))
      resolve({ code, lines, wrong })
    })
  })
}

describeOnBoth('npm run doctor', (dialect) => {
  test('finds a served shop well, each check in one line', async () => {
    const shop = await createTestShop({ dialect })
    const { lines, wrong } = await examine(shop)
    expect(wrong).toEqual([])
    const names = lines.slice(0, -1).map((line) => /^(?:ok {3}|WRONG) ([^:]+): /.exec(line)?.[1])
    const own =
      dialect === 'sqlite'
        ? ['database file', 'durability', 'write-ahead log', 'backups']
        : ['durability', 'clock of PostgreSQL']
    const all = [
      'migrations',
      'disk',
      'clock',
      'pepper',
      'records',
      'order totals',
      'order numbers',
      'photos',
    ]
    expect(names).toEqual([...own, ...all, 'streams'])
  })

  test('ends with 1 and says what to do about a changed migration and a pepper that is gone or open to all', async () => {
    const shop = await createTestShop({ dialect })
    const [first] = readMigrations()
    await shop.database.script(`UPDATE migrations SET hash = 'other' WHERE name = '${first?.name}'`)
    rmSync(join(shop.folder, 'pepper'), { force: true })
    const gone = await examine(shop, {})
    expect(gone.code).toBe(1)
    expect(gone.wrong).toHaveLength(2)
    expect(gone.wrong[0]).toMatch(
      new RegExp(`^WRONG migrations: The migration ${first?.name} was changed.* Do: `),
    )
    expect(gone.wrong[1]).toMatch(/^WRONG pepper: there is none\. Do: put the file back as /)
    writeFileSync(join(shop.folder, 'pepper'), PEPPER)
    chmodSync(join(shop.folder, 'pepper'), 0o644)
    const open = await examine(shop, {})
    expect(open.wrong[1]).toMatch(/^WRONG pepper: others on this machine may read it\. Do: chmod 600 /)
  })
})
