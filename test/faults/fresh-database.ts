import pg from 'pg'
import { inject } from 'vitest'
import type { Dialect } from '../support/both-databases.ts'
import { freshName } from '../support/filled-shop.ts'

/** An empty database of the run's PostgreSQL, or undefined where SQLite keeps everything in DATA_DIR. */
export async function freshDatabase(dialect: Dialect): Promise<string | undefined> {
  return dialect === 'sqlite' ? undefined : databaseFrom('template1')
}

/** A copy of this database, to which nobody may be connected. */
export async function databaseFrom(template: string): Promise<string> {
  const postgresUrl = inject('postgresUrl')
  const name = freshName()
  const client = new pg.Client({ connectionString: `${postgresUrl}/postgres` })
  await client.connect()
  await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`)
  await client.end()
  return `${postgresUrl}/${name}`
}
