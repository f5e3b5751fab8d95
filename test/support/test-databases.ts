import { chmodSync, mkdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { openPostgres } from '../../server/platform/database/postgres/postgres.ts'
import { openSqlite } from '../../server/platform/database/sqlite.ts'
import { fillShop, scratchFolder, TEMPLATE_DATABASE } from './filled-shop.ts'
import { importPostgres } from './postgres-program.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of the PostgreSQL server, without a database name at its end. */
    postgresUrl: string
    /** Folder of a migrated and filled SQLite shop; each test shop works on a copy. */
    sqliteTemplate: string
  }
}

/** What the template's tables hold, kept beside them for the next test; `postgres-shops.ts` puts them back. */
const KEEP_PRISTINE = `
  DO $keep$
  DECLARE each record; has_rows boolean;
  BEGIN
    CREATE SCHEMA pristine;
    FOR each IN SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' LOOP
      EXECUTE format('SELECT EXISTS (SELECT 1 FROM public.%I)', each.name) INTO has_rows;
      IF has_rows THEN
        EXECUTE format('CREATE TABLE pristine.%I AS TABLE public.%I', each.name, each.name);
      END IF;
    END LOOP;
  END $keep$`

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

/** Starts one PostgreSQL for the whole run and fills the two templates, one for each database. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = scratchFolder('meja-test-')
  // PostgreSQL refuses to run as root and then runs as a user of its own, who must get through here.
  chmodSync(folder, 0o755)
  const port = await freePort()
  const EmbeddedPostgres = await importPostgres()
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'postgres'),
    port,
    user: 'postgres',
    password: 'test',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: [
      '-c',
      'max_connections=400',
      '-c',
      'max_wal_size=256MB',
      '-c',
      'listen_addresses=127.0.0.1',
    ],
    onLog: () => {},
    onError: () => {},
  })
  await server.initialise()
  await server.start()
  await server.createDatabase(TEMPLATE_DATABASE)
  const postgresUrl = `postgresql://postgres:test@127.0.0.1:${port}`
  const sqliteTemplate = join(folder, 'sqlite')
  mkdirSync(sqliteTemplate)
  for (const database of [
    openSqlite(sqliteTemplate),
    await openPostgres(`${postgresUrl}/${TEMPLATE_DATABASE}`),
  ]) {
    await fillShop(database)
    await database.close()
  }
  const client = new pg.Client({ connectionString: `${postgresUrl}/${TEMPLATE_DATABASE}` })
  await client.connect()
  await client.query(KEEP_PRISTINE)
  await client.end()
  project.provide('postgresUrl', postgresUrl)
  project.provide('sqliteTemplate', sqliteTemplate)
  return async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
