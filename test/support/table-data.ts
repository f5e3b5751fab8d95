// Reads the database of a running or killed server from the side, as its files or its server hold it.
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import pg from 'pg'

export type SideReader = {
  rows<Row>(query: string): Promise<Row[]>
  close(): Promise<void>
}

/** `?`-free SQL only; whole numbers come as numbers from both. */
export async function openSideReader(where: {
  dataDir: string
  databaseUrl?: string | undefined
}): Promise<SideReader> {
  if (where.databaseUrl) {
    const client = new pg.Client({ connectionString: where.databaseUrl })
    await client.connect()
    return {
      rows: async <Row>(query: string) => (await client.query(query)).rows as Row[],
      close: () => client.end(),
    }
  }
  const connection = new BetterSqlite3(join(where.dataDir, 'meja.db'), { readonly: true })
  return {
    rows: async <Row>(query: string) => connection.prepare(query).all() as Row[],
    close: async () => {
      connection.close()
    },
  }
}

/** The newest number of a stream, 0 when it is empty. */
export async function lastSeq(dataDir: string, stream: string): Promise<number> {
  const side = await openSideReader({ dataDir })
  const [row] = await side.rows<{ seq: number | null }>(
    `SELECT MAX(seq) AS seq FROM changes WHERE stream = '${stream}'`,
  )
  await side.close()
  return row?.seq ?? 0
}
