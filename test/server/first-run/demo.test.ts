import { rmSync } from 'node:fs'
import pg from 'pg'
import sql from 'sql-template-tag'
import { expect, inject, onTestFinished, test } from 'vitest'
import type { DoorDeps } from '../../../server/commands.ts'
import { seedDemo } from '../../../server/first-run/demo.ts'
import { openFirstShop } from '../../../server/first-run/first-shop.ts'
import { readMenu } from '../../../server/menu/menu.store.ts'
import { readOutlets } from '../../../server/outlet/outlet.store.ts'
import type { Database } from '../../../server/platform/database/database.ts'
import { migrate } from '../../../server/platform/database/migrate.ts'
import { openPostgres } from '../../../server/platform/database/postgres/postgres.ts'
import { openSqlite } from '../../../server/platform/database/sqlite.ts'
import { openSecrets } from '../../../server/platform/secrets.ts'
import { openShop } from '../../../server/shop.ts'
import { type Dialect, describeOnBoth } from '../../support/both-databases.ts'
import { freshName, PEPPER, START_MS, scratchFolder, tinyFiles } from '../../support/filled-shop.ts'

/** A server on the database, without the demo shop. */
function serverOn(database: Database, folder: string, clock = { now: () => START_MS }): DoorDeps {
  const shop = openShop({
    database,
    secrets: openSecrets(folder, PEPPER),
    clock,
    log: { info() {}, warn() {}, error() {} },
    files: tinyFiles(),
    publicUrl: null,
    limitScale: 100_000,
    dataDir: folder,
    wakeUrl: null,
    addressOf: () => '127.0.0.1',
    isConsole: () => false,
    onGroupError: () => {},
  })
  onTestFinished(() => shop.stop(0))
  return shop.door
}

/** An empty database and a way to open a further connection to it, where there can be one. */
async function emptyDatabase(dialect: Dialect) {
  const folder = scratchFolder('meja-demo-')
  const opened: Database[] = []
  let drop = async () => {}
  const keep = (database: Database) => {
    opened.push(database)
    return database
  }
  onTestFinished(async () => {
    for (const each of opened) await each.close()
    await drop()
    rmSync(folder, { recursive: true, force: true })
  })
  if (dialect === 'sqlite') {
    const database = keep(openSqlite(folder))
    await migrate(database)
    return { database, folder, another: async () => database }
  }
  const url = inject('postgresUrl')
  const name = freshName()
  const asAdmin = async (statement: string) => {
    const client = new pg.Client({ connectionString: `${url}/postgres` })
    await client.connect()
    await client.query(statement)
    await client.end()
  }
  await asAdmin(`CREATE DATABASE ${name}`)
  drop = () => asAdmin(`DROP DATABASE ${name} WITH (FORCE)`)
  const another = async () => keep(await openPostgres(`${url}/${name}`))
  const database = await another()
  await migrate(database)
  return { database, folder, another }
}

/** The same server, killed when it is about to write for the `writes + 1`st time. */
function killedAfter(door: DoorDeps, writes: number): DoorDeps {
  let left = writes
  const submit: DoorDeps['writer']['submit'] = (job) =>
    left-- > 0 ? door.writer.submit(job) : Promise.reject(new Error('killed'))
  return { ...door, writer: { ...door.writer, submit } }
}

async function census({ database: { read } }: DoorDeps) {
  const outlets = await readOutlets(read)
  const count = async (query: ReturnType<typeof sql>) => (await read.get<{ n: number }>(query))?.n
  return {
    slugs: outlets.map(({ slug }) => slug),
    items: await Promise.all(outlets.map(async ({ id }) => (await readMenu(read, id))?.items.length ?? 0)),
    tables: await count(sql`SELECT COUNT(*) AS n FROM tables`),
    touchpoints: await count(sql`SELECT COUNT(*) AS n FROM touchpoints`),
    codes: await count(sql`SELECT COUNT(*) AS n FROM codes`),
    versions: await count(sql`SELECT MAX(version) AS n FROM menus`),
  }
}

describeOnBoth('the demo shop is made once and whole', (dialect) => {
  test('a server killed at any moment goes on at the next start', async () => {
    const whole = await emptyDatabase(dialect)
    const wholeServer = serverOn(whole.database, whole.folder)
    await seedDemo(wholeServer)
    const expected = await census(wholeServer)
    expect(expected.slugs).toHaveLength(3)
    expect(Math.min(...expected.items)).toBeGreaterThan(10)
    const { database, folder } = await emptyDatabase(dialect)
    const door = serverOn(database, folder)
    for (const writes of [0, 1, 2, 20, 45, 60]) {
      await seedDemo(killedAfter(door, writes)).catch(() => {})
    }
    await seedDemo(door)
    expect(await census(door)).toEqual(expected)
  })

  test('two servers that start at once make one shop', async () => {
    const { database, folder, another } = await emptyDatabase(dialect)
    const [first, second] = [serverOn(database, folder), serverOn(await another(), folder)]
    await Promise.all([seedDemo(first), seedDemo(second)])
    const both = await census(first)
    expect(both.slugs).toHaveLength(3)
    expect(both.codes).toBe((both.tables ?? 0) + (both.touchpoints ?? 0))
  })

  test('four servers that start at once without the demo open one plain outlet', async () => {
    const { database, folder, another } = await emptyDatabase(dialect)
    const others = await Promise.all([another(), another(), another()])
    const doors = [database, ...others].map((each) => serverOn(each, folder))
    await Promise.all(doors.map(openFirstShop))
    expect((await census(serverOn(database, folder))).slugs).toHaveLength(1)
  })

  test('a server killed before New Year goes on after it', async () => {
    const { database, folder } = await emptyDatabase(dialect)
    let nowMs = START_MS
    const door = serverOn(database, folder, { now: () => nowMs })
    await seedDemo(killedAfter(door, 30)).catch(() => {})
    nowMs += 366 * 86_400_000
    await seedDemo(door)
    expect(Math.min(...(await census(door)).items)).toBeGreaterThan(10)
  })

  test('it is not made a second time', async () => {
    const { database, folder } = await emptyDatabase(dialect)
    const door = serverOn(database, folder)
    await seedDemo(door)
    const before = await census(door)
    await seedDemo(door)
    expect(await census(door)).toEqual(before)
  })

  test('it is not made over somebody’s own shop that has no menu yet', async () => {
    const { database, folder } = await emptyDatabase(dialect)
    const door = serverOn(database, folder)
    await openFirstShop(door)
    const before = await census(door)
    await seedDemo(door)
    expect(await census(door)).toEqual(before)
  })
})
