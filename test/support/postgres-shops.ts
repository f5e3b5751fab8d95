import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { freshName, TEMPLATE_DATABASE } from './filled-shop.ts'

/** A database of this file of tests; `schema` tells whether a test has changed more than rows. */
type Kept = { readonly name: string; readonly url: string; readonly schema: string }

const waiting: Kept[] = []

afterAll(async () => {
  for (const { name } of waiting.splice(0)) await drop(name)
})

/** Every row as the template has it (it keeps them in `pristine`), past the guards of tables that are only ever added to. */
const RESET = `
  DO $reset$
  DECLARE each record;
  BEGIN
    PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid();
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

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const asAdmin = (statement: string) =>
  withClient(`${inject('postgresUrl')}/postgres`, (client) => client.query(statement))
const drop = (name: string) => asAdmin(`DROP DATABASE ${name} WITH (FORCE)`)

async function readSchema(client: pg.Client): Promise<string> {
  return (await client.query<{ schema: string }>(READ_SCHEMA)).rows[0]?.schema ?? ''
}

/**
 * A PostgreSQL database that holds the demo shop. Making one and dropping it takes longer than most tests, so that
 * one that is given back serves the next test of its file.
 */
export async function takePostgres(): Promise<{
  readonly url: string
  readonly giveBack: () => Promise<void>
}> {
  const kept = waiting.pop() ?? (await make())
  return { url: kept.url, giveBack: () => giveBack(kept) }
}

async function make(): Promise<Kept> {
  const name = freshName()
  await asAdmin(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE_DATABASE}`)
  const url = `${inject('postgresUrl')}/${name}`
  return { name, url, schema: await withClient(url, readSchema) }
}

async function giveBack(kept: Kept): Promise<void> {
  const schema = await withClient(kept.url, async (client) => {
    await client.query(RESET)
    return readSchema(client)
  })
  if (schema === kept.schema) waiting.push(kept)
  else await drop(kept.name)
}
