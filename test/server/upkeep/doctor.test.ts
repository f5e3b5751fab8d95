import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sql from 'sql-template-tag'
import { expect, test } from 'vitest'
import { readMigrations } from '../../../server/platform/database/migrate.ts'
import { checkPepper, openSecrets } from '../../../server/platform/secrets.ts'
import { makePrivate } from '../../../server/platform/storage/private-files.ts'
import { describeOnBoth } from '../../support/both-databases.ts'
import { COMPILE_CACHE } from '../../support/meja-process.ts'
import { createTestShop, type TestShop } from '../../support/test-shop.ts'

const PEPPER = Buffer.alloc(32, 7).toString('base64')

/** The doctor's lines about a shop that is being served meanwhile. */
function examine(shop: TestShop, env: Record<string, string> = { PEPPER }) {
  const child = spawn(process.execPath, [join('server', 'upkeep', 'doctor.ts')], {
    cwd: join(import.meta.dirname, '..', '..', '..'),
    env: {
      PATH: process.env.PATH ?? '',
      NODE_COMPILE_CACHE: COMPILE_CACHE,
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
    makePrivate(shop.folder)
    const { lines, wrong } = await examine(shop)
    expect(wrong).toEqual([])
    const names = lines.slice(0, -1).map((line) => /^(?:ok {3}|WRONG) ([^:]+): /.exec(line)?.[1])
    const own =
      dialect === 'sqlite'
        ? ['database file', 'schema', 'who may read it', 'durability', 'write-ahead log', 'backups']
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
    makePrivate(shop.folder)
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

  test('knows the pepper that the database was made with from another, and leaves no mark of its own', async () => {
    const shop = await createTestShop({ dialect })
    makePrivate(shop.folder)
    const unmarked = await examine(shop)
    expect(unmarked.lines).toContain('ok    pepper: PEPPER; the database notes it at the next start')
    expect(await shop.read.all(sql`SELECT mark FROM pepper_mark`)).toEqual([])
    await checkPepper(shop.database, openSecrets(shop.folder, PEPPER), false)
    const right = await examine(shop)
    expect(right.lines).toContain('ok    pepper: PEPPER, the one that this database was made with')
    const other = await examine(shop, { PEPPER: Buffer.alloc(32, 8).toString('base64') })
    expect(other.wrong).toEqual([
      expect.stringMatching(
        /^WRONG pepper: PEPPER is not the one .* Do: put the right one back; .*NEW_SETUP_CODE=1/,
      ),
    ])
  })
})

test('names a trigger that no migration made, and files of the database that others may read', async () => {
  const shop = await createTestShop({ dialect: 'sqlite' })
  for (const name of readdirSync(shop.folder)) chmodSync(join(shop.folder, name), 0o644)
  await shop.database.script('CREATE TRIGGER extra AFTER INSERT ON orders BEGIN SELECT 1; END')
  const { code, wrong } = await examine(shop)
  expect(code).toBe(1)
  expect(wrong).toEqual([
    expect.stringMatching(
      /^WRONG schema: it has a trigger extra that this program never made\. Do: stop the server/,
    ),
    expect.stringMatching(/^WRONG who may read it: .*meja\.db.*meja\.db-wal.*\. Do: chmod 600 /),
  ])
  makePrivate(shop.folder)
  const files = readdirSync(shop.folder).filter((name) => name.startsWith('meja'))
  expect(files.map((name) => [name, statSync(join(shop.folder, name)).mode & 0o777])).toEqual(
    files.map((name) => [name, 0o600]),
  )
})

test('calls a backup that is dated in the future wrong, and not young', async () => {
  const shop = await createTestShop({ dialect: 'sqlite' })
  mkdirSync(join(shop.folder, 'backups'), { mode: 0o700 })
  writeFileSync(join(shop.folder, 'backups', 'daily-20990101-000000.db'), '')
  makePrivate(shop.folder)
  chmodSync(join(shop.folder, 'backups', 'daily-20990101-000000.db'), 0o600)
  const { wrong } = await examine(shop)
  expect(wrong).toEqual([
    expect.stringMatching(
      /^WRONG backups: daily-20990101-000000\.db is dated in the future\. Do: set the clock by the network/,
    ),
  ])
})
