import pg from 'pg'
import { inject } from 'vitest'
import type { Database, Reader } from '../../server/platform/database/database.ts'
import { openPostgres } from '../../server/platform/database/postgres/postgres.ts'
import { freshName, TEMPLATE_DATABASE } from './filled-shop.ts'

/** What a test deletes stays on the disk, and each reading passes over it. */
const MOST_USES = 50

/** A database of this process; `schema` tells whether a test has changed more than rows. */
type Kept = {
  readonly name: string
  readonly url: string
  /** Stays connected: a connection that knows the tables already puts them back in a fifth of the time. */
  readonly client: pg.Client
  /** Stays connected too: most of what a short test costs is connecting and preparing its statements anew. */
  readonly database: Database
  readonly schema: string
  uses: number
}

/** Given back and not yet taken again. They go with the whole PostgreSQL, which lives for one run. */
const waiting: Kept[] = []

/** The connections that stay from test to test; any other is of a test that is over. */
const STAYING = 'staying'

/** Every row as the template has it (it keeps them in `pristine`), past the guards of tables that are only ever added to. */
const RESET = `
  DO $reset$
  DECLARE each record;
  BEGIN
    PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND application_name <> '${STAYING}';
    SET LOCAL session_replication_role = replica;
    FOR each IN SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' LOOP
      EXECUTE format('DELETE FROM public.%I', each.name);
      IF to_regclass(format('pristine.%I', each.name)) IS NOT NULL THEN
        EXECUTE format('INSERT INTO public.%I SELECT * FROM pristine.%I', each.name, each.name);
      END IF;
    END LOOP;
  END $reset$`

const READ_SCHEMA = `
  SELECT md5(string_agg(fact, ';' ORDER BY fact)) AS schema FROM (
    SELECT concat_ws(' ', relname, attname, atttypid, attnotnull) AS fact
    FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT concat_ws(' ', conname, conrelid) FROM pg_constraint
    UNION ALL SELECT concat_ws(' ', tgname, tgrelid, tgenabled) FROM pg_trigger
    UNION ALL SELECT concat_ws(' ', proname, prosrc) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
  ) AS facts`

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  return client
}

async function asAdmin(statement: string): Promise<void> {
  const client = await connect(`${inject('postgresUrl')}/postgres`)
  await client.query(statement).finally(() => client.end())
}

async function readSchema(client: pg.Client): Promise<string> {
  return (await client.query<{ schema: string }>(READ_SCHEMA)).rows[0]?.schema ?? ''
}

/**
 * A PostgreSQL database that holds the demo shop. Making one and dropping it takes longer than most tests, so that
 * one that is given back serves the next test of its process.
 */
export async function takePostgres(): Promise<{
  readonly url: string
  readonly database: Database
  readonly giveBack: () => Promise<void>
}> {
  const kept = waiting.pop() ?? (await make())
  const database = lend(kept.database)
  return {
    url: kept.url,
    database,
    giveBack: async () => {
      await database.close()
      await giveBack(kept)
    },
  }
}

/** As good as a database of its own: once closed it waits for what is under way and does nothing more. */
function lend(database: Database): Database {
  const underWay = new Set<Promise<unknown>>()
  let isClosed = false
  const track = <Value>(work: () => Promise<Value>): Promise<Value> => {
    if (isClosed) return Promise.reject(new Error('This database was closed.'))
    const working = work().finally(() => underWay.delete(working))
    underWay.add(working)
    return working
  }
  const read: Reader = {
    get: (query) => track(() => database.read.get(query)),
    all: (query) => track(() => database.read.all(query)),
  }
  return {
    ...database,
    read,
    runGroup: (jobs) => track(() => database.runGroup(jobs)),
    alone: (work) => track(() => database.alone(work)),
    script: (sql) => track(() => database.script(sql)),
    async close() {
      isClosed = true
      await Promise.allSettled(underWay)
    },
  }
}

async function make(): Promise<Kept> {
  const name = freshName()
  await asAdmin(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE_DATABASE}`)
  const url = `${inject('postgresUrl')}/${name}`
  const staying = `${url}?application_name=${STAYING}`
  const client = await connect(staying)
  return {
    name,
    url,
    client,
    database: await openPostgres(staying),
    schema: await readSchema(client),
    uses: 0,
  }
}

async function giveBack(kept: Kept): Promise<void> {
  kept.uses++
  if (kept.uses < MOST_USES && (await isPutBack(kept))) waiting.push(kept)
  else {
    await kept.database.close()
    await asAdmin(`DROP DATABASE ${kept.name} WITH (FORCE)`)
  }
}

/** False where a test changed the tables themselves, or ended every connection. */
async function isPutBack({ client, schema }: Kept): Promise<boolean> {
  try {
    await client.query(RESET)
    return (await readSchema(client)) === schema
  } catch {
    return false
  }
}
