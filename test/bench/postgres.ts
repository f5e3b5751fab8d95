// A real PostgreSQL from npm, in a folder of its own, gone when it stops.
import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { freePort, makeFolder } from '../support/meja-process.ts'
import { importPostgres } from '../support/postgres-program.ts'

export type TestPostgres = {
  readonly url: string
  /** Makes an empty database and answers its connection string. */
  createDatabase(name: string): Promise<string>
  stop(): Promise<void>
}

/** Starts PostgreSQL with its durability settings as they come: on. */
export async function startPostgres(): Promise<TestPostgres> {
  const port = await freePort()
  const quiet = () => undefined
  const folder = makeFolder('pg')
  // PostgreSQL refuses to run as root and then runs as a user of its own, who must get through here.
  chmodSync(folder, 0o755)
  const EmbeddedPostgres = await importPostgres()
  const cluster = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'meja',
    password: 'meja',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'max_connections=60', '-c', 'listen_addresses=127.0.0.1'],
    onLog: quiet,
    onError: quiet,
  })
  await cluster.initialise()
  await cluster.start()
  const urlOf = (name: string) => `postgres://meja:meja@127.0.0.1:${port}/${name}`
  return {
    url: urlOf('postgres'),
    createDatabase: async (name) => {
      await cluster.createDatabase(name)
      return urlOf(name)
    },
    stop: () => cluster.stop(),
  }
}
